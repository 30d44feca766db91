import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { diagnostic, PodcloakError } from '../errors/index.js';
import { type OutputFile, refuseForeign } from './folder.js';

/** What goes to the folder of one cluster. */
export interface ClusterOutput {
  readonly name: string;
  readonly files: readonly OutputFile[];
}

/** The folder of a run, by its process id: what it writes, and then, in one step, what it has written. */
const STAGING = /^\.podcloak-([0-9]+)(-ready)?$/;

/**
 * Writes a folder for each cluster below `folder`, all or none. Everything is written beside the old state
 * first; one rename then says that it is whole, and renames put each cluster in its place. A run that is
 * killed before that rename has changed nothing; after it, the next run first completes what it began.
 * Each cluster's folder is treated as a single output's: nobody else's files are touched.
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
  const staging = join(folder, `.podcloak-${process.pid}`);
  try {
    refuseAll(folder, names);
    mkdirSync(folder, { recursive: true });
    completeEarlier(folder);
    for (const { name, files } of outputs) stage(join(staging, name), files);
    renameSync(staging, `${staging}-ready`);
    putInPlace(`${staging}-ready`, folder);
  } catch (thrown) {
    if (thrown instanceof PodcloakError) throw thrown;
    const reason = thrown instanceof Error && 'code' in thrown ? ` (${thrown.code})` : '';
    throw new PodcloakError([diagnostic('PC407', `cannot write to ${folder}${reason}`)]);
  } finally {
    if (existsSync(staging)) rmSync(staging, { recursive: true, force: true });
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

/** Puts in place what a killed run had made ready, and removes what it had not. */
function completeEarlier(folder: string): void {
  for (const name of readdirSync(folder)) {
    const [, pid, ready] = STAGING.exec(name) ?? [];
    if (pid === undefined) continue;
    if (Number(pid) !== process.pid && isAlive(Number(pid))) {
      const remedy = `Wait until it is done. If no such process is one of Podcloak, remove ${join(folder, name)}.`;
      const message = `process ${pid} writes to ${folder}`;
      throw new PodcloakError([diagnostic('PC463', message, { remedy })]);
    }
    if (ready === undefined) rmSync(join(folder, name), { recursive: true, force: true });
    else putInPlace(join(folder, name), folder);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // Somebody else's process is one all the same.
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function stage(target: string, files: readonly OutputFile[]): void {
  for (const { path, text, secret } of files) {
    const file = join(target, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { mode: secret ? 0o600 : 0o644 });
  }
}

/** Each step can be the last of a killed run, and is passed over by the one that completes it. */
function putInPlace(ready: string, folder: string): void {
  for (const name of readdirSync(ready)) {
    const fresh = join(ready, name);
    const target = join(folder, name);
    mkdirSync(target, { recursive: true });
    if (existsSync(join(fresh, 'manifests'))) {
      const old = join(target, 'manifests');
      if (existsSync(old)) renameSync(old, join(fresh, 'old'));
      renameSync(join(fresh, 'manifests'), old);
    }
    const kustomization = join(fresh, 'kustomization.yaml');
    if (existsSync(kustomization)) renameSync(kustomization, join(target, 'kustomization.yaml'));
    rmSync(fresh, { recursive: true, force: true });
  }
  rmSync(ready, { recursive: true, force: true });
}
