import { Construct } from 'constructs';
import type { Job } from 'kubernetes-types/batch/v1.js';
import { digest } from '../terms/index.js';
import type { PodcloakValues } from '../values/index.js';
import { agentNamespace, fullName, objectMeta } from './identity.js';
import { keysAccount, secretRule } from './keys-account.js';
import { keysPod } from './keys-pod.js';
import { KEYS_COMPONENT } from './names.js';
import { object } from './objects.js';
import { onlyWhen } from './only-when.js';
import { releaseOf } from './release.js';
import { Rights } from './rights.js';
import { checkedValues } from './values.js';

/**
 * A Job that puts a fresh key into the Secret, if there is none in it. `Podcloak` renders it with
 * `encryption.ipsec.secret.generate`, beside the Secret without data.
 *
 * A Job cannot be changed, so its name has a hash of its template: another template is another Job, which
 * finds the key there and ends. It has no `ttlSecondsAfterFinished`: one that vanished would be made again by
 * Argo CD and Flux each time that they look.
 *
 * @example
 *   new KeyJob(chart, 'key-job', { encryption: { ipsec: { secret: { generate: true } } } });
 */
export class KeyJob extends Construct {
  constructor(scope: Construct, id: string, values: PodcloakValues = {}) {
    super(scope, id);
    const all = checkedValues(this, values);
    const { secretName, keyFile } = all.encryption.ipsec;
    const namespace = agentNamespace(this, all);
    const account = `${fullName(all)}-key`;
    const template = releaseOf(all).partial(
      'keyJobTemplate',
      keysPod(all, {
        account,
        container: 'key',
        args: [
          ...['keys', 'create', '--fill', '--name', secretName],
          ...['--namespace', namespace, '--key-file', keyFile],
        ],
      }),
    );
    const meta = objectMeta(all, { name: `${fullName(all)}-key-${digest(template)}`, namespace });
    const place = { name: account, namespace };
    keysAccount(this, all, place);
    onlyWhen(all.rbac.create, () =>
      new Rights(this, all, account).within('secret', place, [secretRule(secretName)]),
    );
    object<Job>(this, 'Default', {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { ...meta, labels: { ...meta.labels, ...KEYS_COMPONENT } },
      spec: {
        // No deadline: a cluster may get its first node tomorrow, and a failed Job would never run again.
        backoffLimit: 20,
        template,
      },
    });
  }
}
