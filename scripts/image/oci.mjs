// An image as the OCI image specification 1.1 describes it: blobs named by their SHA-256.
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { writeTar } from './tar.mjs';

export const MEDIA = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar',
  gzipLayer: 'application/vnd.oci.image.layer.v1.tar+gzip',
};

/**
 * @typedef {object} Descriptor
 * @property {string} mediaType
 * @property {string} digest
 * @property {number} size in bytes
 *
 * @typedef {object} PlatformImage
 * @property {typeof import('./platforms.mjs').PLATFORMS[number]} platform
 * @property {Descriptor} manifest
 * @property {Descriptor} config
 * @property {readonly Descriptor[]} layers
 * @property {ReadonlyMap<string, Buffer>} blobs by digest
 *
 * @typedef {object} Image
 * @property {Descriptor} index of all platforms
 * @property {readonly PlatformImage[]} platforms
 * @property {ReadonlyMap<string, Buffer>} blobs by digest, each once
 */

/**
 * The image of one platform.
 *
 * @param {typeof import('./platforms.mjs').PLATFORMS[number]} platform
 * @param {readonly { name: string, entries: readonly import('./tar.mjs').Entry[] }[]} layers lowest first
 * @param {{ config: object, annotations: Record<string, string>, epoch: number, compress: boolean }} options
 * @returns {Promise<PlatformImage>}
 */
export async function platformImage(platform, layers, { config, annotations, epoch, compress }) {
  const blobs = new Map();
  const put = (mediaType, data) => {
    const descriptor = { mediaType, digest: digestOf(data), size: data.length };
    blobs.set(descriptor.digest, data);
    return descriptor;
  };
  const created = new Date(epoch * 1000).toISOString().replace('.000', '');
  const built = await Promise.all(
    layers.map(async ({ entries }) => {
      const tar = Buffer.concat(writeTar(entries, epoch));
      // zlib's header holds no time and no name; level 9 of one Node is the same on any processor.
      const data = compress ? await promisify(gzip)(tar, { level: 9 }) : tar;
      return { diffId: digestOf(tar), data };
    }),
  );
  const descriptors = built.map(({ data }) => put(compress ? MEDIA.gzipLayer : MEDIA.layer, data));
  const configDescriptor = put(
    MEDIA.config,
    json({
      created,
      architecture: platform.architecture,
      os: 'linux',
      config: { ...config, Labels: annotations },
      rootfs: { type: 'layers', diff_ids: built.map(({ diffId }) => diffId) },
      history: layers.map(({ name }) => ({ created, created_by: name })),
    }),
  );
  const manifest = put(
    MEDIA.manifest,
    json({
      schemaVersion: 2,
      mediaType: MEDIA.manifest,
      config: configDescriptor,
      layers: descriptors,
      annotations,
    }),
  );
  return { platform, manifest, config: configDescriptor, layers: descriptors, blobs };
}

/** What a node fetches for this platform, in bytes. */
export function fetchedSize({ manifest, config, layers }) {
  return [manifest, config, ...layers].reduce((total, { size }) => total + size, 0);
}

/**
 * One image of several platforms.
 *
 * @param {readonly PlatformImage[]} platforms
 * @param {Record<string, string>} annotations
 * @returns {Image}
 */
export function imageOf(platforms, annotations) {
  const data = json({
    schemaVersion: 2,
    mediaType: MEDIA.index,
    manifests: platforms.map(({ platform, manifest }) => ({
      ...manifest,
      platform: { architecture: platform.architecture, os: 'linux' },
    })),
    annotations,
  });
  const index = { mediaType: MEDIA.index, digest: digestOf(data), size: data.length };
  const blobs = new Map(platforms.flatMap((one) => [...one.blobs]));
  return { index, platforms, blobs: blobs.set(index.digest, data) };
}

function json(value) {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}

export function digestOf(data) {
  return `sha256:${createHash('sha256').update(data).digest('hex')}`;
}
