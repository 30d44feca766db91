import { base64 } from '../cli/secret-manifest.js';
import type { SecretPlace } from '../cli/secret-options.js';
import { type Diagnostic, diagnostic } from '../errors/index.js';
import { parseKeyLines } from '../key-lines/index.js';
import { isOwnWriter, type StoredSecret } from '../kube/index.js';
import { blockYaml } from '../render/yaml.js';
import { madeAtKey } from './made-at.js';
import { nameOf } from './target.js';

/**
 * The Secret with another key file, as a manifest: for whoever keeps it in a repository, sealed. Labels and
 * other data stay; of the annotations only ours do, as others may hold the Secret's former data.
 *
 * @param text of the key file
 * @param added annotations
 */
export function printedSecret(
  { type, labels, data, annotations }: StoredSecret,
  { name, namespace, keyFile }: SecretPlace,
  text: string,
  added: Readonly<Record<string, string>>,
): string {
  const stays = new Set(parseKeyLines(text).keys.map(({ keyId }) => madeAtKey(keyId)));
  const own = Object.fromEntries(Object.entries(annotations).filter(([key]) => stays.has(key)));
  return blockYaml({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace, labels, annotations: { ...own, ...added } },
    type,
    data: { ...data, [keyFile]: base64(text) },
  });
}

/** What kubectl applied last, as JSON; of a Secret with all its data. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** Whether what was applied has the key file. A Secret that was applied without data is not written by it. */
function namesKey(applied: string | undefined, keyFile: string): boolean {
  if (applied === undefined) return false;
  try {
    const { data, stringData } = (JSON.parse(applied) ?? {}) as Record<string, object | undefined>;
    return Object.hasOwn({ ...data, ...stringData }, keyFile);
  } catch {
    return true;
  }
}

/** Warns where somebody applied the lines: they will apply the same again. */
export function appliedElsewhere(
  { writers, annotations }: StoredSecret,
  place: SecretPlace,
): Diagnostic[] {
  const found = writers.find(
    (one) => one.applies && !isOwnWriter(one) && one.dataKeys.includes(place.keyFile),
  );
  const isByKubectl = namesKey(annotations[LAST_APPLIED], place.keyFile);
  if (found === undefined && !isByKubectl) return [];
  const manager = found?.manager ?? 'kubectl apply';
  return [diagnostic('PC484', `${nameOf(place)} was applied by ${manager}`)];
}
