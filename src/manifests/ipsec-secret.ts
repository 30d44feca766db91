import { Construct } from 'constructs';
import type { Secret } from 'kubernetes-types/core/v1.js';
import { base64 } from '../terms/index.js';
import type { PodcloakValues } from '../values/index.js';
import { agentNamespace, objectMeta } from './identity.js';
import { object } from './objects.js';
import { checkedValues } from './values.js';

/**
 * The Secret that holds the key lines, from `encryption.ipsec.key`. Written as `data`: the API server
 * cannot merge `stringData` on server-side apply.
 *
 * @example
 *   const key = readFileSync('keys', 'utf8');
 *   new IpsecSecret(chart, 'keys', { encryption: { ipsec: { key } } });
 */
export class IpsecSecret extends Construct {
  constructor(scope: Construct, id: string, values: PodcloakValues) {
    super(scope, id);
    const all = checkedValues(this, values);
    const { secretName, keyFile, key } = all.encryption.ipsec;
    object<Secret>(this, 'Default', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: objectMeta(all, { name: secretName, namespace: agentNamespace(this, all) }),
      type: 'Opaque',
      data: { [keyFile]: base64(key ?? '') },
    });
  }
}
