/** What the API server writes itself, and so no apply changes. */
const METADATA: readonly string[] = [
  'creationTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
];

/** Written by kubectl or the API server about other fields, which tell it better. */
const ANNOTATIONS: readonly string[] = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'deprecated.daemonset.template.generation',
];

type Fields = Readonly<Record<string, unknown>>;

/** An object without what is not anybody's to apply. */
export function withoutServerFields(object: unknown): Fields {
  const { status: _, metadata, ...rest } = (object ?? {}) as Fields;
  const { annotations, ...others } = without(metadata, METADATA);
  const kept = without(annotations, ANNOTATIONS);
  return {
    ...rest,
    metadata: Object.keys(kept).length === 0 ? others : { ...others, annotations: kept },
  };
}

function without(map: unknown, names: readonly string[]): Fields {
  const entries = Object.entries((map ?? {}) as Fields);
  return Object.fromEntries(entries.filter(([name]) => !names.includes(name)));
}
