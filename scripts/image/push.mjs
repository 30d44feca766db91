import { Failure } from './failure.mjs';
import { openSession } from './registry-session.mjs';

/**
 * Pushes an image as the OCI distribution specification 1.1 describes: blobs that the registry does not
 * have, then manifests, and the tag last, so that a reader never finds half an image.
 *
 * @param {import('./oci.mjs').Image} image
 * @param {import('./reference.mjs').Reference} reference
 * @param {{
 *   credentials?: import('./credentials.mjs').Credentials,
 *   plainHttp?: boolean,
 *   log: (line: string) => void,
 * }} options
 * @throws Failure
 */
export async function push(image, reference, { log, ...options }) {
  const { send } = openSession(reference, options);
  for (const { config, layers } of image.platforms) {
    for (const descriptor of [...layers, config]) await putBlob(descriptor);
  }
  for (const { manifest } of image.platforms) await putManifest(manifest, manifest.digest);
  await putManifest(image.index, reference.tag);

  async function putBlob({ digest, size }) {
    const shown = `${digest.slice(0, 19)}… ${(size / 1e6).toFixed(1)} MB`;
    if ((await send(`blobs/${digest}`, { method: 'HEAD' })).status === 200) {
      log(`${shown}: there already`);
      return;
    }
    log(`${shown}: pushing`);
    const begun = await send('blobs/uploads/', { method: 'POST' });
    const location = begun.headers.get('location');
    if (location === null) throw broken('did not say where to upload to');
    const url = new URL(location, begun.url);
    url.searchParams.set('digest', digest);
    await send(url, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body: image.blobs.get(digest),
    });
  }

  async function putManifest({ mediaType, digest }, name) {
    const response = await send(`manifests/${name}`, {
      method: 'PUT',
      headers: { 'content-type': mediaType },
      body: image.blobs.get(digest),
    });
    const stored = response.headers.get('docker-content-digest') ?? digest;
    if (stored !== digest) throw broken(`has stored ${stored} for ${digest}`);
  }

  function broken(what) {
    return new Failure(
      `${reference.registry} ${what}`,
      'It does not follow the OCI distribution specification; try a newer version of it.',
    );
  }
}
