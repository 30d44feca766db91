import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from './failure.mjs';

/**
 * Writes a layer's files below a folder, with their modes; the owner is whoever runs this.
 *
 * @param {readonly import('./tar.mjs').Entry[]} entries folders before what is in them
 */
export function unpack(folder, entries) {
  mkdirSync(folder, { recursive: true });
  for (const { path, type, mode, data, target } of entries) {
    const place = join(folder, path);
    if (type === 'symlink') {
      symlinkSync(target, place);
      continue;
    }
    if (type === 'directory') mkdirSync(place, { recursive: true });
    else writeFileSync(place, data);
    // Apart, as the umask would have its say otherwise.
    chmodSync(place, mode);
  }
}

/** @throws Failure when the folder has anything in it */
export function mustBeEmpty(folder) {
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new Failure(`${folder} is not empty`, 'Give a folder that is empty or does not exist.');
  }
}
