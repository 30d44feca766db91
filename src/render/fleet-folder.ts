import { accessSync, constants, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PodcloakError } from '../errors/index.js';
import { type OutputFile, refuseForeign } from './folder.js';
import { completeEarlier, notWritten, putInPlace, stagingOf, writeFiles } from './staging.js';

/** What goes to the folder of one cluster. */
export interface ClusterOutput {
  readonly name: string;
  readonly files: readonly OutputFile[];
}

/**
 * Writes a folder for each cluster below `folder`, all or none: see `staging.ts`. Each cluster's folder is
 * treated as a single output's, and nobody else's files are touched.
 *
 * @param names of all clusters
 * @param outputs rendered one by one while they are written
 * @throws PodcloakError before anything is changed
 */
export function writeFleet(
  folder: string,
  names: readonly string[],
  outputs: Iterable<ClusterOutput>,
): void {
  const { fresh, ready } = stagingOf(folder);
  try {
    refuseAll(folder, names);
    completeEarlier(folder);
    for (const { name, files } of outputs) writeFiles(join(fresh, name), files);
    renameSync(fresh, ready);
    putInPlace(ready, folder);
  } catch (thrown) {
    throw notWritten(folder, thrown);
  } finally {
    if (existsSync(fresh)) rmSync(fresh, { recursive: true, force: true });
  }
}

/** The clusters that earlier runs wrote, and that are not among these. */
export function otherClusters(folder: string, names: readonly string[]): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !names.includes(entry.name))
    .map(({ name }) => name)
    .filter((name) => existsSync(join(folder, name, 'manifests')))
    .sort();
}

/** Everything that could fail half-way is asked of all clusters first. */
function refuseAll(folder: string, names: readonly string[]): void {
  const found = names.flatMap((name) => {
    const target = join(folder, name);
    try {
      refuseForeign(target);
    } catch (thrown) {
      if (thrown instanceof PodcloakError) return thrown.diagnostics;
      throw thrown;
    }
    for (const path of [target, join(target, 'manifests')]) {
      if (existsSync(path)) accessSync(path, constants.W_OK);
    }
    return [];
  });
  if (found.length > 0) throw new PodcloakError(found);
}
