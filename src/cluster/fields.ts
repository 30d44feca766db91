/** The fields of what somebody wrote; none where it is no map. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Its items; none where it is no list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The key ids that a record names keys under, ascending. */
export function keyIDsOf(spec: unknown): number[] {
  return listOf(fieldsOf(spec).keys)
    .map((key) => fieldsOf(key).keyID)
    .filter((id) => typeof id === 'number')
    .sort((one, other) => one - other);
}
