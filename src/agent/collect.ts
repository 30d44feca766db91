import { trimMalloc } from '../netlink/index.js';

/** Comparing so many SAs and policies leaves garbage that is worth a pause. */
const MANY = 10_000;
/** Milliseconds after the last such comparison: while changes go on, there is new garbage at once. */
const AT_REST = 5000;

let timer: NodeJS.Timeout | undefined;

/**
 * Frees what a comparison of so many SAs and policies has left, once there was none for a while: V8 collects
 * when a program allocates, and an agent at rest does not; and the C heap keeps what was freed between two
 * blocks in use. Needs Node's `--expose-gc`, as in the image; without, nothing happens.
 */
export function collectAfter(count: number): void {
  const { gc } = globalThis;
  if (count < MANY || gc === undefined) return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    // The last resort is the collection that also moves what is left together, and frees the pages.
    gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    void trimMalloc();
  }, AT_REST);
  timer.unref();
}

/** Frees what nothing refers to any more, once this turn is over: OpenSSL clears its copy of a key then. */
export function collectSoon(): void {
  setImmediate(() => globalThis.gc?.());
}
