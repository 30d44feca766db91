import type { HashThreshold } from '../netlink/index.js';
import type { NodeWish, PairWish } from './model.js';

/** The kernel's own: only policies between single addresses are hashed. */
export const DEFAULT_THRESHOLDS = {
  ipv4: { localBits: 32, remoteBits: 32 },
  ipv6: { localBits: 128, remoteBits: 128 },
} as const;

export interface Thresholds {
  readonly ipv4: HashThreshold;
  readonly ipv6: HashThreshold;
}

/**
 * The lengths in bits from which the kernel hashes policies: the shortest prefixes in use, or all of the
 * pairs' policies lie in one list that each lookup walks.
 */
export function thresholdsOf(node: NodeWish, pairs: readonly PairWish[]): Thresholds {
  const shortest = (family: 4 | 6): HashThreshold => {
    const bits = family === 4 ? 32 : 128;
    const own = node.podPrefixes.filter((one) => one.family === family);
    let remoteBits: number = bits;
    for (const { podPrefixes } of pairs) {
      for (const one of podPrefixes) {
        if (one.family === family) remoteBits = Math.min(remoteBits, one.length);
      }
    }
    return { localBits: Math.min(bits, ...own.map(({ length }) => length)), remoteBits };
  };
  return { ipv4: shortest(4), ipv6: shortest(6) };
}
