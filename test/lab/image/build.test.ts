import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { VERSION } from '../../../src/version.js';
import { labDescribe } from '../lab-describe.js';
import { runOrThrow } from '../run.js';
import { makeScratch, type Scratch } from '../scratch.js';
import { blob, blobPath, buildInto, IMAGE_PACKAGES, image, indexOf, manifestOf } from './image.js';

/** What a node may have to fetch, in bytes. */
const LIMIT = 50_000_000;

/** For what compresses two images, in milliseconds. */
const SLOW = 300_000;

labDescribe('npm run image', [IMAGE_PACKAGES], () => {
  let scratch: Scratch;
  let first: string;
  let printed: string;

  beforeAll(async () => {
    scratch = makeScratch('podcloak-image');
    first = join(scratch.dir, 'first');
    printed = await buildInto(first);
  }, SLOW);
  afterAll(() => scratch.remove());

  it('makes one index of both platforms, of at most 50 MB each, and prints their sizes', () => {
    const { descriptor, index } = indexOf(first);
    expect(index.manifests.map(({ platform }) => platform)).toEqual([
      { architecture: 'amd64', os: 'linux' },
      { architecture: 'arm64', os: 'linux' },
    ]);
    for (const { digest, size, platform } of index.manifests) {
      const architecture = platform?.architecture ?? '';
      const { config, layers } = manifestOf(first, architecture);
      const total = [...layers, config].reduce((sum, one) => sum + one.size, size);
      expect(total).toBeLessThan(LIMIT);
      expect(printed).toContain(
        `linux/${architecture}  ${(total / 1e6).toFixed(1)} MB  ${digest}\n`,
      );
    }
    expect(printed).toContain(`digest  ${descriptor.digest}\n`);
  });

  it('names every blob by its hash and its size, and has none besides', async () => {
    const { descriptor, index } = indexOf(first);
    const manifests = ['amd64', 'arm64'].map((name) => manifestOf(first, name));
    const all = [
      descriptor,
      ...index.manifests,
      ...manifests.flatMap(({ config, layers }) => [config, ...layers]),
    ];
    for (const { digest, size } of all) {
      expect(statSync(blobPath(first, digest)).size).toBe(size);
      const [hash] = (await runOrThrow('sha256sum', [blobPath(first, digest)])).split(' ');
      expect(`sha256:${hash}`).toBe(digest);
    }
    const there = (await runOrThrow('ls', [join(first, 'blobs/sha256')])).trim().split('\n');
    expect(there).toHaveLength(new Set(all.map(({ digest }) => digest)).size);
  });

  it('says what each uncompressed layer is, and how the image is run', async () => {
    for (const name of ['amd64', 'arm64']) {
      const { config, layers } = manifestOf(first, name);
      const read = blob<{
        architecture: string;
        config: { Entrypoint: string[] };
        rootfs: { diff_ids: string[] };
      }>(first, config.digest);
      const hashes = await Promise.all(
        layers.map(({ digest }) =>
          runOrThrow('sh', ['-c', 'gzip -dc "$1" | sha256sum', 'sh', blobPath(first, digest)]),
        ),
      );
      expect(read.rootfs.diff_ids).toEqual(hashes.map((line) => `sha256:${line.split(' ')[0]}`));
      expect(read.architecture).toBe(name);
      expect(read.config.Entrypoint.at(0)).toBe('/usr/bin/node');
      expect(read.config.Entrypoint.at(-1)).toBe('/usr/bin/podcloak');
    }
  });

  it.each(['amd64', 'arm64'])('has no shell and no package manager on %s', async (name) => {
    const lists = await Promise.all(
      manifestOf(first, name).layers.map(({ digest }) =>
        runOrThrow('tar', ['-tvzf', blobPath(first, digest)]),
      ),
    );
    const lines = lists.join('').trim().split('\n');
    const executable = lines.flatMap((line) => /^-\S*x\S* .* (\S+)$/.exec(line)?.[1] ?? []);
    const programs = executable.filter((path) => !/\/lib[^/]*\.so|\/ld-linux/.test(path));
    expect(programs).toEqual(['usr/bin/node', 'usr/bin/podcloak']);
    const commands = lines.flatMap((line) => / (\S*bin\/[^ /]+)/.exec(line)?.[1] ?? []);
    expect(commands.sort()).toEqual(['usr/bin/cilium-dbg', 'usr/bin/node', 'usr/bin/podcloak']);
    const set = lines.filter((line) => /^-..s|^-.....s/.test(line));
    expect(set).toEqual([]);
  });

  it('has the licences of all that is in it', async () => {
    const lists = await Promise.all(
      manifestOf(first, 'amd64').layers.map(({ digest }) =>
        runOrThrow('tar', ['-tzf', blobPath(first, digest)]),
      ),
    );
    const files = lists.join('');
    for (const path of [
      'LICENSE',
      'THIRD-PARTY-LICENSES.txt',
      'CONTENTS.txt',
      'node/LICENSE',
      'koffi/LICENSE.txt',
      'debian/libc6/copyright',
      'debian/libstdc++6/copyright',
      'debian/libgcc-s1/copyright',
      'debian/ca-certificates/copyright',
      'debian/common-licenses/LGPL-2.1',
      'debian/common-licenses/GPL-3',
    ]) {
      expect(files).toContain(`licenses/${path}\n`);
    }
  });

  it(
    'is the same image again, in another folder, time zone and language',
    async () => {
      const second = join(scratch.dir, 'second');
      // Something old in the way of the new, too.
      await buildInto(second, ['--platform', 'linux/amd64', '--uncompressed']);
      const again = await buildInto(second, [], { TZ: 'Pacific/Auckland', LC_ALL: 'de_DE.UTF-8' });
      expect(again.replaceAll('second', 'first')).toBe(printed);
      await runOrThrow('diff', ['-r', first, second]);
    },
    SLOW,
  );

  it('is in the archive as in the folder, under the name that the manifests give it', async () => {
    const archive = join(first, `podcloak-${VERSION}.tar`);
    const listed = (await runOrThrow('tar', ['-tf', archive])).trim().split('\n');
    expect(listed).toContain('oci-layout');
    expect(await runOrThrow('tar', ['-xOf', archive, 'index.json'])).toBe(
      readFileSync(join(first, 'index.json'), 'utf8'),
    );
    expect(indexOf(first).descriptor.annotations).toEqual({
      'io.containerd.image.name': `docker.io/library/podcloak:${VERSION}`,
      'org.opencontainers.image.ref.name': VERSION,
    });
    // Docker's own store could take but one of two platforms from it.
    expect(listed).not.toContain('manifest.json');
  });

  it(
    'of one platform is for docker’s own store too',
    async () => {
      const one = join(scratch.dir, 'one');
      await buildInto(one, ['--platform', 'linux/arm64', '--uncompressed', '--name', 'r.io/p/q:1']);
      const archive = join(one, `podcloak-${VERSION}.tar`);
      const [manifest] = JSON.parse(await runOrThrow('tar', ['-xOf', archive, 'manifest.json']));
      const { config, layers } = manifestOf(one, 'arm64');
      const path = ({ digest }: { digest: string }): string => `blobs/${digest.replace(':', '/')}`;
      expect(manifest).toEqual({
        Config: path(config),
        RepoTags: ['r.io/p/q:1'],
        Layers: layers.map(path),
      });
    },
    SLOW,
  );

  it(
    'does not write over a folder that holds something else',
    async () => {
      const file = join(first, '..', 'notes.txt');
      writeFileSync(file, 'mine');
      const { code, stderr } = await image(['--output', scratch.dir, '--uncompressed']);
      expect([code, existsSync(file)]).toEqual([1, true]);
      expect(stderr).toContain('holds something else than an image');
    },
    SLOW,
  );

  it(
    'says which program is missing to load it',
    async () => {
      const { code, stderr } = await image(
        ['--output', join(scratch.dir, 'load'), '--uncompressed', '--load', 'k3d'],
        { PATH: '/usr/bin:/bin' },
      );
      expect(code).toBe(1);
      expect(stderr).toMatch(/k3d is not on the PATH\n {2}Install it/);
    },
    SLOW,
  );
});
