import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { diagnostic, PodcloakError } from '../errors/index.js';
import type { OutputFile } from './folder.js';

/**
 * How output is put in place: all of it is written to a folder beside the old state; renaming that folder
 * says that it is whole; then renames put its parts in place. A run that is killed before has changed
 * nothing; after, the next run first completes what it began.
 */

/** By the process id of its run. */
const STAGING = /^\.podcloak-([0-9]+)(-ready)?$/;

/** Where what was there before waits to be removed; no cluster has such a name. */
const OLD = '.old';

/** The folder that this process writes to, and its name once it is whole. */
export function stagingOf(folder: string): { readonly fresh: string; readonly ready: string } {
  const fresh = join(folder, `.podcloak-${process.pid}`);
  return { fresh, ready: `${fresh}-ready` };
}

export function writeFiles(target: string, files: readonly OutputFile[]): void {
  // Once a folder: it is a tenth of the time that a fleet takes.
  const folders = new Set(files.map(({ path }) => dirname(join(target, path))));
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  for (const { path, text, secret } of files) {
    const file = join(target, path);
    writeFileSync(file, text, { mode: secret ? 0o600 : 0o644 });
  }
}

/**
 * Puts in place what is ready: one output, or one of each cluster. Each step can be the last of a killed
 * run, and is passed over by the one that completes it.
 */
export function putInPlace(ready: string, folder: string): void {
  place(ready, folder);
  for (const name of readdirSync(ready)) {
    if (name === OLD) continue;
    place(join(ready, name), join(folder, name));
    rmSync(join(ready, name), { recursive: true, force: true });
  }
  rmSync(ready, { recursive: true, force: true });
}

/** The parts of one output; the file comes last, as it names what is in the folder. */
function place(fresh: string, target: string): void {
  const manifests = join(fresh, 'manifests');
  if (existsSync(manifests)) {
    const current = join(target, 'manifests');
    const old = join(fresh, OLD);
    mkdirSync(target, { recursive: true });
    if (existsSync(current)) renameSync(current, old);
    try {
      renameSync(manifests, current);
    } catch (thrown) {
      if (existsSync(old)) renameSync(old, current);
      throw thrown;
    }
  }
  const kustomization = join(fresh, 'kustomization.yaml');
  if (existsSync(kustomization)) renameSync(kustomization, join(target, 'kustomization.yaml'));
}

/**
 * Puts in place what a killed run had made ready, and removes what it had not.
 *
 * @throws PodcloakError PC463 while another run is at work here
 */
export function completeEarlier(folder: string): void {
  const entries = existsSync(folder) ? readdirSync(folder) : [];
  for (const name of entries) {
    const [, pid, ready] = STAGING.exec(name) ?? [];
    if (pid === undefined) continue;
    const path = join(folder, name);
    if (Number(pid) !== process.pid && isAlive(Number(pid))) {
      const remedy = `Wait until it is done. If no such process is one of Podcloak, remove ${path}.`;
      const message = `process ${pid} writes to ${folder}`;
      throw new PodcloakError([diagnostic('PC463', message, { remedy })]);
    }
    if (ready === undefined) rmSync(path, { recursive: true, force: true });
    else putInPlace(path, folder);
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

/** What went wrong while writing, as an error for whoever named the folder. */
export function notWritten(folder: string, thrown: unknown): PodcloakError {
  if (thrown instanceof PodcloakError) return thrown;
  const reason = thrown instanceof Error && 'code' in thrown ? ` (${thrown.code})` : '';
  return new PodcloakError([diagnostic('PC407', `cannot write to ${folder}${reason}`)]);
}
