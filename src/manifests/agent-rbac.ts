import type { ApiObject } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-27/lib/service-account.js';
import { Construct } from 'constructs';
import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
} from 'kubernetes-types/rbac/v1.js';
import { itemsWhen, layered } from '../terms/index.js';
import type { MergedPodcloakValues, PodcloakValues } from '../values/index.js';
import { agentNamespace, fullName, objectMeta, serviceAccountName } from './identity.js';
import { objectLabels } from './labels.js';
import { API_GROUP, EVENTS_NAMESPACE, NAME } from './names.js';
import { clusterScoped, object } from './objects.js';
import { onlyWhen } from './only-when.js';
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

/** To remove the startup taint; the admission policy refuses any other change, and any other Node. */
const TAINT_RULES: readonly PolicyRule[] = [
  { apiGroups: [''], resources: ['nodes'], verbs: ['patch'] },
];

const configRules = (name: string): readonly PolicyRule[] => [
  {
    apiGroups: [''],
    resources: ['configmaps'],
    resourceNames: [name],
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
  /** Undefined with `serviceAccount.create=false`. */
  readonly serviceAccount: ServiceAccount | undefined;
  readonly #all: MergedPodcloakValues;

  constructor(scope: Construct, id: string, values: PodcloakValues = {}) {
    super(scope, id);
    this.#all = checkedValues(this, values);
    const { encryption, serviceAccount, rbac } = this.#all;
    const name = fullName(this.#all);
    const local = { name, namespace: agentNamespace(this, this.#all) };
    const events = { name: `${name}-events`, namespace: EVENTS_NAMESPACE };

    let made: ServiceAccount | undefined;
    onlyWhen(serviceAccount.create, () => {
      made = this.#serviceAccount(local.namespace);
      return made;
    });
    this.serviceAccount = made;
    onlyWhen(rbac.create, () => [
      ...this.#allowEverywhere([
        ...CLUSTER_RULES,
        ...itemsWhen(encryption.strictMode.startupTaint.enabled, TAINT_RULES),
      ]),
      ...this.#allow('config', local, configRules(name)),
      ...this.#allow('events', events, EVENT_RULES),
    ]);
  }

  #serviceAccount(namespace: string): ServiceAccount {
    const all = this.#all;
    const annotations = layered(all.commonAnnotations, all.serviceAccount.annotations);
    return new ServiceAccount(this, 'service-account', {
      metadata: {
        name: serviceAccountName(all),
        namespace,
        labels: objectLabels(all),
        annotations,
      },
    });
  }

  #allowEverywhere(rules: readonly PolicyRule[]): ApiObject[] {
    const metadata = () => objectMeta(this.#all, { name: NAME });
    const role = object<ClusterRole>(this, 'cluster-role', {
      ...ROLES,
      kind: 'ClusterRole',
      metadata: metadata(),
      rules: [...rules],
    });
    const binding = object<ClusterRoleBinding>(this, 'cluster-role-binding', {
      ...ROLES,
      kind: 'ClusterRoleBinding',
      metadata: metadata(),
      ...this.#bound('ClusterRole', NAME),
    });
    return [clusterScoped(role), clusterScoped(binding)];
  }

  /** A Role and its binding to the ServiceAccount, both under the same name. */
  #allow(
    id: string,
    place: { name: string; namespace: string },
    rules: readonly PolicyRule[],
  ): ApiObject[] {
    const metadata = () => objectMeta(this.#all, place);
    return [
      object<Role>(this, `${id}-role`, {
        ...ROLES,
        kind: 'Role',
        metadata: metadata(),
        rules: [...rules],
      }),
      object<RoleBinding>(this, `${id}-role-binding`, {
        ...ROLES,
        kind: 'RoleBinding',
        metadata: metadata(),
        ...this.#bound('Role', place.name),
      }),
    ];
  }

  #bound(kind: 'ClusterRole' | 'Role', name: string): Pick<RoleBinding, 'roleRef' | 'subjects'> {
    const account = serviceAccountName(this.#all);
    const namespace = agentNamespace(this, this.#all);
    return {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name },
      subjects: [{ kind: 'ServiceAccount', name: account, namespace }],
    };
  }
}
