/** Comparing so many SAs and policies leaves garbage that is worth a pause. */
const MANY = 10_000;

/**
 * Frees what a comparison of so many SAs and policies has left, soon: V8 collects when a program allocates, and
 * an agent at rest does not. Needs Node's `--expose-gc`, as in the image; without, nothing happens.
 */
export function collectAfter(count: number): void {
  if (count >= MANY) collectSoon();
}

/** Frees what nothing refers to any more, once this turn is over: OpenSSL clears its copy of a key then. */
export function collectSoon(): void {
  setImmediate(() => globalThis.gc?.());
}
