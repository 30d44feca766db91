import { Construct } from 'constructs';
import type { ResourceQuota } from 'kubernetes-types/core/v1.js';
import type { PodcloakValues } from '../values/index.js';
import { agentNamespace, fullName, objectMeta } from './identity.js';
import { object } from './objects.js';
import { checkedValues } from './values.js';

/**
 * A ResourceQuota for pods of the agent's priority class. Where admission limits critical priorities to
 * namespaces with a quota for them, as on GKE, the agents run outside kube-system only with it.
 *
 * @example
 *   new AgentQuota(chart, 'quota', { resourceQuota: { pods: '500' } });
 */
export class AgentQuota extends Construct {
  constructor(scope: Construct, id: string, values: PodcloakValues = {}) {
    super(scope, id);
    const all = checkedValues(this, values);
    object<ResourceQuota>(this, 'Default', {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: objectMeta(all, { name: fullName(all), namespace: agentNamespace(this, all) }),
      spec: {
        hard: { pods: all.resourceQuota.pods },
        scopeSelector: {
          matchExpressions: [
            { scopeName: 'PriorityClass', operator: 'In', values: [all.priorityClassName] },
          ],
        },
      },
    });
  }
}
