import { trimMalloc } from '../netlink/index.js';

/** Comparing so many SAs and policies leaves garbage that is worth a pause. */
const MANY = 10_000;

/**
 * Frees what a comparison of so many SAs and policies has left, soon: V8 collects when a program allocates, and
 * an agent at rest does not; and the C heap keeps what was freed between two blocks in use. Needs Node's
 * `--expose-gc`, as in the image; without, nothing happens.
 */
export function collectAfter(count: number): void {
  const { gc } = globalThis;
  if (count < MANY || gc === undefined) return;
  setImmediate(() => {
    gc();
    void trimMalloc();
  });
}
