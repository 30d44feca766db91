/** Plain data as JSON and YAML have it. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** Where a value stands: map keys and list indexes from the top. */
export type Path = readonly (string | number)[];

/** Levels of maps and lists that values from outside may have: all our walks recurse. */
export const MAX_DEPTH = 100;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Sets an own property whatever its name: assigning `__proto__` would change the prototype. */
export function setOwn(target: JsonObject, key: string, value: Json): void {
  Object.defineProperty(target, key, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

/** The own property of that name, never an inherited one. */
export function getOwn(target: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(target, key) ? target[key] : undefined;
}

/** The value at a path, or undefined where there is none. */
export function valueAt(root: Json, path: Path): Json | undefined {
  let here: Json | undefined = root;
  for (const step of path) {
    if (Array.isArray(here)) here = typeof step === 'number' ? here[step] : undefined;
    else if (isObject(here)) here = getOwn(here, String(step));
    else return undefined;
  }
  return here;
}

/**
 * Characters that `kubectl apply --server-side` refuses or, U+0085, silently changes: it sends JSON
 * that the API server reads as YAML.
 */
const LOST = /[\u007f-\u009f\ufffe\uffff]/;

/**
 * The first thing in plain data that JSON or kubectl cannot carry, or that is nested over `levels` deep.
 * Without recursion beyond `levels`, so that it can be asked of anything, even of a cycle.
 */
export function findUnfit(
  value: Json,
  levels: number = MAX_DEPTH,
  path: Path = [],
): { path: Path; message: string } | undefined {
  if (typeof value === 'number') {
    return Number.isFinite(value)
      ? undefined
      : { path, message: 'has a number that is not finite' };
  }
  if (typeof value === 'string') {
    // Half of a surrogate pair has no encoding in UTF-8.
    if (/\p{Surrogate}/u.test(value)) return { path, message: 'has half of a character' };
    return LOST.test(value)
      ? { path, message: 'has a control character that kubectl cannot carry' }
      : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (levels === 0) return { path, message: 'is nested too deeply' };
  const isList = Array.isArray(value);
  for (const [key, child] of Object.entries(value)) {
    const at = [...path, isList ? Number(key) : key];
    const found = findUnfit(child, levels - 1, at) ?? findUnfit(key, 1, path);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A path as people write it: `extraEnv[0].name`; other keys than plain words are quoted. */
export function formatPath(path: Path): string {
  return path
    .map((step, index) => {
      if (typeof step === 'number') return `[${step}]`;
      const key = /^[\p{L}\p{N}_$/@:+=,*#%~!?&-]+$/u.test(step) ? step : JSON.stringify(step);
      return index === 0 ? key : `.${key}`;
    })
    .join('');
}
