import { Construct } from 'constructs';
import type { CronJob } from 'kubernetes-types/batch/v1.js';
import type { PolicyRule } from 'kubernetes-types/rbac/v1.js';
import { not } from '../terms/index.js';
import type { PodcloakValues } from '../values/index.js';
import { agentNamespace, fullName, objectMeta } from './identity.js';
import { keysAccount, secretRule } from './keys-account.js';
import { keysPod } from './keys-pod.js';
import { API_GROUP, KEYS_COMPONENT, NAME } from './names.js';
import { object } from './objects.js';
import { onlyWhen } from './only-when.js';
import { Rights } from './rights.js';
import { checkedValues } from './values.js';

/** Without a namespace, as those of the agents: one installation a cluster has them. */
const CLUSTER_NAME = `${NAME}-rotate`;

/** How far the nodes are with the key, and which cluster this is, as records are signed for it. */
const CLUSTER_RULES: readonly PolicyRule[] = [
  { apiGroups: [''], resources: ['nodes'], verbs: ['list', 'watch'] },
  { apiGroups: [''], resources: ['namespaces'], resourceNames: ['kube-system'], verbs: ['get'] },
  { apiGroups: [API_GROUP], resources: ['encryptionnodes'], verbs: ['list', 'watch'] },
];

/** To say on the CronJob what became of a run; `kubectl describe` finds that by the CronJob's UID. */
const eventRules = (name: string): readonly PolicyRule[] => [
  { apiGroups: ['batch'], resources: ['cronjobs'], resourceNames: [name], verbs: ['get'] },
  { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: ['create'] },
];

/**
 * A CronJob that rotates the key. `Podcloak` renders it with `encryption.ipsec.rotation.schedule`. While
 * encryption is disabled it is suspended, and there.
 *
 * @example
 *   const schedule = '0 3 * * 0';
 *   new RotationCronJob(chart, 'rotation', { encryption: { ipsec: { rotation: { schedule } } } });
 */
export class RotationCronJob extends Construct {
  constructor(scope: Construct, id: string, values: PodcloakValues) {
    super(scope, id);
    const all = checkedValues(this, values);
    const { enabled, ipsec } = all.encryption;
    const { secretName, keyFile, rotation } = ipsec;
    const place = { name: `${fullName(all)}-rotate`, namespace: agentNamespace(this, all) };
    const { name, namespace } = place;
    keysAccount(this, all, place);
    onlyWhen(all.rbac.create, () => {
      const rights = new Rights(this, all, name);
      return [
        ...rights.everywhere('cluster', CLUSTER_NAME, CLUSTER_RULES),
        ...rights.within('secret', place, [secretRule(secretName), ...eventRules(name)]),
      ];
    });
    const meta = objectMeta(all, place);
    const labels = { ...meta.labels, ...KEYS_COMPONENT };
    object<CronJob>(this, 'Default', {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { ...meta, labels },
      spec: {
        schedule: rotation.schedule,
        timeZone: rotation.timeZone,
        suspend: not(enabled),
        concurrencyPolicy: 'Forbid',
        // A run that the controller missed is made up for within an hour; after that the next one counts.
        startingDeadlineSeconds: 3600,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 3,
        jobTemplate: {
          metadata: { labels },
          spec: {
            // Longer than the command waits, for a pod that does not start.
            activeDeadlineSeconds: 2700,
            backoffLimit: 2,
            podFailurePolicy: {
              rules: [
                // 1: nodes are late. To try again would skip, and make a success of it.
                {
                  action: 'FailJob',
                  onExitCodes: { containerName: 'rotate', operator: 'In', values: [1] },
                },
                {
                  action: 'Ignore',
                  onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }],
                },
              ],
            },
            template: keysPod(all, {
              account: name,
              container: 'rotate',
              args: [
                ...['keys', 'rotate', '--scheduled', name, '--wait', '--timeout', '30m'],
                ...['--name', secretName, '--namespace', namespace, '--key-file', keyFile],
              ],
            }),
          },
        },
      },
    });
  }
}
