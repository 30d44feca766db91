import { spending } from './spent.js';
import type { Pair, Tunnel } from './state.js';

/** An authenticated message of the peer about one of the pair's tunnels. */
export type Heard = 'answer to probe' | 'answer to sending' | 'sending';

const BIT = {
  'answer to probe': 'confirmed',
  'answer to sending': 'told',
  sending: 'peerSends',
} as const satisfies Record<Heard, keyof Tunnel>;

/** The pair after a message; the same object when it was no news. */
export function hear(pair: Pair, tunnelID: string, heard: Heard): Pair {
  const bit = BIT[heard];
  const tunnel = pair.tunnels.find(({ id }) => id === tunnelID);
  if (tunnel === undefined || tunnel[bit]) return pair;
  const tunnels = pair.tunnels.map((one): Tunnel => {
    if (one.id === tunnelID) return { ...one, [bit]: true };
    // Its data goes one way only.
    return heard === 'sending' ? { ...one, peerSends: false } : one;
  });
  return { ...pair, tunnels };
}

/** The pair without tunnels whose SAs are not in the kernel any more, or are not to be. */
export function withoutLost(pair: Pair, ids: ReadonlySet<string>): Pair {
  const [lost, tunnels] = [
    pair.tunnels.filter(({ id }) => ids.has(id)),
    pair.tunnels.filter(({ id }) => !ids.has(id)),
  ];
  return lost.length === 0 ? pair : spending({ ...pair, tunnels }, lost);
}
