import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { VERSION } from '../../../src/version.js';
import { labDescribe } from '../lab-describe.js';
import { runOrThrow } from '../run.js';
import { makeScratch, type Scratch } from '../scratch.js';
import { onPath, type Requirement } from '../tools.js';
import {
  blob,
  buildInto,
  IMAGE_PACKAGES,
  image,
  manifestOf,
  OWN_ROOT,
  runInside,
  unpackInto,
} from './image.js';

const QEMU: Requirement = {
  name: 'qemu-aarch64-static',
  remedy: 'install Debian’s qemu-user-static',
  lacking: () => (onPath('qemu-aarch64-static') === undefined ? 'not on PATH' : undefined),
};
const AMD64: Requirement = {
  name: 'an amd64 machine',
  remedy: 'run these tests there',
  lacking: () => (process.arch === 'x64' ? undefined : `this is ${process.arch}`),
};
const PROBE = fileURLToPath(new URL('./fixtures/netlink-probe.ts', import.meta.url));

/** For what writes an image of 110 MB, in milliseconds. */
const SLOW = 180_000;

/** Each file's mode and path. */
function modesIn(folder: string): Promise<string> {
  const script = 'cd "$1" && find . -mindepth 1 -printf "%m %p\\n" | LC_ALL=C sort';
  return runOrThrow('sh', ['-c', script, 'sh', folder]);
}

/** A probe as the agent is bundled: koffi is outside, where the image has it. */
async function bundleProbe(root: string): Promise<void> {
  await build({
    entryPoints: [PROBE],
    outfile: join(root, 'app/probe.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['koffi'],
  });
}

labDescribe('the image on amd64', [IMAGE_PACKAGES, OWN_ROOT, AMD64], () => {
  let scratch: Scratch;
  let layout: string;
  let root: string;

  beforeAll(async () => {
    scratch = makeScratch('podcloak-run');
    layout = join(scratch.dir, 'layout');
    root = join(scratch.dir, 'root');
    await buildInto(layout, ['--platform', 'linux/amd64', '--uncompressed']);
    await unpackInto(root, layout, 'amd64');
    await bundleProbe(root);
  }, SLOW);
  afterAll(() => scratch.remove());

  it.each(['podcloak', 'cilium-dbg'])('answers to %s, as kubectl exec calls it', async (name) => {
    const { code, stdout, stderr } = await runInside(root, [name, '--version']);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: `podcloak ${VERSION}\n`,
      stderr: '',
    });
  });

  it('starts by its entry point, with the DaemonSet’s arguments after it', async () => {
    const { config } = manifestOf(layout, 'amd64');
    const { Entrypoint, Env } = blob<{ config: { Entrypoint: string[]; Env: string[] } }>(
      layout,
      config.digest,
    ).config;
    const env = Object.fromEntries(Env.map((line) => line.split('=') as [string, string]));
    const { code, stdout } = await runInside(root, [...Entrypoint, 'version'], env);
    expect([code, stdout]).toEqual([0, `podcloak ${VERSION}\n`]);
  });

  it('talks to the kernel through koffi: requests, and events without a thread', async () => {
    const { stdout, stderr } = await runInside(root, ['/usr/bin/node', '/app/probe.mjs']);
    expect({ stdout, stderr }).toEqual({
      stdout: '{"links":["lo"],"event":"link-changed"}\n',
      stderr: '',
    });
  });

  it('has a CA bundle that Node reads whole', async () => {
    const script = `
      const pem = require('fs').readFileSync('/etc/ssl/certs/ca-certificates.crt', 'utf8');
      const all = pem.match(/-----BEGIN[^]+?END CERTIFICATE-----/g);
      for (const one of all) new crypto.X509Certificate(one);
      console.log(all.length === require('tls').getCACertificates('system').length, all.length > 100);`;
    const { stdout } = await runInside(root, ['/usr/bin/node', '-e', script]);
    expect(stdout).toBe('true true\n');
  });

  it('has no shell to start', async () => {
    const { stderr } = await runInside(root, ['/bin/sh', '-c', 'true']);
    expect(stderr).toMatch(/No such file or directory/);
  });

  it(
    'has the files that --rootfs writes, which templates/Containerfile copies',
    async () => {
      const rootfs = join(scratch.dir, 'rootfs');
      await image(['--platform', 'linux/amd64', '--rootfs', rootfs]);
      const whole = join(scratch.dir, 'whole');
      for (const layer of ['runtime', 'app']) {
        cpSync(join(rootfs, layer), whole, { recursive: true, verbatimSymlinks: true });
      }
      await runOrThrow('rm', [join(root, 'app/probe.mjs')]);
      await runOrThrow('diff', ['-r', '--no-dereference', whole, root]);
      expect(await modesIn(whole)).toBe(await modesIn(root));
    },
    SLOW,
  );
});

labDescribe('the image on arm64, emulated', [IMAGE_PACKAGES, QEMU], () => {
  it(
    'starts, and its koffi finds libc',
    async () => {
      const scratch = makeScratch('podcloak-arm64');
      const layout = join(scratch.dir, 'layout');
      const root = join(scratch.dir, 'root');
      await buildInto(layout, ['--platform', 'linux/arm64', '--uncompressed']);
      await unpackInto(root, layout, 'arm64');
      const script = `
      const libc = require('${root}/app/node_modules/koffi').load(null);
      console.log(process.arch, libc.func('int getpid()')() === process.pid);`;
      const node = join(root, 'usr/bin/node');
      const printed = await runOrThrow('qemu-aarch64-static', ['-L', root, node, '-e', script]);
      await scratch.remove();
      expect(printed).toBe('arm64 true\n');
    },
    SLOW,
  );
});
