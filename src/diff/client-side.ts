import { type FieldChange, fieldChanges } from './fields.js';

const MANAGER = 'kubectl-client-side-apply';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

type Fields = Readonly<Record<string, unknown>>;

/**
 * What a server-side apply by kubectl removes of an object that was last applied client-side: kubectl first
 * takes over the fields of that apply, so those that the manifest does not have any more go. A dry run of
 * the apply alone leaves them, as they still are the other manager's.
 */
export function droppedFields(current: unknown, manifest: unknown): FieldChange[] {
  const { managedFields, annotations } = ((current as Fields | undefined)?.metadata ??
    {}) as Fields;
  const isClientSide =
    Array.isArray(managedFields) &&
    managedFields.some((entry: unknown) => (entry as Fields | null)?.manager === MANAGER);
  const text = ((annotations ?? {}) as Fields)[LAST_APPLIED];
  if (!isClientSide || typeof text !== 'string') return [];
  return fieldChanges(parsed(text), manifest).filter(
    // kubectl writes empty maps for what the manifest did not have.
    ({ before, after }) => after === undefined && !isEmpty(before),
  );
}

/** Anybody may have written the annotation. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function isEmpty(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}
