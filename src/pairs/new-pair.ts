import { type AuthenticRecord, MAX_NODE_NUMBER, markOf, reqidOf } from '../keying/index.js';
import type { Pair } from './state.js';

/** A pair as its first accepted record makes it. */
export function newPair(peer: AuthenticRecord, reqid: number, closed: boolean): Pair {
  const pair: Pair = {
    peer: peer.owner.nodeName,
    reqid,
    podPrefixes: [],
    addresses: [],
    tunnels: [],
    spent: [],
    outClosed: closed,
    inClosed: closed,
  };
  return withRecord(pair, peer);
}

/** The pair with what an accepted record of its peer says. */
export function withRecord(pair: Pair, peer: AuthenticRecord): Pair {
  const { record } = peer;
  return {
    ...pair,
    podPrefixes: record.podPrefixes.map(({ cidr }) => cidr),
    addresses: record.addresses,
    // A node that names none, as it is disabled or has none yet, is no reason to let its traffic out.
    ...(record.podPrefixes.length === 0 && pair.podPrefixes.length > 0
      ? { podPrefixes: pair.podPrefixes, addresses: pair.addresses }
      : {}),
    mark: markOf(peer),
  };
}

/**
 * A request id for a new pair: the one that shows the peer's number, or, while a former owner of that
 * number still has it, one from the other end.
 */
export function freeReqid(peerNumber: number, taken: ReadonlySet<number>): number {
  const usual = reqidOf(peerNumber);
  if (!taken.has(usual)) return usual;
  for (let number = MAX_NODE_NUMBER; number > 0; number -= 1) {
    if (!taken.has(reqidOf(number))) return reqidOf(number);
  }
  throw new RangeError('there are more pairs than request ids');
}
