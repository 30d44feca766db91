import type { Pair } from './state.js';

/** What a node's record claims, although it is another's. */
export interface Dispute {
  /** A prefix or an address. */
  readonly claim: string;
  /** The node that has it. */
  readonly holder: string;
}

/** What cannot be a peer's, as it is this node's. */
export interface OwnClaims {
  readonly node: string;
  readonly podPrefixes: readonly string[];
  readonly addresses: readonly string[];
}

export interface Settlement {
  readonly pairs: readonly Pair[];
  /** By peer. */
  readonly disputes: ReadonlyMap<string, readonly Dispute[]>;
}

/**
 * Gives each prefix and each address to one node, where several claim it. A pod prefix stays with the one
 * that has it: no node gives its own away. An address goes to the last one that came to claim it, as a
 * virtual address moves to another node when its own has died, whose record stays.
 *
 * @param before the pairs as they were settled last
 * @param after those of them, and new ones, whose peers have a record, with all that it claims; canonical
 * @param isThere whether a peer has a record: one that has none holds nothing against one that has
 */
export function settleClaims(
  own: OwnClaims,
  before: ReadonlyMap<string, Pair>,
  after: readonly Pair[],
  isThere: (peer: string) => boolean,
): Settlement {
  const holders = new Map<string, string>();
  const hold = (node: string, claims: readonly string[]): void => {
    for (const claim of claims) if (!holders.has(claim)) holders.set(claim, node);
  };
  hold(own.node, [...own.podPrefixes, ...own.addresses]);
  for (const { peer, podPrefixes, addresses } of before.values()) {
    if (isThere(peer)) hold(peer, [...podPrefixes, ...addresses]);
  }
  for (const pair of after) {
    hold(pair.peer, pair.podPrefixes);
    const last = before.get(pair.peer);
    const isNews = last === undefined || !isSameMark(last, pair);
    for (const address of pair.addresses) {
      const comes = isNews && !last?.addresses.includes(address);
      if (comes && holders.get(address) !== own.node) holders.set(address, pair.peer);
      else hold(pair.peer, [address]);
    }
  }
  const disputes = new Map<string, readonly Dispute[]>();
  const pairs = after.map((pair) => {
    const isOwn = (claim: string): boolean => holders.get(claim) === pair.peer;
    const lost = [...pair.podPrefixes, ...pair.addresses].filter((claim) => !isOwn(claim));
    if (lost.length === 0) return pair;
    disputes.set(
      pair.peer,
      lost.map((claim) => ({ claim, holder: holders.get(claim) ?? own.node })),
    );
    return {
      ...pair,
      podPrefixes: pair.podPrefixes.filter(isOwn),
      addresses: pair.addresses.filter(isOwn),
    };
  });
  return { pairs, disputes };
}

function isSameMark(one: Pair, other: Pair): boolean {
  return JSON.stringify(one.mark) === JSON.stringify(other.mark);
}
