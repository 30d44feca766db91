// The upper layer: the bundles of dist/, koffi, and the names by which they are called.
import { readdirSync, readFileSync } from 'node:fs';
import { Failure } from './failure.mjs';
import { dataOf } from './runtime-layer.mjs';
import { file, symlink, tree } from './tree.mjs';

/**
 * What is run. There is no shell and no `env`, so the kernel starts Node by its absolute path. The
 * folder is not the one of the caller, hence the absolute path here too.
 */
const LAUNCHER = `#!/usr/bin/node
'use strict';
require('/app/podcloak.cjs');
`;

/** What koffi's JavaScript is made of; the rest of its package is source code to build it with. */
const KOFFI_FILES = [
  'package.json',
  'index.cjs',
  'index.js',
  'src/koffi/index.cjs',
  'src/koffi/index.js',
  'src/koffi/src/static.cjs',
  'src/koffi/src/static.js',
];

/**
 * @param {typeof import('./platforms.mjs').PLATFORMS[number]} platform
 * @param {readonly import('./contents.mjs').Contents[]} contents
 */
export function appLayer(platform, contents) {
  return tree([
    ...bundles(),
    file('usr/bin/podcloak', LAUNCHER, 0o755),
    symlink('usr/bin/cilium-dbg', 'podcloak'),
    ...KOFFI_FILES.map((path) =>
      file(`app/node_modules/koffi/${path}`, read(`node_modules/koffi/${path}`)),
    ),
    ...nativeFiles(platform, contents),
    file('licenses/LICENSE', read('LICENSE')),
    file('licenses/THIRD-PARTY-LICENSES.txt', read('dist/THIRD-PARTY-LICENSES.txt')),
    file('licenses/koffi/LICENSE.txt', read('node_modules/koffi/LICENSE.txt')),
    file('licenses/CONTENTS.txt', list(contents)),
  ]);
}

/** koffi's binary for this platform. */
export function koffiBinary(platform, contents) {
  return dataOf(koffiPackage(contents).entries, binaryPath(platform));
}

function nativeFiles(platform, contents) {
  const { entries } = koffiPackage(contents);
  const folder = `app/node_modules/@koromix/koffi-linux-${platform.node}`;
  return ['package.json', 'index.js', binaryPath(platform)].map((path) =>
    file(`${folder}/${path}`, dataOf(entries, path)),
  );
}

function binaryPath(platform) {
  return `linux_${platform.node}/koffi.node`;
}

function koffiPackage(contents) {
  return contents.find(({ package: one }) => one.name.startsWith('@koromix/koffi-linux-'));
}

/** Every bundle that the build makes: the command, and what it loads. */
function bundles() {
  const names = readdirSync('dist').filter((name) => name.endsWith('.cjs'));
  return names.map((name) => file(`app/${name}`, read(`dist/${name}`)));
}

function read(path) {
  try {
    return readFileSync(path);
  } catch {
    throw new Failure(`${path} is not there`, 'Run `npm ci` and `npm run build` in the repo.');
  }
}

function list(contents) {
  const lines = contents.map(
    ({ package: one }) => `${one.name} ${one.version} (${one.from}) ${one.hash}\n`,
  );
  return `What this image is made of, besides Podcloak itself. Licences are in this folder.
Debian's packages are as Debian published them; their sources are in Debian's archive.

${lines.join('')}`;
}
