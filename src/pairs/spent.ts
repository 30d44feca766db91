import { originID } from './origin.js';
import type { Origin, Pair, Spent, Tunnel } from './state.js';

/** The wanted tunnels that the pair has, or may make. */
export function usable(pair: Pair, wanted: readonly Origin[]): Origin[] {
  return wanted.filter((origin) => !isSpent(pair, originID(origin)));
}

/**
 * Whether the node must take a new epoch before the pair can have all that is wanted: the keys of some of
 * it were in use before.
 */
export function needsEpoch(pair: Pair, wanted: readonly Origin[]): boolean {
  return usable(pair, wanted).length < wanted.length;
}

export function isSpent({ spent }: Pair, id: string): boolean {
  return spent.some((one) => one.id === id);
}

/** The pair with a note that these tunnels' keys must not be made again. */
export function spending(pair: Pair, tunnels: readonly Tunnel[]): Pair {
  const added = tunnels.flatMap(({ id, origin }): Spent[] => {
    // What was found in the kernel cannot be derived at all.
    if (origin === undefined || isSpent(pair, id)) return [];
    const { own, peer } = origin;
    return [{ id, ownEpoch: own.epoch, peerUID: peer.nodeUID, peerEpoch: peer.epoch }];
  });
  return added.length === 0 ? pair : { ...pair, spent: [...pair.spent, ...added] };
}

/**
 * Forgets what cannot be wanted again, as epochs only grow and UIDs do not come back; but of a tunnel that is
 * still there, that what was said on it proves nothing any more.
 */
export function forgetting(pair: Pair, wanted: readonly Origin[]): Pair {
  const [now] = wanted;
  if (now === undefined) return pair;
  const isThere = new Set(pair.tunnels.map(({ id }) => id));
  const spent = pair.spent.filter(
    ({ id, ownEpoch, peerUID, peerEpoch }) =>
      isThere.has(id) ||
      (ownEpoch >= now.own.epoch && peerUID === now.peer.nodeUID && peerEpoch >= now.peer.epoch),
  );
  return spent.length === pair.spent.length ? pair : { ...pair, spent };
}
