import { Construct } from 'constructs';
import type { Secret } from 'kubernetes-types/core/v1.js';
import { diagnostic, PodcloakError } from '../errors/index.js';
import { base64, fieldsWhen, isSet } from '../terms/index.js';
import type { PodcloakValues } from '../values/index.js';
import { agentNamespace, objectMeta } from './identity.js';
import { object } from './objects.js';
import { checkedValues } from './values.js';

/**
 * The Secret that holds the key lines, from `encryption.ipsec.key`. Written as `data`: the API server
 * cannot merge `stringData` on server-side apply.
 *
 * With `encryption.ipsec.secret.generate` it is rendered without data, which `KeyJob` then puts in: neither kind
 * of apply touches fields that it does not name.
 *
 * @example
 *   const key = readFileSync('keys', 'utf8');
 *   new IpsecSecret(chart, 'keys', { encryption: { ipsec: { key } } });
 *
 * @throws PodcloakError PC540 without a key: an empty Secret would take the place of one that is in use
 */
export class IpsecSecret extends Construct {
  constructor(scope: Construct, id: string, values: PodcloakValues) {
    super(scope, id);
    const all = checkedValues(this, values);
    const { secretName, keyFile, key, secret } = all.encryption.ipsec;
    if (!secret.generate && (key === undefined || key === '')) {
      const details = { path: 'encryption.ipsec.key', place: { source: this.node.path } };
      throw new PodcloakError([diagnostic('PC540', 'there is no key to put in it', details)]);
    }
    object<Secret>(this, 'Default', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: objectMeta(all, { name: secretName, namespace: agentNamespace(this, all) }),
      type: 'Opaque',
      ...fieldsWhen(isSet(key), { data: { [keyFile]: base64(key ?? '') } }),
    });
  }
}
