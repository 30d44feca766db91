// Writes scripts/image/packages.json anew: Node as scripts/node24.mjs pins it, koffi as package-lock.json
// does, and what Debian's release has today, as its signed indices say.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NODE_24 } from '../node24.mjs';
import { noApt, noMirror } from './download.mjs';
import { Failure } from './failure.mjs';
import { PACKAGES_FILE } from './packages.mjs';
import { PLATFORMS } from './platforms.mjs';

const run = promisify(execFile);
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';

/** base-files has the texts of the licences, and the release's name. */
const DEBIAN_PACKAGES = ['base-files', 'ca-certificates', 'libc6', 'libgcc-s1', 'libstdc++6'];

/**
 * @param {string} suite Debian's release, such as `trixie`
 * @param {readonly string[]} mirrors
 * @throws Failure
 */
export async function updatePackages(suite, mirrors) {
  if (mirrors.length === 0) throw noMirror();
  const lock = { suite };
  for (const platform of PLATFORMS) {
    lock[platform.name] = [
      await npmPackage(`node-linux-${platform.node}`, NODE_24),
      await npmPackage(`@koromix/koffi-linux-${platform.node}`, koffiVersion()),
      ...(await debianPackages(suite, mirrors, platform.debian)),
    ];
  }
  await writeFile(PACKAGES_FILE, `${JSON.stringify(lock, null, 2)}\n`);
}

export function koffiVersion() {
  const require = createRequire(import.meta.url);
  return require('../../package-lock.json').packages['node_modules/koffi'].version;
}

async function npmPackage(name, version) {
  const { stdout } = await run('npm', ['view', `${name}@${version}`, 'dist.integrity']).catch(
    () => ({ stdout: '' }),
  );
  const [, digest] = /^sha512-(\S+)$/.exec(stdout.trim()) ?? [];
  if (digest === undefined) {
    throw new Failure(
      `npm does not tell the hash of ${name} ${version}`,
      'Check the network, and that this version exists for both platforms.',
    );
  }
  const hash = `sha512:${Buffer.from(digest, 'base64').toString('hex')}`;
  return { from: 'npm', name, version, hash };
}

async function debianPackages(suite, mirrors, architecture) {
  const folder = await mkdtemp(join(tmpdir(), 'podcloak-apt-'));
  try {
    const apt = await privateApt(folder, suite, mirrors, architecture);
    const found = await apt(DEBIAN_PACKAGES);
    // GCC's libraries keep their licence in a package that has the compiler's version in its name.
    const bases = found.flatMap(({ Depends = '' }) => Depends.match(/\bgcc-\d+-base\b/g) ?? []);
    return [...found, ...(await apt([...new Set(bases)]))]
      .map(({ Package, Version, Filename, SHA256 }) => ({
        from: 'debian',
        name: Package,
        version: Version,
        path: Filename,
        hash: `sha256:${SHA256}`,
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** An apt whose configuration, lists and cache are its own: the machine's are not changed. */
async function privateApt(folder, suite, mirrors, architecture) {
  for (const path of ['lists/partial', 'cache/archives/partial', 'sources']) {
    await mkdir(join(folder, path), { recursive: true });
  }
  await writeFile(join(folder, 'status'), '');
  const lines = mirrors.flatMap((mirror) => {
    const suites = /security/.test(mirror) ? [`${suite}-security`] : [suite, `${suite}-updates`];
    return suites.map((name) => `deb [signed-by=${KEYRING}] ${mirror} ${name} main\n`);
  });
  await writeFile(join(folder, 'sources.list'), lines.join(''));
  const settings = {
    'Dir::State': folder,
    'Dir::State::lists': join(folder, 'lists'),
    'Dir::State::status': join(folder, 'status'),
    'Dir::Cache': join(folder, 'cache'),
    'Dir::Etc::sourcelist': join(folder, 'sources.list'),
    'Dir::Etc::sourceparts': join(folder, 'sources'),
    'APT::Architecture': architecture,
    'APT::Architectures::': architecture,
    'Acquire::Languages': 'none',
    'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled': 'false',
  };
  const options = Object.entries(settings).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
  await run('apt-get', [...options, '-q', '--error-on=any', 'update']).catch((error) => {
    if (error.code === 'ENOENT') throw noApt();
    throw new Failure(
      `apt cannot read Debian ${suite}: ${String(error.stderr).trim().split('\n').at(-1)}`,
      'Check the network, the mirror, and that debian-archive-keyring is installed and new enough.',
    );
  });
  return async (names) => {
    const { stdout } = await run('apt-cache', [...options, 'show', '--no-all-versions', ...names]);
    return stdout.trim().split(/\n\n+/).map(fields);
  };
}

function fields(paragraph) {
  return Object.fromEntries(
    [...paragraph.matchAll(/^([\w-]+): (.*)$/gm)].map(([, key, value]) => [key, value]),
  );
}
