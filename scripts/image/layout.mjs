// An image on disk: as a folder and as an archive of that folder.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from './failure.mjs';
import { writeTar } from './tar.mjs';
import { file } from './tree.mjs';

/**
 * The files of an OCI image layout. `index.json` names one thing, the index of all platforms: a reader
 * that knows each platform's manifest by the same name would keep the last one only.
 *
 * @param {import('./oci.mjs').Image} image
 * @param {import('./reference.mjs').Reference} name by which loading it makes it known
 * @returns {import('./tar.mjs').Entry[]}
 */
export function layoutOf(image, name) {
  const annotations = {
    // containerd takes the first, others the second.
    'io.containerd.image.name': `${name.registry}/${name.repository}:${name.tag}`,
    'org.opencontainers.image.ref.name': name.tag,
  };
  const index = {
    schemaVersion: 2,
    mediaType: image.index.mediaType,
    manifests: [{ ...image.index, annotations }],
  };
  return [
    file('oci-layout', '{"imageLayoutVersion":"1.0.0"}'),
    file('index.json', `${JSON.stringify(index, null, 2)}\n`),
    ...[...image.blobs].map(([digest, data]) => file(`blobs/${digest.replace(':', '/')}`, data)),
  ];
}

/**
 * For `docker load` of a docker that keeps images in its own store, which knows one platform only. It
 * finds this file; everything else prefers `index.json`.
 */
export function dockerManifest(image, name) {
  const [only] = image.platforms;
  if (only === undefined || image.platforms.length > 1) return [];
  const path = ({ digest }) => `blobs/${digest.replace(':', '/')}`;
  const familiar = name.repository.replace(/^library\//, '');
  const where = name.registry === 'docker.io' ? '' : `${name.registry}/`;
  const manifest = {
    Config: path(only.config),
    RepoTags: [`${where}${familiar}:${name.tag}`],
    Layers: only.layers.map(path),
  };
  return [file('manifest.json', `${JSON.stringify([manifest])}\n`)];
}

/** What is in a folder that was written before. */
const OURS = /^(oci-layout|index\.json|blobs|podcloak-.*\.tar)$/;

/**
 * Writes entries into a folder, in the place of an image that is there.
 *
 * @throws Failure when something else is there
 */
export function writeFolder(folder, entries) {
  const there = existsSync(folder) ? readdirSync(folder) : [];
  const other = there.find((name) => !OURS.test(name));
  if (other !== undefined || (there.length > 0 && !there.includes('oci-layout'))) {
    throw new Failure(
      `${folder} holds something else than an image: ${other ?? there[0]}`,
      'Give another folder with --output, or remove it.',
    );
  }
  rmSync(folder, { recursive: true, force: true });
  for (const { path, data } of entries) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), data);
  }
}

/** Writes entries as a tar archive. */
export async function writeArchive(path, entries, epoch) {
  const output = await open(path, 'w');
  try {
    for (const part of writeTar(entries, epoch)) await output.writeFile(part);
  } finally {
    await output.close();
  }
}
