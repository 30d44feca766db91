import { Construct } from 'constructs';
import type { DaemonSet } from 'kubernetes-types/apps/v1.js';
import type { Container, PodSpec } from 'kubernetes-types/core/v1.js';
import { filled } from '../terms/index.js';
import type { MergedPodcloakValues, PodcloakValues } from '../values/index.js';
import { imageOf, onHostNetwork, onNodes } from './agent-pod.js';
import { agentNamespace, fullName, objectMeta } from './identity.js';
import {
  CLEANUP_SELECTOR,
  SETTINGS_FOLDER,
  STATE_FOLDER,
  WRITABLE_SETTINGS_FOLDER,
} from './names.js';
import { object } from './objects.js';
import { checkedValues } from './values.js';

/**
 * A DaemonSet that takes out of every node's kernel what agents left there that were deleted while
 * encryption was enabled. A pod is ready once its node is clean; then the DaemonSet is to be deleted. It
 * refuses to touch a node where an agent still runs, so it must not be in one app with `Podcloak`.
 *
 * @example
 *   const chart = new Chart(new App(), 'cleanup', { namespace: 'kube-system' });
 *   new AgentCleanup(chart, 'cleanup', { image: { repository: 'registry.example.com/podcloak' } });
 */
export class AgentCleanup extends Construct {
  constructor(scope: Construct, id: string, values: PodcloakValues = {}) {
    super(scope, id);
    const all = checkedValues(this, values);
    const place = { name: `${fullName(all)}-cleanup`, namespace: agentNamespace(this, all) };
    const meta = objectMeta(all, place);
    const labels = { ...meta.labels, ...CLEANUP_SELECTOR };
    object<DaemonSet>(this, 'Default', {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { ...meta, labels },
      spec: {
        selector: { matchLabels: { ...CLEANUP_SELECTOR } },
        // All at once: a pair of which one end is clean cannot talk.
        updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '100%' } },
        template: {
          metadata: {
            labels: { ...all.podLabels, ...labels },
            annotations: {
              'kubectl.kubernetes.io/default-container': 'cleanup',
              ...all.podAnnotations,
            },
          },
          spec: podSpec(all),
        },
      },
    });
  }
}

/** A user of no name and no rights, the same as that of the chart's tests. */
const NOBODY = 65532;

function podSpec(values: MergedPodcloakValues): PodSpec {
  return {
    // It asks the API server nothing, and the agent's own account may be gone.
    automountServiceAccountToken: false,
    ...onHostNetwork(values),
    ...onNodes(values),
    initContainers: [
      {
        ...container(values, 'cleanup', 'cleanup'),
        // The reason is then in `kubectl describe pod`, too.
        terminationMessagePolicy: 'FallbackToLogsOnError',
        volumeMounts: [
          { name: 'state', mountPath: STATE_FOLDER },
          { name: 'network-settings', mountPath: WRITABLE_SETTINGS_FOLDER },
        ],
      },
    ],
    // A DaemonSet's pods must not end: while this one waits, its node counts as done.
    containers: [withoutRights(container(values, 'done', 'idle'))],
    volumes: [
      { name: 'state', hostPath: { path: STATE_FOLDER, type: 'DirectoryOrCreate' } },
      // Whatever the type is today: what agents changed with WireGuard may be there still.
      { name: 'network-settings', hostPath: { path: SETTINGS_FOLDER, type: 'Directory' } },
    ],
  };
}

function container(values: MergedPodcloakValues, name: string, command: string): Container {
  return {
    name,
    image: imageOf(values),
    imagePullPolicy: values.image.pullPolicy,
    args: ['encrypt', command],
    ...filled({
      resources: values.resources as Container['resources'],
      securityContext: values.securityContext as Container['securityContext'],
    }),
  };
}

function withoutRights(one: Container): Container {
  const nobody = { runAsNonRoot: true, runAsUser: NOBODY, runAsGroup: NOBODY };
  const rights = { capabilities: { drop: ['ALL'] }, ...nobody };
  return { ...one, securityContext: { ...one.securityContext, ...rights } };
}
