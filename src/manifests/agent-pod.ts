import type {
  Affinity,
  PodSecurityContext,
  PodSpec,
  Toleration,
} from 'kubernetes-types/core/v1.js';
import { filled, isSet, orElse, textWhen } from '../terms/index.js';
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
  return filled({
    imagePullSecrets: values.imagePullSecrets,
    nodeSelector: values.nodeSelector,
    affinity: values.affinity as Affinity,
    tolerations: values.tolerations as Toleration[],
  });
}

/** `repository:tag@digest`; the digest wins, and the tag is then only for the reader. */
export function imageOf(values: MergedPodcloakValues): string {
  const { version, partial } = releaseOf(values);
  const { repository, tag, digest } = values.image;
  const pinned = textWhen(isSet(digest), `@${digest}`);
  return partial('image', `${repository}:${orElse(tag, version)}${pinned}`);
}
