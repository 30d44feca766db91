import { isObject, type Json, type JsonObject, type Path } from '../values/index.js';

/** A value that is written out: anything but a map with something in it. */
export interface Leaf {
  readonly path: Path;
  readonly value: Json;
}

export function leavesOf(values: JsonObject, path: Path = []): Leaf[] {
  return Object.entries(values).flatMap(([key, value]) => {
    const here = [...path, key];
    return isObject(value) && Object.keys(value).length > 0
      ? leavesOf(value, here)
      : [{ path: here, value }];
  });
}

/** Whether a path is another one, or lies below it. */
export function isWithin(path: Path, above: Path): boolean {
  return above.every((step, index) => path[index] === step);
}

/** Whether a value says no more than that something is not wanted. */
export function isOff(value: Json): boolean {
  if (isObject(value)) return Object.values(value).every(isOff);
  if (Array.isArray(value)) return value.length === 0;
  return (
    value === null ||
    value === false ||
    [0, '', '0s', 'false', 'disabled'].includes(value as string)
  );
}
