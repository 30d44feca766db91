import { getOwn, isObject, type JsonObject, setOwn } from './json.js';

/**
 * Merges as helm does: maps by key, everything else (lists too) as a whole, the later one wins.
 * A null stays, so that it can delete a default later on. Neither argument is changed.
 */
export function merge(below: JsonObject, above: JsonObject): JsonObject {
  const merged: JsonObject = { ...below };
  for (const [key, value] of Object.entries(above)) {
    // Programs pass it for what they do not set; files cannot hold it.
    if (value === undefined) continue;
    const old = getOwn(below, key);
    setOwn(merged, key, isObject(old) && isObject(value) ? merge(old, value) : value);
  }
  return merged;
}

/**
 * Removes the keys whose value is null, at any depth of maps: a null deletes what it overrides. So does it
 * those of a program that are undefined.
 */
export function withoutNulls(value: JsonObject): JsonObject {
  const kept: JsonObject = {};
  for (const [key, child] of Object.entries(value)) {
    if (child !== null && child !== undefined)
      setOwn(kept, key, isObject(child) ? withoutNulls(child) : child);
  }
  return kept;
}
