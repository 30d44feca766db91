import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

import { diagnostic, PodcloakError } from '../errors/index.js';
import type { Manifest } from './order.js';
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
 * Writes the files below `folder`. Files that an earlier run wrote are replaced, those it no longer
 * has are removed (apply would take them), and nobody else's file is touched. All is written beside
 * the old state first; then two renames put it in place, so that a full disk changes nothing.
 *
 * @throws PodcloakError before anything is written, when the folder holds foreign files
 */
export function writeFolder(folder: string, files: readonly OutputFile[]): void {
  const fresh = join(folder, `.podcloak-${process.pid}`);
  const manifests = join(folder, 'manifests');
  const old = join(fresh, 'old');
  try {
    refuseForeign(folder, manifests);
    for (const { path, text, secret } of files) {
      const target = join(fresh, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text, { mode: secret ? 0o600 : 0o644 });
    }
    if (existsSync(manifests)) renameSync(manifests, old);
    renameSync(join(fresh, 'manifests'), manifests);
    renameSync(join(fresh, 'kustomization.yaml'), join(folder, 'kustomization.yaml'));
  } catch (thrown) {
    if (existsSync(old) && !existsSync(manifests)) renameSync(old, manifests);
    if (thrown instanceof PodcloakError) throw thrown;
    const reason = thrown instanceof Error && 'code' in thrown ? ` (${thrown.code})` : '';
    throw new PodcloakError([diagnostic('PC407', `cannot write to ${folder}${reason}`)]);
  } finally {
    if (existsSync(fresh)) rmSync(fresh, { recursive: true, force: true });
  }
}

/**
 * @throws PodcloakError when the folder holds files in the places of ours that we did not write, or is
 *   none
 */
export function refuseForeign(folder: string, manifests = join(folder, 'manifests')): void {
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
