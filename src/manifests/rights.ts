import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
} from 'kubernetes-types/rbac/v1.js';
import type { MergedPodcloakValues } from '../values/index.js';
import { agentNamespace, objectMeta } from './identity.js';
import { clusterScoped, object } from './objects.js';

const ROLES = { apiVersion: 'rbac.authorization.k8s.io/v1' } as const;

/** Roles of one ServiceAccount in the agents' namespace, each with its binding, both under the same name. */
export class Rights {
  readonly #scope: Construct;
  readonly #all: MergedPodcloakValues;
  readonly #account: string;

  constructor(scope: Construct, all: MergedPodcloakValues, account: string) {
    this.#scope = scope;
    this.#all = all;
    this.#account = account;
  }

  /** A ClusterRole. */
  everywhere(id: string, name: string, rules: readonly PolicyRule[]): ApiObject[] {
    const metadata = () => objectMeta(this.#all, { name });
    const role = object<ClusterRole>(this.#scope, `${id}-role`, {
      ...ROLES,
      kind: 'ClusterRole',
      metadata: metadata(),
      rules: [...rules],
    });
    const binding = object<ClusterRoleBinding>(this.#scope, `${id}-role-binding`, {
      ...ROLES,
      kind: 'ClusterRoleBinding',
      metadata: metadata(),
      ...this.#bound('ClusterRole', name),
    });
    return [clusterScoped(role), clusterScoped(binding)];
  }

  /** A Role in a namespace. */
  within(
    id: string,
    place: { name: string; namespace: string },
    rules: readonly PolicyRule[],
  ): ApiObject[] {
    const metadata = () => objectMeta(this.#all, place);
    return [
      object<Role>(this.#scope, `${id}-role`, {
        ...ROLES,
        kind: 'Role',
        metadata: metadata(),
        rules: [...rules],
      }),
      object<RoleBinding>(this.#scope, `${id}-role-binding`, {
        ...ROLES,
        kind: 'RoleBinding',
        metadata: metadata(),
        ...this.#bound('Role', place.name),
      }),
    ];
  }

  #bound(kind: 'ClusterRole' | 'Role', name: string): Pick<RoleBinding, 'roleRef' | 'subjects'> {
    const namespace = agentNamespace(this.#scope, this.#all);
    return {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name },
      subjects: [{ kind: 'ServiceAccount', name: this.#account, namespace }],
    };
  }
}
