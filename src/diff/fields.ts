/** A field that would have another value. */
export interface FieldChange {
  /** Such as `spec.template.spec.containers[agent].image`. */
  readonly path: string;
  /** Undefined where there was, or would be, none. */
  readonly before: unknown;
  readonly after: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/** What differs between two versions of an object; a part that is only in one is one change. */
export function fieldChanges(before: unknown, after: unknown, path = ''): FieldChange[] {
  if (isMap(before) && isMap(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) =>
      fieldChanges(own(before, key), own(after, key), joined(path, key)),
    );
  }
  if (Array.isArray(before) && Array.isArray(after)) return listChanges(before, after, path);
  return isSame(before, after) ? [] : [{ path, before, after }];
}

/** Items are told apart by name where all have one, as apply does with most lists of objects. */
function listChanges(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
): FieldChange[] {
  const key = NAMES.find((name) => isNamed(before, name) && isNamed(after, name));
  if (key !== undefined) {
    const byName = (list: readonly unknown[]) =>
      new Map(list.map((item) => [String((item as Fields)[key]), item]));
    const [old, fresh] = [byName(before), byName(after)];
    return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((name) =>
      fieldChanges(old.get(name), fresh.get(name), `${path}[${name}]`),
    );
  }
  const haveMaps = [...before, ...after].every(isMap);
  if (haveMaps && before.length === after.length) {
    return before.flatMap((item, index) => fieldChanges(item, after[index], `${path}[${index}]`));
  }
  return isSame(before, after) ? [] : [{ path, before, after }];
}

const NAMES: readonly string[] = ['name', 'mountPath', 'containerPort'];

function isNamed(list: readonly unknown[], key: string): boolean {
  const names = list.map((item) => (isMap(item) ? own(item, key) : undefined));
  return names.every((name) => name !== undefined) && new Set(names).size === names.length;
}

function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isSame(item, b[index]));
  }
  if (isMap(a) && isMap(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
    );
  }
  return a === b;
}

function isMap(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(map: Fields, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function joined(path: string, key: string): string {
  const step = /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
  return path === '' ? step : `${path}.${step}`;
}
