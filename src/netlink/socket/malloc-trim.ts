import { loadKoffi } from './koffi.js';

let trim: ((keep: number) => number) | undefined;

/**
 * Gives pages of the C heap that hold nothing back to the kernel, also from between those in use
 * (malloc_trim(3)). Nothing happens where the C library is not glibc.
 */
export async function trimMalloc(): Promise<void> {
  trim ??= await loadTrim();
  trim(0);
}

async function loadTrim(): Promise<(keep: number) => number> {
  const koffi = await loadKoffi();
  try {
    return koffi.load(null).func('int malloc_trim(size_t keep)') as (keep: number) => number;
  } catch {
    // musl has no such function.
    return () => 0;
  }
}
