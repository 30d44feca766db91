import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { labDescribe } from '../lab-describe.js';
import { freePorts, randomLoopback } from '../loopback.js';
import type { RunResult } from '../run.js';
import { makeScratch, type Scratch } from '../scratch.js';
import {
  blobPath,
  type Descriptor,
  IMAGE_PACKAGES,
  type Index,
  image,
  indexOf,
  type Manifest,
} from './image.js';
import { REGISTRY, type Registry, startRegistry } from './registry.js';
import { startTokenService, type TokenService } from './token-service.js';

const SLOW = 180_000;
const ONE = ['--platform', 'linux/amd64'];
const PASSWORD = 'correct-horse-battery';

labDescribe('npm run image -- --push', [IMAGE_PACKAGES, REGISTRY, 'openssl'], () => {
  let scratch: Scratch;
  let open: Registry;
  let guarded: Registry;
  let tokens: TokenService;
  const layout = (): string => join(scratch.dir, 'layout');

  beforeAll(async () => {
    scratch = makeScratch('podcloak-push');
    open = await startRegistry(join(scratch.dir, 'open'));
    tokens = await startTokenService(scratch.dir, PASSWORD);
    guarded = await startRegistry(join(scratch.dir, 'guarded'), tokens.auth);
  });
  afterAll(async () => {
    await Promise.all([open?.stop(), guarded?.stop(), tokens?.stop()]);
    await scratch.remove();
  });

  /** Builds quickly, as the registry does not care for compression, and pushes. */
  function push(
    reference: string,
    env: NodeJS.ProcessEnv = {},
    more: readonly string[] = [],
  ): Promise<RunResult> {
    // Nobody's credentials but those that a test gives.
    const nobody = { HOME: scratch.dir, DOCKER_CONFIG: scratch.dir, REGISTRY_AUTH_FILE: '' };
    const cache = process.env.XDG_CACHE_HOME || join(process.env.HOME ?? '', '.cache');
    return image(['--output', layout(), '--uncompressed', '--push', reference, ...more], {
      ...nobody,
      XDG_CACHE_HOME: cache,
      ...env,
    });
  }

  /** Everything that a registry gives for a tag, each thing checked against its hash. */
  async function pull(
    registry: Registry,
    repository: string,
    tag: string,
    headers: Record<string, string> = {},
  ): Promise<{ digest: string; blobs: number }> {
    const get = async (path: string, { mediaType, digest }: Partial<Descriptor>) => {
      const accept = mediaType === undefined ? {} : { accept: mediaType };
      const response = await registry.get(`${repository}/${path}`, { ...headers, ...accept });
      const data = Buffer.from(await response.arrayBuffer());
      const hash = `sha256:${createHash('sha256').update(data).digest('hex')}`;
      if (digest !== undefined) expect(hash).toBe(digest);
      return { hash, data };
    };
    const mediaType = 'application/vnd.oci.image.index.v1+json';
    const { hash, data } = await get(`manifests/${tag}`, { mediaType });
    let blobs = 0;
    for (const one of (JSON.parse(String(data)) as Index).manifests) {
      const manifest = await get(`manifests/${one.digest}`, one);
      const { config, layers } = JSON.parse(String(manifest.data)) as Manifest;
      for (const { digest } of [config, ...layers]) {
        const { data } = await get(`blobs/${digest}`, { digest });
        expect(data.equals(readFileSync(blobPath(layout(), digest)))).toBe(true);
        blobs += 1;
      }
    }
    return { digest: hash, blobs };
  }

  it(
    'puts both platforms there, under the digest that the build prints',
    async () => {
      const { code, stdout, stderr } = await push(`${open.name}/platform/podcloak:test`);
      expect({ code, stderr }).toMatchObject({
        code: 0,
        stderr: expect.stringContaining('pushing'),
      });
      const { digest } = indexOf(layout()).descriptor;
      expect(await pull(open, 'platform/podcloak', 'test')).toEqual({ digest, blobs: 6 });
      expect(stdout).toContain(`${open.name}/platform/podcloak@${digest}\n`);
    },
    SLOW,
  );

  it(
    'sends nothing twice, and takes the version for a tag',
    async () => {
      const { code, stderr } = await push(`${open.name}/platform/podcloak`);
      expect([code, stderr.match(/there already/g)?.length]).toEqual([0, 6]);
      expect(stderr).not.toContain('pushing');
      const tags = await (await open.get('platform/podcloak/tags/list')).json();
      expect((tags as { tags: string[] }).tags.sort()).toEqual(['0.1.0', 'test']);
    },
    SLOW,
  );

  it(
    'logs in with docker’s credentials where a registry asks for it',
    async () => {
      const home = join(scratch.dir, 'docker');
      mkdirSync(home);
      const auth = Buffer.from(`pusher:${PASSWORD}`).toString('base64');
      const config = { auths: { [guarded.name]: { auth } } };
      writeFileSync(join(home, 'config.json'), JSON.stringify(config));
      const pushed = await push(`${guarded.name}/team/podcloak:1`, { DOCKER_CONFIG: home });
      expect(pushed.code).toBe(0);
      expect(pushed.stdout + pushed.stderr).not.toContain(PASSWORD);
      const authorization = `Bearer ${tokens.token('team/podcloak', ['pull'])}`;
      const { digest } = indexOf(layout()).descriptor;
      expect(await pull(guarded, 'team/podcloak', '1', { authorization })).toEqual({
        digest,
        blobs: 6,
      });
    },
    SLOW,
  );

  it(
    'says how to log in when that is refused',
    async () => {
      const { code, stderr } = await push(`${guarded.name}/team/other`, {}, ONE);
      expect(code).toBe(1);
      expect(stderr).toMatch(/refuses team\/other: 401\n/);
      expect(stderr).toContain(`docker login ${guarded.name}`);
    },
    SLOW,
  );

  it(
    'says so when there is no registry',
    async () => {
      const address = randomLoopback();
      const [port] = await freePorts(address, 1);
      const { code, stderr } = await push(`${address}:${port}/podcloak`, {}, ONE);
      expect(code).toBe(1);
      expect(stderr).toMatch(/:\d+ cannot be reached: ECONNREFUSED\n {2}Check its name/);
    },
    SLOW,
  );
});
