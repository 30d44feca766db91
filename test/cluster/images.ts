import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildInto } from '../lab/image/image.js';
import { writeBoxImage } from './box-image.js';

/**
 * Writes what the nodes run into a folder: the agent's image, as `npm run image` builds it, and that of
 * the pods. Layers are not compressed: to unpack them takes an emulated node a minute.
 * @param name of the agent's image
 * @returns the paths of the archives
 */
export async function writeImages(dir: string, name: string): Promise<readonly string[]> {
  const agent = join(dir, 'agent-image');
  await buildInto(agent, ['--uncompressed', '--platform', 'linux/amd64', '--name', name]);
  const box = join(dir, 'box.tar');
  await writeBoxImage(box);
  const archives = readdirSync(agent).filter((file) => file.endsWith('.tar'));
  return [box, ...archives.map((file) => join(agent, file))];
}
