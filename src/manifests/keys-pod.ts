import type { Container, PodSpec, PodTemplateSpec, Toleration } from 'kubernetes-types/core/v1.js';
import { fieldsWhen, filled, isSet } from '../terms/index.js';
import type { MergedPodcloakValues } from '../values/index.js';
import { apiServer, imageOf, onAgentsNodes } from './agent-pod.js';
import { startupTaintKey } from './identity.js';
import { objectLabels } from './labels.js';
import { KEYS_COMPONENT } from './names.js';

/** A user of no name and no rights, the same as that of the chart's own pods. */
const NOBODY = 65532;

/** Away from a node that is down, so that the Job has another pod made: in seconds. */
const LEFT_AFTER = 60;

/** What runs in a pod that asks the API server about the key, and touches no node. */
export interface KeysRun {
  readonly account: string;
  readonly container: string;
  readonly args: readonly string[];
}

/** A pod that runs one of our commands with the rights of its own account, to its end. */
export function keysPod(values: MergedPodcloakValues, run: KeysRun): PodTemplateSpec {
  return {
    metadata: { labels: { ...objectLabels(values), ...KEYS_COMPONENT } },
    spec: podSpec(values, run),
  };
}

function podSpec(values: MergedPodcloakValues, { account, container, args }: KeysRun): PodSpec {
  return {
    restartPolicy: 'Never',
    serviceAccountName: account,
    automountServiceAccountToken: true,
    priorityClassName: values.priorityClassName,
    // On the host's network, as the agents are: the first pods of a cluster may have to wait for the key.
    hostNetwork: true,
    dnsPolicy: 'Default',
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: NOBODY,
      runAsGroup: NOBODY,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    ...onAgentsNodes(values),
    tolerations: tolerationsOf(values),
    ...filled({ hostAliases: values.hostAliases }),
    containers: [
      {
        name: container,
        image: imageOf(values),
        imagePullPolicy: values.image.pullPolicy,
        args: [...args],
        ...fieldsWhen(isSet(values.k8sServiceHost), { env: apiServer(values) }),
        resources: { requests: { cpu: '25m', memory: '96Mi' }, limits: { memory: '256Mi' } },
        securityContext: WITHOUT_RIGHTS,
        // The reason is then in the pod's status, too.
        terminationMessagePolicy: 'FallbackToLogsOnError',
      },
    ],
  };
}

const WITHOUT_RIGHTS: NonNullable<Container['securityContext']> = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
};

/** The agents' own, and the startup taint, which goes only once there is a key. */
function tolerationsOf(values: MergedPodcloakValues): Toleration[] {
  return [
    // First, as the first that fits counts: what tolerates everything would wait on a dead node for ever.
    {
      key: 'node.kubernetes.io/unreachable',
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: LEFT_AFTER,
    },
    { key: startupTaintKey(values), operator: 'Exists' },
    ...((values.tolerations ?? []) as Toleration[]),
  ];
}
