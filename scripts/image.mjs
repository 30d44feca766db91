// `npm run image`: builds the agent's image, and pushes or loads it. `--help` says how.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildImage, layersOf } from './image/build.mjs';
import { contentsOf } from './image/contents.mjs';
import { credentialsFor } from './image/credentials.mjs';
import { Failure } from './image/failure.mjs';
import { dockerManifest, layoutOf, writeArchive, writeFolder } from './image/layout.mjs';
import { load } from './image/load.mjs';
import { aptMirrors } from './image/mirrors.mjs';
import { fetchedSize } from './image/oci.mjs';
import { HELP, parseOptions } from './image/options.mjs';
import { packagesOf, readPackages } from './image/packages.mjs';
import { push } from './image/push.mjs';
import { parseReference, showReference } from './image/reference.mjs';
import { mustBeEmpty, unpack } from './image/unpack.mjs';
import { koffiVersion, updatePackages } from './image/update-packages.mjs';
import { exactNode24, NODE_24 } from './node24.mjs';

/** What a node may have to fetch for its platform, in bytes. */
const LIMIT = 50_000_000;

const log = (line) => console.error(line);
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

async function main(args) {
  const options = parseOptions(args);
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  // zlib's output may change with Node, and the digest would with it.
  if (process.versions.node !== NODE_24) return underNode24(args);
  const mirrors = options.mirrors ?? (await aptMirrors());
  if (options['update-packages']) {
    await updatePackages((await readPackages()).suite, mirrors);
    return 0;
  }
  if (options.download) {
    for (const platform of options.platforms) {
      await contentsOf(await packagesOf(platform, koffiVersion()), mirrors, log);
    }
    return 0;
  }
  if (!options['no-build']) buildDist();
  if (options.rootfs !== undefined) await writeRootfs(options, mirrors);
  else await makeImage(options, mirrors);
  return 0;
}

/** This very command under the one Node, with the system's own CAs and proxies for what it fetches. */
function underNode24(args) {
  const node = exactNode24();
  if (node === undefined) {
    throw new Failure(`npm could not install Node ${NODE_24}`, 'Check the network: `npm ping`.');
  }
  const { status } = spawnSync(node, ['--use-system-ca', process.argv[1], ...args], {
    stdio: 'inherit',
    env: { NODE_USE_ENV_PROXY: '1', ...process.env },
  });
  return status ?? 1;
}

function buildDist() {
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
  if (status !== 0)
    throw new Failure('dist/ cannot be built', 'Run `npm ci`, then `npm run build`.');
}

async function writeRootfs({ rootfs, platforms: [platform] }, mirrors) {
  mustBeEmpty(rootfs);
  for (const { name, entries } of await layersOf(platform, mirrors, log)) {
    unpack(join(rootfs, name), entries);
  }
}

async function makeImage(options, mirrors) {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  // All that can be wrong with the words is said before the long work.
  const name = parseReference(options.name ?? 'podcloak', version);
  const target = options.push === undefined ? undefined : parseReference(options.push, version);
  const credentials = target && (await credentialsFor(target.registry));
  const epoch = Number.parseInt(process.env.SOURCE_DATE_EPOCH ?? '0', 10) || 0;

  log('building');
  const compress = !options.uncompressed;
  const image = await buildImage(options.platforms, { mirrors, epoch, compress, log });
  const layout = layoutOf(image, name);
  writeFolder(options.output, layout);
  mkdirSync(options.output, { recursive: true });
  const archive = join(options.output, `podcloak-${version}.tar`);
  await writeArchive(archive, [...layout, ...dockerManifest(image, name)], epoch);

  for (const one of image.platforms) {
    const size = fetchedSize(one);
    console.log(`${one.platform.name}  ${megabytes(size)}  ${one.manifest.digest}`);
    if (compress && size > LIMIT) {
      throw new Failure(
        `${one.platform.name} is bigger than ${megabytes(LIMIT)}`,
        'See what has grown in out/image.',
      );
    }
  }
  console.log(`digest  ${image.index.digest}\narchive ${archive}`);
  if (target !== undefined) {
    await push(image, target, { credentials, plainHttp: options['plain-http'], log });
    console.log(
      `pushed  ${showReference(target)}\n        ${showReference(target, image.index.digest)}`,
    );
  }
  if (options.load !== undefined) {
    await load(options.load, archive, options.cluster);
    console.log(`loaded  ${showReference(name)}`);
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(`error: ${error.message}\n  ${error.remedy}`);
  process.exitCode = 1;
}
