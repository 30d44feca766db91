import { Construct } from 'constructs';
import type { Namespace } from 'kubernetes-types/core/v1.js';
import type { PodcloakValues } from '../values/index.js';
import { agentNamespace, objectMeta } from './identity.js';
import { clusterScoped, object } from './objects.js';
import { checkedValues } from './values.js';

const LEVEL = 'privileged';
const PRIVILEGED = {
  'pod-security.kubernetes.io/enforce': LEVEL,
  'pod-security.kubernetes.io/audit': LEVEL,
  'pod-security.kubernetes.io/warn': LEVEL,
};

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
    const meta = objectMeta(all, { name: agentNamespace(this, all) });
    const created = object<Namespace>(this, 'Default', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { ...meta, labels: { ...meta.labels, ...PRIVILEGED } },
    });
    clusterScoped(created);
  }
}
