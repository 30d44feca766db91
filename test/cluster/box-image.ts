import { readFileSync } from 'node:fs';
import { layoutOf, writeArchive } from '../../scripts/image/layout.mjs';
import { imageOf, platformImage } from '../../scripts/image/oci.mjs';
import { PLATFORMS } from '../../scripts/image/platforms.mjs';
import { parseReference, showReference } from '../../scripts/image/reference.mjs';
import { file } from '../../scripts/image/tree.mjs';
import { onPath } from '../lab/tools.js';

/** The full name, as the kubelet would try to pull any other. */
export const BOX = 'docker.io/lab/box:1';

/** Writes an archive of an image that sleeps: of pods' sandboxes, and of pods that traffic runs in. */
export async function writeBoxImage(path: string): Promise<void> {
  const name = parseReference(BOX, '1');
  if (showReference(name) !== BOX) throw new Error(`${BOX} is not a full name`);
  const busybox = readFileSync(onPath('busybox') ?? '/bin/busybox');
  const platform = PLATFORMS.find(({ architecture }) => architecture === 'amd64');
  if (platform === undefined) throw new Error('there is no platform of the guests');
  const layer = { name: 'box', entries: [file('bin/busybox', busybox, 0o755)] };
  const image = await platformImage(platform, [layer], {
    config: { Entrypoint: ['/bin/busybox', 'sleep', '1000000'] },
    annotations: {},
    epoch: 0,
    compress: false,
  });
  await writeArchive(path, layoutOf(imageOf([image], {}), name), 0);
}
