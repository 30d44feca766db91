/** Numbers equal values alike, so that they are compared, and what follows from them is looked up, by number. */
export class Interned<T extends object> {
  readonly #values: T[] = [];
  readonly #ids = new Map<string, number>();
  /** Of values that were asked for before. */
  readonly #known = new WeakMap<T, number>();
  readonly #textOf: (value: T) => string;

  constructor(textOf: (value: T) => string = JSON.stringify) {
    this.#textOf = textOf;
  }

  get size(): number {
    return this.#values.length;
  }

  idOf(value: T): number {
    const before = this.#known.get(value);
    if (before !== undefined) return before;
    const text = this.#textOf(value);
    const id = this.#ids.get(text) ?? this.#values.push(value) - 1;
    this.#ids.set(text, id);
    this.#known.set(value, id);
    return id;
  }

  /** @throws RangeError for a number that was never given */
  get(id: number): T {
    const value = this.#values[id];
    if (value === undefined) throw new RangeError(`nothing has the number ${id}`);
    return value;
  }
}

/** What `make` gave for a key before, or gives now. */
export function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}
