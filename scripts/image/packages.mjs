import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { NODE_24 } from '../node24.mjs';
import { fromCache } from './download.mjs';
import { Failure } from './failure.mjs';
import { PLATFORMS } from './platforms.mjs';

/** The lock file: the name, version and hash of everything that is not built from this repo. */
export const PACKAGES_FILE = fileURLToPath(new URL('packages.json', import.meta.url));

/** What the lock file says: `suite`, and the packages under each platform's name. */
export async function readPackages() {
  return JSON.parse(await readFile(PACKAGES_FILE, 'utf8'));
}

/**
 * The packages of a platform.
 *
 * @param {{ name: string }} platform
 * @param {string} koffi the version of koffi's JavaScript, which its binary must have too
 * @returns {Promise<import('./download.mjs').Package[]>}
 * @throws Failure when the repo has moved on since the lock file was written
 */
export async function packagesOf(platform, koffi) {
  const packages = (await readPackages())[platform.name];
  for (const [prefix, version] of [
    ['node-linux-', NODE_24],
    ['@koromix/koffi-linux-', koffi],
  ]) {
    const locked = packages.find(({ name }) => name.startsWith(prefix));
    if (locked?.version !== version) {
      throw new Failure(
        `scripts/image/packages.json has ${locked?.name} ${locked?.version}, and the repo ${version}`,
        'Run `npm run image -- --update-packages`, and commit what it changes.',
      );
    }
  }
  return packages;
}

/** The names of packages that would have to be downloaded. */
export async function uncachedPackages() {
  const lock = await readPackages();
  const all = PLATFORMS.flatMap(({ name }) => lock[name]);
  const states = await Promise.all(all.map(async (one) => (await fromCache(one)) === undefined));
  return [...new Set(all.filter((_, index) => states[index]).map(({ name }) => name))];
}
