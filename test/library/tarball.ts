import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runOrThrow } from '../lab/run.js';

const root = join(import.meta.dirname, '../..');

/** What `npm publish` would send. */
export interface Tarball {
  readonly path: string;
  /** Of the compressed file, in bytes. */
  readonly size: number;
  /** The paths of its files within the package, sorted. */
  readonly files: readonly string[];
}

/**
 * Packs what is built, into a folder. No scripts: `prepare` would build anew, under the feet of other tests.
 */
export async function packTarball(folder: string): Promise<Tarball> {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const packed = JSON.parse(await runOrThrow('npm', args, { cwd: root })) as {
    filename: string;
    size: number;
    files: { path: string }[];
  }[];
  const [one] = packed;
  if (one === undefined) throw new Error('npm packed nothing');
  const path = join(folder, one.filename);
  return { path, size: one.size, files: one.files.map((file) => file.path).sort() };
}

/** The version of a package that this repository has installed, as its lock file says. */
export function installedVersion(name: string): string {
  const file = readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}
