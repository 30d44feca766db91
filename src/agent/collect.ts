import { trimMalloc } from '../netlink/index.js';

/** Comparing so many SAs and policies leaves garbage that is worth a pause. */
const MANY = 10_000;
/** Milliseconds after such a comparison: where many follow one another, one collection is for all of them. */
const LATER = 10_000;

let timer: NodeJS.Timeout | undefined;

/**
 * Frees what comparisons of so many SAs and policies have left, a while later: V8 collects when a program
 * allocates, and an agent at rest does not; and the C heap keeps what was freed between two blocks in use. Needs
 * Node's `--expose-gc`, as in the image; without, nothing happens.
 */
export function collectAfter(count: number): void {
  const { gc } = globalThis;
  if (count < MANY || gc === undefined) return;
  timer ??= setTimeout(() => {
    timer = undefined;
    // The last resort is the collection that also moves what is left together, and frees the pages.
    gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    void trimMalloc();
  }, LATER);
  timer.unref();
}

/** Frees what nothing refers to any more, once this turn is over: OpenSSL clears its copy of a key then. */
export function collectSoon(): void {
  setImmediate(() => globalThis.gc?.());
}
