/** A name or an index. */
export type Step = string | number;

/** The places of all values in a JSON value, itself included. */
export function places(value: unknown, path: Step[] = []): Step[][] {
  if (typeof value !== 'object' || value === null) return [path];
  const inside = Array.isArray(value)
    ? value.flatMap((item, index) => places(item, [...path, index]))
    : Object.entries(value).flatMap(([name, item]) => places(item, [...path, name]));
  return [path, ...inside];
}

/** The value with what is at a place changed; a change to undefined removes it. */
export function changed(
  value: unknown,
  path: readonly Step[],
  change: (old: unknown) => unknown,
): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(value);
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => {
      if (index !== step) return [item];
      const next = changed(item, rest, change);
      return next === undefined ? [] : [next];
    });
  }
  if (typeof value !== 'object' || value === null) throw new Error('no such place');
  const fields = Object.entries(value).map(([name, item]) =>
    name === step ? [name, changed(item, rest, change)] : [name, item],
  );
  return Object.fromEntries(fields.filter(([, item]) => item !== undefined));
}
