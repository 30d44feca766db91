/**
 * All in which the chart's objects differ from those of `synth`: what helm users expect every object to
 * carry. Apart from it the two are equal, as test/chart proves.
 */
export const HELM_OWN = {
  /** Labels that only the chart has. */
  labels: ['helm.sh/chart', 'app.kubernetes.io/instance'],
  /** A label that both have, with `Helm` for `podcloak`. */
  changedLabels: ['app.kubernetes.io/managed-by'],
  /** Annotations that only the chart has, and only its CustomResourceDefinition. */
  annotations: ['helm.sh/resource-policy'],
  /** What is named for a hash of its text, which has helm's labels in it: the last digits of the name differ. */
  hashed: ['Job'],
  /** The moments at which helm makes objects that `synth` does not have: `helm test` and `helm uninstall`. */
  hooks: ['test', 'pre-delete'],
} as const;
