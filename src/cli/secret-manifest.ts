import { ownLabels } from '../manifests/names.js';
import type { SecretPlace } from './secret-options.js';

/** The annotation that says when the line of a key id was made (RFC 3339); the id stands behind it. */
export const MADE_AT = 'key-made-at.podcloak.dev/';

/**
 * A new Secret with one key line: what the construct IpsecSecret renders, without the construct library,
 * and when the line was made.
 *
 * @param time RFC 3339
 */
export function secretManifest(
  { name, namespace, keyFile }: SecretPlace,
  keyID: number,
  line: string,
  time: string,
): object {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name,
      namespace,
      labels: ownLabels(),
      annotations: { [`${MADE_AT}${keyID}`]: time },
    },
    type: 'Opaque',
    data: { [keyFile]: base64(line) },
  };
}

export function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
