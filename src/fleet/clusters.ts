import { basename } from 'node:path';
import { type Diagnostic, diagnostic, show } from '../errors/index.js';

/** One cluster of a fleet. */
export interface FleetCluster {
  /** Of its output folder: the file's name without its ending. */
  readonly name: string;
  /** Its values file, as the user wrote it. */
  readonly file: string;
}

/** Folders of these names would not be seen, or could not be told from those of a single output. */
const TAKEN = ['manifests'];

/**
 * The clusters that values files stand for, in the order given, and what is wrong with their names.
 * Names that differ in upper and lower case only clash: some file systems take them for one.
 */
export function clustersOf(files: readonly string[]): {
  clusters: readonly FleetCluster[];
  problems: readonly Diagnostic[];
} {
  const clusters = files.map((file) => ({ file, name: nameOf(file) }));
  const first = new Map<string, string>();
  const problems = clusters.flatMap(({ file, name }) => {
    const place = { source: file === '-' ? 'standard input' : file };
    if (!/^[A-Za-z0-9][\w.-]*$/.test(name) || TAKEN.includes(name.toLowerCase())) {
      return [diagnostic('PC462', `${show(name)} cannot be a folder of the output`, { place })];
    }
    const other = first.get(name.toLowerCase());
    if (other !== undefined) {
      return [diagnostic('PC461', `its folder would be that of ${other}, too: ${name}`, { place })];
    }
    first.set(name.toLowerCase(), file);
    return [];
  });
  return { clusters, problems };
}

function nameOf(file: string): string {
  return basename(file).replace(/\.(ya?ml|json)$/i, '');
}
