import { ServiceAccount } from 'cdk8s-plus-27/lib/service-account.js';
import { Construct } from 'constructs';
import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
} from 'kubernetes-types/rbac/v1.js';
import type { PodcloakValues } from '../values/index.js';
import { objectLabels } from './labels.js';
import { API_GROUP, EVENTS_NAMESPACE, type Labels, NAME } from './names.js';
import { clusterScoped, namespaceOf, object } from './objects.js';
import { checkedValues } from './values.js';

/** What the agent may do everywhere. It has no right to read any Secret: its key is a mounted file. */
const CLUSTER_RULES: readonly PolicyRule[] = [
  // Its own Node for its pod prefixes and UID, the others to name nodes without an agent.
  { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] },
  // The UID of this namespace stands for the cluster's identity.
  { apiGroups: [''], resources: ['namespaces'], resourceNames: ['kube-system'], verbs: ['get'] },
  // Its own record; the admission policy refuses any other node's.
  {
    apiGroups: [API_GROUP],
    resources: ['encryptionnodes'],
    verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
  },
  { apiGroups: [API_GROUP], resources: ['encryptionnodes/status'], verbs: ['update', 'patch'] },
];

const CONFIG_RULES: readonly PolicyRule[] = [
  {
    apiGroups: [''],
    resources: ['configmaps'],
    resourceNames: [NAME],
    verbs: ['get', 'list', 'watch'],
  },
];

const EVENT_RULES: readonly PolicyRule[] = [
  { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: ['create', 'patch'] },
];

const ROLES = { apiVersion: 'rbac.authorization.k8s.io/v1' } as const;

/**
 * The agent's ServiceAccount, and the least rights that it works with.
 *
 * @example
 *   new AgentRbac(chart, 'rbac');
 */
export class AgentRbac extends Construct {
  readonly serviceAccount: ServiceAccount;

  constructor(scope: Construct, id: string, values: PodcloakValues = {}) {
    super(scope, id);
    const labels = objectLabels(checkedValues(this, values));
    const local = { name: NAME, namespace: namespaceOf(this), labels };
    const events = { name: `${NAME}-events`, namespace: EVENTS_NAMESPACE, labels };

    this.serviceAccount = new ServiceAccount(this, 'service-account', { metadata: local });
    this.#allowEverywhere({ name: NAME, labels }, CLUSTER_RULES);
    this.#allow('config', local, CONFIG_RULES);
    this.#allow('events', events, EVENT_RULES);
  }

  #allowEverywhere(metadata: { name: string; labels: Labels }, rules: readonly PolicyRule[]): void {
    const role = object<ClusterRole>(this, 'cluster-role', {
      ...ROLES,
      kind: 'ClusterRole',
      metadata,
      rules: [...rules],
    });
    const binding = object<ClusterRoleBinding>(this, 'cluster-role-binding', {
      ...ROLES,
      kind: 'ClusterRoleBinding',
      metadata,
      ...this.#bound('ClusterRole', metadata.name),
    });
    clusterScoped(role);
    clusterScoped(binding);
  }

  /** A Role and its binding to the ServiceAccount, both under the same name. */
  #allow(
    id: string,
    metadata: { name: string; namespace: string; labels: Labels },
    rules: readonly PolicyRule[],
  ): void {
    object<Role>(this, `${id}-role`, { ...ROLES, kind: 'Role', metadata, rules: [...rules] });
    object<RoleBinding>(this, `${id}-role-binding`, {
      ...ROLES,
      kind: 'RoleBinding',
      metadata,
      ...this.#bound('Role', metadata.name),
    });
  }

  #bound(kind: 'ClusterRole' | 'Role', name: string): Pick<RoleBinding, 'roleRef' | 'subjects'> {
    return {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name },
      subjects: [
        { kind: 'ServiceAccount', name: this.serviceAccount.name, namespace: namespaceOf(this) },
      ],
    };
  }
}
