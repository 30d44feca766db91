import { listStandIn, mapStandIn, standIn, termOf } from './term.js';

/**
 * The words in which manifests say what depends on values. With values at hand, as in `synth` and in
 * cdk8s apps, each is a plain computation; with stand-ins, as in the chart, each is a term for helm.
 * JavaScript's own `?:`, `??`, `String()` and `join()` cannot be told of stand-ins.
 */

/** A value as a string. */
export function text(value: boolean | number | string): string {
  const of = termOf(value);
  return of === undefined ? String(value) : standIn({ kind: 'text', of });
}

/** The items with commas between them; a string is a list of one. */
export function commaList(value: string | readonly string[]): string {
  const of = termOf(value);
  return of === undefined ? [value].flat().join(',') : standIn({ kind: 'comma-list', of });
}

/** RFC 4648 §4, of the text's UTF-8. */
export function base64(value: string): string {
  const of = termOf(value);
  return of === undefined
    ? Buffer.from(value, 'utf8').toString('base64')
    : standIn({ kind: 'base64', of });
}

/** The text, or the fallback where it is missing or empty. */
export function orElse(value: string | undefined, fallback: string): string {
  const of = termOf(value);
  if (of !== undefined) return standIn({ kind: 'or-else', of, fallback });
  return value === undefined || value === '' ? fallback : value;
}

/** Whether a text or a map is there and not empty. */
export function isSet(value: string | Readonly<Record<string, unknown>> | undefined): boolean {
  const of = termOf(value);
  return of === undefined
    ? value !== undefined && Object.keys(value).length > 0
    : standIn<boolean>({ kind: 'is-set', of });
}

/** Whether it does not hold. */
export function not(condition: boolean): boolean {
  const of = termOf(condition);
  return of === undefined ? !condition : standIn<boolean>({ kind: 'not', of });
}

/** Whether both hold. */
export function both(one: boolean, other: boolean): boolean {
  const [a, b] = [termOf(one), termOf(other)];
  return a !== undefined && b !== undefined
    ? standIn<boolean>({ kind: 'both', of: [a, b] })
    : one && other;
}

/** The first one, or the other where the first is missing, empty or false. */
export function either<T extends boolean | string | readonly string[]>(
  one: T | undefined,
  other: T,
): T {
  const [a, b] = [termOf(one), termOf(other)];
  if (a !== undefined && b !== undefined) return standIn<T>({ kind: 'either', of: [a, b] });
  const saysNothing = one === undefined || one === false || one === '';
  return saysNothing || (Array.isArray(one) && one.length === 0) ? other : one;
}

/** Whether the text is this one. */
export function equals(value: string, to: string): boolean {
  const of = termOf(value);
  return of === undefined ? value === to : standIn<boolean>({ kind: 'equals', of, to });
}

/** The text if the condition holds, or else nothing. */
export function textWhen(condition: boolean, then: string): string {
  const term = termOf(condition);
  if (term !== undefined) return standIn({ kind: 'when', condition: term, then });
  return condition ? then : '';
}

/** The fields if the condition holds, to be spread among others. */
export function fieldsWhen<T extends object>(condition: boolean, then: T): Partial<T> {
  const term = termOf(condition);
  if (term !== undefined) return mapStandIn({ kind: 'when', condition: term, then }) as Partial<T>;
  return condition ? then : {};
}

/** The items if the condition holds, to be spread among others. */
export function itemsWhen<T>(condition: boolean, then: readonly T[]): readonly T[] {
  const term = termOf(condition);
  if (term !== undefined) return listStandIn({ kind: 'when', condition: term, then });
  return condition ? then : [];
}

/** The fields that have something in them: an empty map or list would only be noise. */
export function filled<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept = Object.entries(fields).flatMap(([key, value]: [string, unknown]) => {
    const of = termOf(value);
    if (of !== undefined) return Object.entries(mapStandIn({ kind: 'filled', key, of }));
    const hasSome = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
    return hasSome ? [[key, value]] : [];
  });
  return Object.fromEntries(kept) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** The fields of a map of the user's, or the fallback's where it is missing or empty. */
export function mapOrElse<T extends object>(
  map: Readonly<Record<string, unknown>> | undefined,
  fallback: T,
): T {
  const of = termOf(map);
  if (of !== undefined) return mapStandIn({ kind: 'map-or-else', of, fallback }) as T;
  return map !== undefined && Object.keys(map).length > 0 ? (map as T) : fallback;
}

/** Maps laid over each other: of a key that several have, the last one's value counts. */
export function layered<T>(
  ...maps: readonly (Readonly<Record<string, T>> | undefined)[]
): Record<string, T> {
  const given = maps.filter((map) => map !== undefined);
  if (given.some(hasStandIn)) return mapStandIn({ kind: 'layered', maps: given });
  return Object.assign({}, ...given);
}

/** Hex digits: enough for a name that changes with its object, as Kubernetes' own names do. */
const DIGITS = 8;

/**
 * The first digits of the SHA-256 of an object, for names. In the chart the object must be a part with a name,
 * and what is hashed is its text there: the digits are not those of `synth`.
 */
export function digest(of: object): string {
  const term = termOf(of);
  if (term !== undefined) return standIn({ kind: 'digest', of: term });
  // Loading crypto takes a while, and few values ask for it.
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256').update(JSON.stringify(of)).digest('hex').slice(0, DIGITS);
}

function hasStandIn(map: object): boolean {
  return Object.entries(map).some(
    ([key, value]) => termOf(key) !== undefined || termOf(value) !== undefined,
  );
}
