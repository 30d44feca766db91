import {
  type BelievedRecord,
  type EncryptionNodeSpec,
  MAX_NODE_NUMBER,
  markOf,
  reqidOf,
} from '../keying/index.js';
import { isAdopted, type Pair } from './state.js';

/** A pair as its first accepted record makes it. */
export function newPair(peer: BelievedRecord, reqid: number, closed: boolean): Pair {
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

/**
 * Whether some pair of a node may be encrypted, by its record: it says `Enforced` before the first one is, and
 * names keys until the last one has walked back.
 */
export function mayBeEncrypted({
  phase,
  ...keys
}: Pick<EncryptionNodeSpec, 'phase' | 'keys' | 'wireguard'>): boolean {
  return phase === 'Enforced' || (phase === 'Disabled' && !isKeyless(keys));
}

/** Whether a record names no key at all: its node sends nothing encrypted. Without a Secret devices are all it has. */
export function isKeyless({
  keys,
  wireguard = [],
}: Pick<EncryptionNodeSpec, 'keys' | 'wireguard'>): boolean {
  return keys.length === 0 && wireguard.length === 0;
}

/**
 * Pairs that were found in the kernel and that a record claims: by a tunnel's end, a prefix or an address. Those
 * with tunnels come first; what is blocked was found prefix by prefix.
 */
export function orphansOf(pairs: Iterable<Pair>, { record }: BelievedRecord): Pair[] {
  const claims = new Set([...record.addresses, ...record.podPrefixes.map(({ cidr }) => cidr)]);
  return [...pairs]
    .filter(
      ({ peer, tunnels, podPrefixes, addresses }) =>
        isAdopted(peer) &&
        [...tunnels.map(({ remote }) => remote), ...podPrefixes, ...addresses].some((one) =>
          claims.has(one),
        ),
    )
    .sort((one, other) => other.tunnels.length - one.tunnels.length);
}

/**
 * The pair that was found in the kernel, as the accepted record makes it that claims it. Without policies it was
 * found by its SAs alone: what it was is not to be seen any more.
 *
 * @param found {@link orphansOf} the record, at least one
 * @param closed as in {@link newPair}
 */
export function claimedPair(
  [first, ...others]: readonly [Pair, ...Pair[]],
  peer: BelievedRecord,
  closed: boolean,
): Pair {
  const isBlank = first.podPrefixes.length + first.addresses.length === 0;
  const shut = (isBlank && closed) || others.some(({ outClosed }) => outClosed);
  const pair = {
    ...first,
    peer: peer.owner.nodeName,
    outClosed: first.outClosed || shut,
    inClosed: first.inClosed || (isBlank && closed),
  };
  return withRecord(pair, peer);
}

/** The pair with what an accepted record of its peer says. */
export function withRecord(pair: Pair, peer: BelievedRecord): Pair {
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
