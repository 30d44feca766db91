import type { Place } from '../errors/index.js';
import type { JsonObject, Path } from './json.js';

/** Values from one place: a file, or one `--set` option. */
export interface Source {
  readonly label: string;
  readonly kind: 'file' | 'set' | 'set-file' | 'code';
  readonly value: JsonObject;
  /** Where the value at a path, or its key, was written; undefined where only the label is known. */
  readonly locate: (path: Path, what: 'key' | 'value') => Omit<Place, 'source'> | undefined;
}

/** A source whose places are not known more closely than by its label. */
export function plainSource(label: string, kind: Source['kind'], value: JsonObject): Source {
  return { label, kind, value, locate: () => undefined };
}
