// The image of this repo, from packages and dist/ to blobs.
import { readFileSync } from 'node:fs';
import { appLayer, koffiBinary } from './app-layer.mjs';
import { contentsOf } from './contents.mjs';
import { imageOf, platformImage } from './oci.mjs';
import { packagesOf } from './packages.mjs';
import { runtimeLayer } from './runtime-layer.mjs';
import { koffiVersion } from './update-packages.mjs';

/**
 * What the agent runs with, as it is to take little of each node: a watch of 500 records took a tenth to a
 * fifth less memory so. A command by `kubectl exec` starts without them.
 */
const SMALL_HEAP = [
  '--max-semi-space-size=1',
  '--optimize-for-size',
  '--v8-pool-size=1',
  '--single-threaded-gc',
  // For src/agent/collect.ts.
  '--expose-gc',
];

/**
 * glibc gives memory back that was needed for a moment: it would keep large blocks for the next time once some
 * were freed, and an arena a thread (mallopt(3)).
 */
const SMALL_ARENAS = [
  'MALLOC_ARENA_MAX=1',
  'MALLOC_MMAP_THRESHOLD_=131072',
  'MALLOC_TRIM_THRESHOLD_=131072',
];

/** The same as in templates/Containerfile; a test compares them. */
export const CONFIG = {
  Env: ['PATH=/usr/bin', ...SMALL_ARENAS],
  Entrypoint: ['/usr/bin/node', ...SMALL_HEAP, '/usr/bin/podcloak'],
  WorkingDir: '/',
};

/**
 * The two layers of a platform, lowest first.
 *
 * @param {typeof import('./platforms.mjs').PLATFORMS[number]} platform
 * @param {readonly string[]} mirrors
 * @param {(line: string) => void} log
 */
export async function layersOf(platform, mirrors, log) {
  const packages = await packagesOf(platform, koffiVersion());
  const contents = await contentsOf(packages, mirrors, log);
  return [
    {
      name: 'runtime',
      entries: runtimeLayer(platform, contents, [koffiBinary(platform, contents)]),
    },
    { name: 'app', entries: appLayer(platform, contents) },
  ];
}

/**
 * @param {readonly typeof import('./platforms.mjs').PLATFORMS[number][]} platforms
 * @param {{ mirrors: readonly string[], epoch: number, compress: boolean, log: (line: string) => void }} options
 * @returns {Promise<import('./oci.mjs').Image>}
 */
export async function buildImage(platforms, { mirrors, epoch, compress, log }) {
  const annotations = annotationsOf();
  const images = await Promise.all(
    platforms.map(async (platform) =>
      platformImage(platform, await layersOf(platform, mirrors, log), {
        config: CONFIG,
        annotations,
        epoch,
        compress,
      }),
    ),
  );
  return imageOf(images, annotations);
}

/** Nothing of the machine, the day or the commit: the same contents are to be the same image. */
function annotationsOf() {
  const { name, version, description, license } = JSON.parse(readFileSync('package.json', 'utf8'));
  return {
    'org.opencontainers.image.title': name,
    'org.opencontainers.image.description': description,
    'org.opencontainers.image.version': version,
    'org.opencontainers.image.licenses': license,
  };
}
