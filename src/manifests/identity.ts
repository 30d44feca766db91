import type { Construct } from 'constructs';
import type { ObjectMeta } from 'kubernetes-types/meta/v1.js';
import { orElse } from '../terms/index.js';
import type { MergedPodcloakValues } from '../values/index.js';
import { objectLabels } from './labels.js';
import { NAME } from './names.js';
import { namespaceOf } from './objects.js';
import { releaseOf } from './release.js';

/** The namespace of the agent and all that belongs to it. */
export function agentNamespace(scope: Construct, values: MergedPodcloakValues): string {
  const name = orElse(values.namespaceOverride, namespaceOf(scope));
  return releaseOf(values).partial('namespace', name);
}

/**
 * The name of the objects that have a namespace. Those without one are always called `podcloak`: they give
 * the agents' rights to one ServiceAccount, whatever else a second installation is called.
 */
export function fullName(values: MergedPodcloakValues): string {
  return releaseOf(values).partial('fullname', orElse(values.fullnameOverride, NAME));
}

/** The name of the agent's ServiceAccount, whoever makes it. */
export function serviceAccountName(values: MergedPodcloakValues): string {
  const name = orElse(values.serviceAccount.name, fullName(values));
  return releaseOf(values).partial('serviceAccountName', name);
}

/** What all objects have in their metadata, around a name and perhaps a namespace. */
export function objectMeta(
  values: MergedPodcloakValues,
  place: { readonly name: string; readonly namespace?: string },
): ObjectMeta & { name: string } {
  return {
    ...place,
    labels: { ...objectLabels(values) },
    // cdk8s leaves them out where there are none, and so does the chart.
    annotations: { ...values.commonAnnotations },
  };
}

/** The key of the startup taint, which the schema holds to its letters: it stands within expressions. */
export function startupTaintKey(values: MergedPodcloakValues): string {
  return releaseOf(values).partial(
    'startupTaintKey',
    values.encryption.strictMode.startupTaint.key,
  );
}
