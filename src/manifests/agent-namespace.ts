import { Construct } from 'constructs';
import type { Namespace } from 'kubernetes-types/core/v1.js';
import type { PodcloakValues } from '../values/index.js';
import { objectLabels } from './labels.js';
import { clusterScoped, namespaceOf, object } from './objects.js';
import { checkedValues } from './values.js';

/**
 * The agent's Namespace. Pod Security admission must let it run privileged pods: the agent uses the
 * host's network and a host path, and has NET_ADMIN.
 *
 * @example
 *   new AgentNamespace(chart, 'namespace', { commonLabels: { team: 'network' } });
 */
export class AgentNamespace extends Construct {
  constructor(scope: Construct, id: string, values: PodcloakValues = {}) {
    super(scope, id);
    const all = checkedValues(this, values);
    const level = 'privileged';
    const created = object<Namespace>(this, 'Default', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: namespaceOf(this),
        labels: {
          ...objectLabels(all),
          'pod-security.kubernetes.io/enforce': level,
          'pod-security.kubernetes.io/audit': level,
          'pod-security.kubernetes.io/warn': level,
        },
      },
    });
    clusterScoped(created);
  }
}
