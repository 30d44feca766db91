// The packages that the image is made of, each from where it is published and by that place's own
// client: `npm pack`, and apt's downloader. What arrives is checked against the hash in packages.json.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Failure } from './failure.mjs';

const run = promisify(execFile);

/** Part of apt; checks nothing by itself, but knows the machine's proxies and credentials. */
const APT_HELPER = '/usr/lib/apt/apt-helper';

/**
 * @typedef {object} Package one of packages.json
 * @property {'npm' | 'debian'} from
 * @property {string} name
 * @property {string} version
 * @property {string} hash `algorithm:hex` of the file
 * @property {string} [path] of a Debian package, below the mirror
 */

/**
 * The bytes of a package's file: from the cache, or downloaded into it.
 *
 * @param {Package} wanted
 * @param {readonly string[]} mirrors of Debian, tried in this order
 * @param {(line: string) => void} log
 * @returns {Promise<Buffer>}
 * @throws Failure when it is gone, cannot be reached, or is not what packages.json says
 */
export async function obtain(wanted, mirrors, log) {
  const cached = await fromCache(wanted);
  if (cached !== undefined) return cached;
  log(`downloading ${wanted.name} ${wanted.version}`);
  const file = cachePath(wanted);
  await mkdir(join(file, '..'), { recursive: true });
  // Renamed when checked: a half-filled file is never found under its final name.
  const folder = await mkdtemp(`${file}-`);
  try {
    const fresh =
      wanted.from === 'npm'
        ? await packFromNpm(wanted, folder)
        : await downloadFromDebian(wanted, folder, mirrors);
    const bytes = await readFile(fresh);
    if (!matches(wanted, bytes)) throw changed(wanted);
    await rename(fresh, file);
    return bytes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The bytes in the cache; undefined when they are not there, or are no longer what they were. */
export async function fromCache(wanted) {
  const bytes = await readFile(cachePath(wanted)).catch(() => undefined);
  return bytes !== undefined && matches(wanted, bytes) ? bytes : undefined;
}

/** Where a package's file is kept, outside the repo. */
export function cachePath({ hash }) {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'podcloak-lab', 'image', hash.replace(':', '-'));
}

function matches({ hash }, bytes) {
  const [algorithm, expected] = hash.split(':');
  return createHash(algorithm).update(bytes).digest('hex') === expected;
}

async function packFromNpm({ name, version }, folder) {
  const options = ['--ignore-scripts', '--silent', '--pack-destination', folder];
  try {
    await run('npm', ['pack', `${name}@${version}`, ...options]);
  } catch (error) {
    throw new Failure(
      `npm could not download ${name} ${version}: ${lastLine(error)}`,
      'Check the network and npm’s configuration: `npm ping`.',
    );
  }
  const [file] = await readdir(folder);
  return join(folder, file);
}

async function downloadFromDebian({ name, version, path, hash }, folder, mirrors) {
  if (mirrors.length === 0) throw noMirror();
  const file = join(folder, 'package.deb');
  let reason = '';
  for (const mirror of mirrors) {
    const url = `${mirror.replace(/\/$/, '')}/${path.replaceAll('+', '%2b')}`;
    try {
      await run(APT_HELPER, ['-qq', 'download-file', url, file, hash.replace('sha256', 'SHA256')]);
      return file;
    } catch (error) {
      if (error.code === 'ENOENT') throw noApt();
      reason = lastLine(error);
    }
  }
  throw new Failure(
    `${name} ${version} cannot be had from ${mirrors.join(' or ')}: ${reason}`,
    'A newer version may have taken its place: `npm run image -- --update-packages` takes it, and the ' +
      'image’s digest changes. To build with this very version, give a mirror that still has it, such ' +
      'as Debian’s snapshot archive: `--debian-mirror URL`.',
  );
}

function lastLine({ stderr = '', message }) {
  return String(stderr).trim().split('\n').at(-1) || message;
}

function changed({ name, version }) {
  return new Failure(
    `${name} ${version} is not the file that scripts/image/packages.json names: its hash differs`,
    'Do not use it. Find out why it changed; `npm run image -- --update-packages` would accept it.',
  );
}

export function noMirror() {
  return new Failure(
    'this machine’s apt sources name no mirror of Debian',
    'Give one with `--debian-mirror URL` (the part before `/pool/`), or build with docker and ' +
      'templates/Containerfile.',
  );
}

export function noApt() {
  return new Failure(
    'apt and dpkg are not here, and the image’s libraries come from Debian packages',
    'Build on Debian or a system made from it, or with docker and templates/Containerfile.',
  );
}
