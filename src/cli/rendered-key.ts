import { type Diagnostic, diagnostic } from '../errors/index.js';
import type { MergedPodcloakValues } from '../values/index.js';

/** Warns where the Secret with the key is among the manifests. */
export function keyWarning(
  values: MergedPodcloakValues | undefined,
  namespace: string,
): Diagnostic[] {
  const { key = '', secretName = '' } = values?.encryption.ipsec ?? {};
  const place = values?.namespaceOverride || namespace;
  return key === '' ? [] : [diagnostic('PC215', `Secret ${place}/${secretName}`)];
}
