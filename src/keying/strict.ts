/** Readers for untrusted JSON: each returns a typed value or throws {@link Malformed}. */

/** What is wrong with a value. Stable: shown in conditions and events. */
export type MalformedReason =
  | 'duplicate'
  | 'key without mac'
  | 'missing'
  | 'not an address'
  | 'not a prefix'
  | 'not base64 of the right length'
  | 'not canonical'
  | 'not printable ASCII'
  | 'out of range'
  | 'unknown field'
  | 'unknown value'
  | 'wrong type';

/** Thrown by these readers and caught by {@link readStrictly}; never leaves this folder. */
class Malformed extends Error {
  constructor(
    readonly path: string,
    readonly reason: MalformedReason,
  ) {
    super();
  }
}

export type StrictResult<T> =
  | { readonly value: T }
  | { readonly path: string; readonly reason: MalformedReason };

/** Runs a reader; what it refuses becomes a result. */
export function readStrictly<T>(read: () => T): StrictResult<T> {
  try {
    return { value: read() };
  } catch (thrown) {
    if (thrown instanceof Malformed) return { path: thrown.path, reason: thrown.reason };
    throw thrown;
  }
}

export function refuse(path: string, reason: MalformedReason): never {
  throw new Malformed(path, reason);
}

/** An object with these fields and no others; each is read by its own function. */
export type Fields = ReadonlyMap<string, unknown>;

export function readObject(value: unknown, path: string, known: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse(path, 'wrong type');
  }
  const fields = new Map<string, unknown>(Object.entries(value));
  for (const name of fields.keys()) {
    if (known.includes(name)) continue;
    // The name is the writer's: it goes into a log only when it looks like one, and is too short for a key:
    // 16 bytes are 22 characters of base64.
    refuse(/^[A-Za-z]{1,20}$/.test(name) ? `${path}.${name}` : path, 'unknown field');
  }
  return fields;
}

export function readInteger(
  fields: Fields,
  path: string,
  name: string,
  least: number,
  greatest: number,
): number {
  const value = required(fields, path, name);
  if (typeof value !== 'number') return refuse(`${path}.${name}`, 'wrong type');
  // Fractions and -0 have no place in the encoding.
  const inRange = Number.isSafeInteger(value) && value >= least && value <= greatest;
  return inRange && !Object.is(value, -0) ? value : refuse(`${path}.${name}`, 'out of range');
}

/** A text of printable ASCII, 1 to `longest` characters. */
export function readText(fields: Fields, path: string, name: string, longest: number): string {
  const value = asText(required(fields, path, name), `${path}.${name}`);
  if (value.length < 1 || value.length > longest) refuse(`${path}.${name}`, 'out of range');
  return /^[\x20-\x7e]+$/.test(value) ? value : refuse(`${path}.${name}`, 'not printable ASCII');
}

export function readOneOf<T extends string>(
  fields: Fields,
  path: string,
  name: string,
  allowed: readonly T[],
): T {
  const value = required(fields, path, name);
  return allowed.find((one) => one === value) ?? refuse(`${path}.${name}`, 'unknown value');
}

/** Base64 (RFC 4648 §4) of exactly so many bytes, padded, with no second spelling. */
export function readBase64(fields: Fields, path: string, name: string, bytes: number): string {
  const value = asText(required(fields, path, name), `${path}.${name}`);
  const longEnough = value.length === Math.ceil(bytes / 3) * 4;
  const decoded = longEnough ? Buffer.from(value, 'base64') : Buffer.alloc(0);
  const good = decoded.length === bytes && decoded.toString('base64') === value;
  return good ? value : refuse(`${path}.${name}`, 'not base64 of the right length');
}

/** A list that may be absent, of at most so many items, no two of which have the same identity. */
export function readList<T>(
  fields: Fields,
  path: string,
  name: string,
  longest: number,
  read: (item: unknown, path: string) => T,
  identity: (item: T) => string | number,
): T[] {
  const list = fields.get(name) ?? [];
  if (!Array.isArray(list)) return refuse(`${path}.${name}`, 'wrong type');
  if (list.length > longest) return refuse(`${path}.${name}`, 'out of range');
  const seen = new Set<string | number>();
  return Array.from(list, (item: unknown, index) => {
    const place = `${path}.${name}[${index}]`;
    const value = read(item, place);
    if (seen.has(identity(value))) refuse(place, 'duplicate');
    seen.add(identity(value));
    return value;
  });
}

export function asText(value: unknown, path: string): string {
  return typeof value === 'string' ? value : refuse(path, 'wrong type');
}

function required(fields: Fields, path: string, name: string): unknown {
  return fields.has(name) ? fields.get(name) : refuse(`${path}.${name}`, 'missing');
}
