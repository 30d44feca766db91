/** What apply must see first comes first: an object never stands before what it needs. */
const ORDER: readonly string[] = [
  'Namespace',
  'ResourceQuota',
  'CustomResourceDefinition',
  'ServiceAccount',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ConfigMap',
  'Secret',
  'DaemonSet',
  'Job',
  'CronJob',
  'PodMonitor',
];

/** A rendered Kubernetes object. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** The manifests in apply order; those of one kind by namespace and name. */
export function inApplyOrder(manifests: readonly Manifest[]): Manifest[] {
  const rank = ({ kind }: Manifest) => {
    const index = ORDER.indexOf(kind);
    return index < 0 ? ORDER.length : index;
  };
  const key = ({ metadata }: Manifest) => `${metadata.namespace ?? ''}/${metadata.name}`;
  return [...manifests].sort((a, b) => rank(a) - rank(b) || compare(key(a), key(b)));
}

/** By code units, which no locale changes. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
