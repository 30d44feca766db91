import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { diagnostic, PodcloakError } from '../errors/index.js';
import type { Manifest } from './order.js';
import { completeEarlier, notWritten, putInPlace, stagingOf, writeFiles } from './staging.js';
import { blockYaml, HEADER, MARKER } from './yaml.js';

/** A file of the output: its path below the folder, and its text. */
export interface OutputFile {
  readonly path: string;
  readonly text: string;
  /** Holds key material: only its owner may read it. */
  readonly secret: boolean;
}

/**
 * The files for `--output`: numbered manifests in a folder of their own, so that both
 * `kubectl apply -k DIR` and `kubectl apply -f DIR/manifests` take them, in order.
 */
export function outputFiles(manifests: readonly Manifest[]): OutputFile[] {
  const files = manifests.map((manifest, index): OutputFile => {
    const number = String(index + 1).padStart(2, '0');
    const { name } = manifest.metadata;
    const path = join('manifests', `${number}-${manifest.kind.toLowerCase()}-${name}.yaml`);
    return { path, text: HEADER + blockYaml(manifest), secret: manifest.kind === 'Secret' };
  });
  const kustomization = blockYaml({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    resources: files.map(({ path }) => path),
  });
  return [...files, { path: 'kustomization.yaml', text: HEADER + kustomization, secret: false }];
}

/**
 * Writes the files below `folder`: see `staging.ts`. Files that an earlier run wrote are replaced, those it
 * no longer has are removed (apply would take them), and nobody else's file is touched.
 *
 * @throws PodcloakError before anything is written, when the folder holds foreign files
 */
export function writeFolder(folder: string, files: readonly OutputFile[]): void {
  const { fresh, ready } = stagingOf(folder);
  try {
    refuseForeign(folder);
    completeEarlier(folder);
    writeFiles(fresh, files);
    renameSync(fresh, ready);
    putInPlace(ready, folder);
  } catch (thrown) {
    throw notWritten(folder, thrown);
  } finally {
    for (const path of [fresh, ready]) {
      if (existsSync(path)) rmSync(path, { recursive: true, force: true });
    }
  }
}

/**
 * @throws PodcloakError when the folder holds files in the places of ours that we did not write, or is
 *   none
 */
export function refuseForeign(folder: string): void {
  const manifests = join(folder, 'manifests');
  if (existsSync(folder) && !statSync(folder).isDirectory()) {
    throw new PodcloakError([diagnostic('PC407', `${folder} is not a folder`)]);
  }
  const candidates = existsSync(manifests)
    ? readdirSync(manifests).map((name) => join(manifests, name))
    : [];
  const foreign = [...candidates, join(folder, 'kustomization.yaml')].filter(
    (path) => existsSync(path) && !isOurs(path),
  );
  if (foreign.length > 0) {
    throw new PodcloakError([
      diagnostic('PC406', `not written by podcloak: ${foreign.join(', ')}`),
    ]);
  }
}

function isOurs(path: string): boolean {
  return statSync(path).isFile() && readFileSync(path, 'utf8').startsWith(MARKER);
}
