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
  return replace(pair, { ...tunnel, [bit]: true });
}

/** The pair without tunnels whose SAs are not in the kernel any more. */
export function withoutLost(pair: Pair, ids: ReadonlySet<string>): Pair {
  return { ...pair, tunnels: pair.tunnels.filter(({ id }) => !ids.has(id)) };
}

function replace(pair: Pair, tunnel: Tunnel): Pair {
  return { ...pair, tunnels: pair.tunnels.map((one) => (one.id === tunnel.id ? tunnel : one)) };
}
