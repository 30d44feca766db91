import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readTar, writeTar } from '../../scripts/image/tar.mjs';
import { directory, file, follow, symlink, tree } from '../../scripts/image/tree.mjs';
import { unpack } from '../../scripts/image/unpack.mjs';
import { runOrThrow } from '../lab/run.js';

const folder = mkdtempSync(join(tmpdir(), 'podcloak-tar-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const long = `${'folder/'.repeat(14)}${'n'.repeat(90)}`;
const entries = tree([
  file('usr/bin/program', 'run me', 0o755),
  file('empty', ''),
  file(long, 'x'.repeat(1000)),
  symlink('bin', 'usr/bin'),
  directory('tmp', 0o1777),
]);

describe('a layer’s archive', () => {
  it('is read by tar: folders, modes, owner and day', async () => {
    const path = join(folder, 'layer.tar');
    writeFileSync(path, Buffer.concat(writeTar(entries, 86_400)));
    const env = { ...process.env, TZ: 'UTC', LC_ALL: 'C' };
    const listed = await runOrThrow('tar', ['--numeric-owner', '-tvf', path], { env });
    const lines = listed.trim().split('\n');
    expect(lines).toHaveLength(entries.length);
    expect(lines[0]).toMatch(/^lrwxrwxrwx 0\/0 +0 1970-01-02 00:00 bin -> usr\/bin$/);
    expect(listed).toMatch(/^-rwxr-xr-x 0\/0 +6 1970-01-02 00:00 usr\/bin\/program$/m);
    expect(listed).toMatch(/^drwxrwxrwt 0\/0 +0 1970-01-02 00:00 tmp\/$/m);
    expect(listed).toContain(long);
  });

  it('does not depend on the order that things were put in', () => {
    const backwards = [...entries].reverse();
    expect(Buffer.concat(writeTar(backwards, 0))).toEqual(Buffer.concat(writeTar(entries, 0)));
  });

  it('comes back as it was', () => {
    expect(readTar(Buffer.concat(writeTar(entries, 0)))).toEqual(entries);
  });

  it.each(['gnu', 'pax', 'ustar'])('is read as tar --format=%s writes it', async (format) => {
    const source = join(folder, `source-${format}`);
    const path = join(folder, `${format}.tar`);
    unpack(source, entries);
    await runOrThrow('ln', [join(source, 'empty'), join(source, 'hard-link')]);
    await runOrThrow('tar', [`--format=${format}`, '--sort=name', '-cf', path, '-C', source, '.']);
    const read = readTar(readFileSync(path)).filter(({ path }) => path !== '');
    const byPath = new Map(read.map((entry) => [entry.path, entry]));
    for (const entry of entries) expect(byPath.get(entry.path)).toEqual(entry);
    expect(byPath.get('hard-link')?.data).toEqual(Buffer.from(''));
  });

  it('is refused with a path that it cannot hold, or when it is cut off', () => {
    expect(() => writeTar([file('n'.repeat(101), '')], 0)).toThrow(/too long/);
    const cut = Buffer.concat(writeTar([file('a', 'x'.repeat(2000))], 0)).subarray(0, 1024);
    expect(() => readTar(cut)).toThrow(/ends in the middle/);
  });
});

describe('a layer’s tree', () => {
  it('has every folder once, above what is in it', () => {
    const paths = tree([file('a/b/c', ''), file('a/d', '')]).map(({ path }) => path);
    expect(paths).toEqual(['a', 'a/b', 'a/b/c', 'a/d']);
    expect(() => tree([file('a', ''), file('a', '')])).toThrow(/twice/);
  });

  it('is followed through links, of folders too, and never in circles', () => {
    const linked = new Map(
      tree([
        file('usr/share/doc/gcc/copyright', 'GPL'),
        symlink('usr/share/doc/lib', 'gcc'),
        symlink('doc', '/usr/share/doc/lib/../lib'),
        symlink('round', 'round'),
      ]).map((entry) => [entry.path, entry]),
    );
    expect(follow(linked, 'doc/copyright')?.data?.toString()).toBe('GPL');
    expect(follow(linked, 'round')).toBeUndefined();
    expect(follow(linked, 'nowhere')).toBeUndefined();
  });
});
