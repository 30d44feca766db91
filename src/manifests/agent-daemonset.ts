import { Construct } from 'constructs';
import type { DaemonSet, DaemonSetUpdateStrategy } from 'kubernetes-types/apps/v1.js';
import type {
  Container,
  ContainerPort,
  EnvVar,
  PodSpec,
  Probe,
  Volume,
  VolumeMount,
} from 'kubernetes-types/core/v1.js';
import {
  equals,
  fieldsWhen,
  filled,
  isSet,
  itemsWhen,
  layered,
  mapOrElse,
  text,
} from '../terms/index.js';
import type { MergedPodcloakValues, PodcloakValues } from '../values/index.js';
import { apiServerEnv, imageOf, onHostNetwork, onNodes } from './agent-pod.js';
import { agentNamespace, fullName, objectMeta, serviceAccountName } from './identity.js';
import { objectLabels, selectorLabels } from './labels.js';
import {
  COMPONENT,
  NAME,
  SETTINGS_FOLDER,
  STATE_FOLDER,
  WRITABLE_SETTINGS_FOLDER,
} from './names.js';
import { object } from './objects.js';
import { checkedValues } from './values.js';

/**
 * The agent: one pod on every node.
 *
 * @example
 *   const agent = new AgentDaemonSet(chart, 'agent', { image: { tag: '0.1.0' } });
 *   ApiObject.of(agent).addJsonPatch(JsonPatch.add('/spec/minReadySeconds', 5));
 */
export class AgentDaemonSet extends Construct {
  constructor(scope: Construct, id: string, values: PodcloakValues = {}) {
    super(scope, id);
    const all = checkedValues(this, values);
    const own = objectLabels(all);
    const meta = objectMeta(all, { name: fullName(all), namespace: agentNamespace(this, all) });
    object<DaemonSet>(this, 'Default', {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { ...meta, labels: { ...meta.labels, ...COMPONENT } },
      spec: {
        selector: { matchLabels: { ...selectorLabels(all) } },
        updateStrategy: updateStrategyOf(all),
        template: {
          metadata: {
            labels: { ...layered(all.podLabels, own), ...COMPONENT },
            annotations: layered<string>(
              { 'kubectl.kubernetes.io/default-container': NAME },
              all.podAnnotations,
            ),
          },
          spec: podSpec(all),
        },
      },
    });
  }
}

function podSpec(values: MergedPodcloakValues): PodSpec {
  const { ipsec } = values.encryption;
  // A container's own /proc/sys is read-only unless it is privileged, and nothing may be mounted below /proc. Agents
  // write rp_filter also when they are to leave WireGuard, or are disabled: whatever `encryption` says.
  const settings: Volume = {
    name: 'network-settings',
    hostPath: { path: SETTINGS_FOLDER, type: 'Directory' },
  };
  return {
    serviceAccountName: serviceAccountName(values),
    automountServiceAccountToken: true,
    ...onHostNetwork(values),
    ...onNodes(values),
    ...filled({ hostAliases: values.hostAliases }),
    containers: [container(values)],
    volumes: [
      {
        // Optional: the agent itself reports a missing Secret, by namespace, name and key; the
        // kubelet would only leave the pod hanging in ContainerCreating.
        name: 'ipsec-keys',
        ...mapOrElse(ipsec.keyVolume, {
          secret: { secretName: ipsec.secretName, optional: true, defaultMode: 0o400 },
        }),
      },
      ...((values.extraVolumes ?? []) as unknown as Volume[]),
      settings,
      // Last, as helm cuts off line breaks at an object's end, which there may be a user's.
      { name: 'state', hostPath: { path: STATE_FOLDER, type: 'DirectoryOrCreate' } },
    ],
  };
}

function container(values: MergedPodcloakValues): Container {
  const { monitoring, healthPort } = values;
  return {
    name: NAME,
    image: imageOf(values),
    imagePullPolicy: values.image.pullPolicy,
    args: ['agent'],
    env: [
      {
        name: 'NODE_NAME',
        valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'spec.nodeName' } },
      },
      {
        name: 'POD_NAMESPACE',
        valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } },
      },
      ...itemsWhen(isSet(values.fullnameOverride), [
        { name: 'PODCLOAK_CONFIG_MAP', value: fullName(values) },
      ]),
      // Not in the ConfigMap: a port is the pod's own, and known while the API server is away.
      { name: 'PODCLOAK_HEALTH_PORT', value: text(healthPort) },
      ...itemsWhen(monitoring.enabled, [
        { name: 'PODCLOAK_METRICS_PORT', value: text(monitoring.port) },
      ]),
      ...apiServerEnv(values),
      ...((values.extraEnv ?? []) as EnvVar[]),
    ],
    ...fieldsWhen(monitoring.enabled, { ports: [metricsPort(monitoring.port)] }),
    // A failed start is tried for five minutes before the kubelet steps in: a node's network may come
    // up late. Liveness is slow: on a node without time to spare a restart throws away what was done, and
    // nothing is gained, as the kernel goes on encrypting. Readiness is quick.
    startupProbe: probe('/healthz', healthPort, { periodSeconds: 2, failureThreshold: 150 }),
    livenessProbe: probe('/healthz', healthPort, { periodSeconds: 30, failureThreshold: 10 }),
    readinessProbe: probe('/readyz', healthPort, { periodSeconds: 5, failureThreshold: 2 }),
    ...filled({
      resources: values.resources as Container['resources'],
      securityContext: values.securityContext as Container['securityContext'],
    }),
    volumeMounts: [
      { name: 'ipsec-keys', mountPath: values.encryption.ipsec.mountPath, readOnly: true },
      { name: 'state', mountPath: STATE_FOLDER },
      { name: 'network-settings', mountPath: WRITABLE_SETTINGS_FOLDER },
      ...((values.extraVolumeMounts ?? []) as unknown as VolumeMount[]),
    ],
  };
}

/** On the host's network a container port is a host port; the API server fills the latter in. */
function metricsPort(port: number): ContainerPort {
  return { name: 'metrics', containerPort: port, hostPort: port, protocol: 'TCP' };
}

/** The health server listens on loopback only, which the kubelet shares with a hostNetwork pod. */
function probe(
  path: string,
  port: number,
  timing: Pick<Probe, 'periodSeconds' | 'failureThreshold'>,
): Probe {
  return {
    httpGet: { host: '127.0.0.1', path, port, scheme: 'HTTP' },
    timeoutSeconds: 10,
    ...timing,
  };
}

function updateStrategyOf({ updateStrategy }: MergedPodcloakValues): DaemonSetUpdateStrategy {
  return {
    type: updateStrategy.type,
    // The API server refuses bounds of a rolling update where there is none.
    ...fieldsWhen(equals(updateStrategy.type, 'RollingUpdate'), {
      rollingUpdate: { ...updateStrategy.rollingUpdate },
    }),
  };
}
