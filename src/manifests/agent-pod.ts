import type {
  Affinity,
  EnvVar,
  PodSecurityContext,
  PodSpec,
  Toleration,
} from 'kubernetes-types/core/v1.js';
import { filled, isSet, itemsWhen, orElse, text, textWhen } from '../terms/index.js';
import type { MergedPodcloakValues } from '../values/index.js';
import { releaseOf } from './release.js';

/** What the agent's pods and those that clean up after them have in common. */

/** How they run: on the host's network, before the pod network does. */
export function onHostNetwork(values: MergedPodcloakValues): Partial<PodSpec> {
  return {
    priorityClassName: values.priorityClassName,
    // They program the node's own kernel tables.
    hostNetwork: true,
    // Cluster DNS runs in pods, whose traffic the agent is there to encrypt.
    dnsPolicy: 'Default',
    enableServiceLinks: false,
    // Nothing of ours needs time to stop: the kernel goes on encrypting.
    terminationGracePeriodSeconds: 10,
    // SELinux options or another profile, for machines that want one.
    ...filled({ securityContext: values.podSecurityContext as PodSecurityContext }),
  };
}

/** Which nodes they run on. */
export function onNodes(values: MergedPodcloakValues): Partial<PodSpec> {
  return {
    ...onAgentsNodes(values),
    ...filled({ tolerations: values.tolerations as Toleration[] }),
  };
}

/** The nodes that are meant for agents, whatever their taints. */
export function onAgentsNodes(values: MergedPodcloakValues): Partial<PodSpec> {
  return filled({
    imagePullSecrets: values.imagePullSecrets,
    nodeSelector: values.nodeSelector,
    affinity: values.affinity as Affinity,
  });
}

/** The way to the API server: what the kubelet sets by itself names the service, whose network may need the agents. */
export function apiServerEnv(values: MergedPodcloakValues): readonly EnvVar[] {
  return itemsWhen(isSet(values.k8sServiceHost), apiServer(values));
}

/** The same without the question whether it is wanted. */
export function apiServer({ k8sServiceHost, k8sServicePort }: MergedPodcloakValues): EnvVar[] {
  return [
    { name: 'KUBERNETES_SERVICE_HOST', value: k8sServiceHost },
    { name: 'KUBERNETES_SERVICE_PORT', value: orElse(text(k8sServicePort), '443') },
  ];
}

/** `repository:tag@digest`; the digest wins, and the tag is then only for the reader. */
export function imageOf(values: MergedPodcloakValues): string {
  const { version, partial } = releaseOf(values);
  const { repository, tag, digest } = values.image;
  const pinned = textWhen(isSet(digest), `@${digest}`);
  return partial('image', `${repository}:${orElse(tag, version)}${pinned}`);
}
