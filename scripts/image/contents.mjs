// What is inside the packages that were downloaded.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { cachePath, noApt, obtain } from './download.mjs';
import { readTar } from './tar.mjs';

const run = promisify(execFile);
/** In bytes; far above the biggest Debian package here. */
const MOST = 256 * 1024 * 1024;

/**
 * @typedef {object} Contents
 * @property {import('./download.mjs').Package} package
 * @property {ReadonlyMap<string, import('./tar.mjs').Entry>} entries by path, of an npm package below
 *   its own folder
 * @property {string} [control] the fields of a Debian package
 */

/**
 * The contents of packages, downloaded where they are not yet.
 *
 * @param {readonly import('./download.mjs').Package[]} packages
 * @param {readonly string[]} mirrors
 * @param {(line: string) => void} log
 * @returns {Promise<Contents[]>}
 * @throws Failure
 */
export function contentsOf(packages, mirrors, log) {
  return Promise.all(
    packages.map(async (one) => {
      const bytes = await obtain(one, mirrors, log);
      return one.from === 'npm' ? npmContents(one, bytes) : debianContents(one);
    }),
  );
}

function npmContents(one, bytes) {
  const entries = readTar(gunzipSync(bytes)).map((entry) => {
    const path = entry.path.slice(entry.path.indexOf('/') + 1);
    return [path, { ...entry, path }];
  });
  return { package: one, entries: new Map(entries) };
}

async function debianContents(one) {
  const file = cachePath(one);
  try {
    const tar = await run('dpkg-deb', ['--fsys-tarfile', file], {
      encoding: 'buffer',
      maxBuffer: MOST,
    });
    const { stdout: control } = await run('dpkg-deb', ['--field', file]);
    const entries = readTar(tar.stdout).map((entry) => [entry.path, entry]);
    return { package: one, entries: new Map(entries), control };
  } catch (error) {
    if (error.code === 'ENOENT') throw noApt();
    throw error;
  }
}
