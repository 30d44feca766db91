import { ServiceAccount } from 'cdk8s-plus-27/lib/service-account.js';
import { Construct } from 'constructs';
import type { PolicyRule } from 'kubernetes-types/rbac/v1.js';
import { itemsWhen, layered } from '../terms/index.js';
import type { MergedPodcloakValues, PodcloakValues } from '../values/index.js';
import { agentNamespace, fullName, serviceAccountName } from './identity.js';
import { objectLabels } from './labels.js';
import { API_GROUP, EVENTS_NAMESPACE, NAME } from './names.js';
import { onlyWhen } from './only-when.js';
import { Rights } from './rights.js';
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
    const rights = new Rights(this, this.#all, serviceAccountName(this.#all));
    onlyWhen(rbac.create, () => [
      ...rights.everywhere('cluster', NAME, [
        ...CLUSTER_RULES,
        ...itemsWhen(encryption.strictMode.startupTaint.enabled, TAINT_RULES),
      ]),
      ...rights.within('config', local, configRules(name)),
      ...rights.within('events', events, EVENT_RULES),
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
}
