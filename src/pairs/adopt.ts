import { type Actual, fingerprintOf, ownOf, PRIORITY } from '../datapath/index.js';
import { MAX_NODE_NUMBER, unpackSpi } from '../keying/index.js';
import { formatAddress, formatPrefix, type Prefix } from '../net/index.js';
import type { Policy, SaState } from '../netlink/index.js';
import { freeReqid } from './new-pair.js';
import { ADOPTED, type Pair, type Tunnel } from './state.js';

/**
 * Pairs as the kernel shows them, for a node that has lost its memory of them: by request id, with the
 * tunnels that are there and what the policies cover. They go on as they are until records come.
 *
 * @param known the pairs that are remembered: what is theirs is left out
 * @param addresses this node's own, canonical
 */
export function adopt(
  actual: Actual,
  known: readonly Pair[],
  addresses: readonly string[],
): Pair[] {
  const { sas, policies: all } = ownOf(actual);
  const policies = all.filter(({ priority }) => isOfPair(priority));
  const taken = new Set(known.map(({ reqid }) => reqid));
  const own = new Set(addresses);
  const reqids = new Set([
    ...sas.map(({ reqid }) => reqid),
    ...policies.flatMap(({ templates }) => templates.map(({ reqid }) => reqid)),
  ]);
  const found = [...reqids]
    .filter((reqid) => !taken.has(reqid))
    .map((reqid) => adoptOne(reqid, sas, policies, own));
  // Who remembers anything remembers all pairs, and what is blocked is blocked for one of them.
  return known.length > 0 ? found : [...found, ...adoptBlocks(found, policies, own)];
}

function isOfPair(priority: number): boolean {
  return priority === PRIORITY.pods || priority === PRIORITY.nodes;
}

function adoptOne(
  reqid: number,
  sas: readonly SaState[],
  policies: readonly Policy[],
  own: ReadonlySet<string>,
): Pair {
  const its = policies.filter(({ templates }) => templates.some((one) => one.reqid === reqid));
  const covered = new Set(its.map((policy) => formatPrefix(remoteOf(policy))));
  const pinned = new Set(
    its
      .filter(({ direction }) => direction === 'out')
      .flatMap(({ templates }) => templates.map(({ spi }) => spi)),
  );
  // Half-way to closed is decided for closed.
  const inClosed = its.some(
    ({ direction, templates }) => direction === 'in' && templates.every((one) => !one.optional),
  );
  const tunnels = tunnelsOf(
    sas.filter((sa) => sa.reqid === reqid),
    pinned,
    own,
  );
  const data = tunnels.find(({ confirmed }) => confirmed);
  const isOnly = tunnels.length === 1;
  return {
    peer: `${ADOPTED}${reqid.toString(16)}`,
    reqid,
    ...remotesOf(its, own),
    tunnels: tunnels.map((one) => ({ ...one, peerSends: inClosed && isOnly })),
    spent: [],
    ...(data === undefined ? {} : { sendsOn: data.id }),
    // A block has no template, so no request id: it is known by what it covers.
    outClosed:
      inClosed ||
      policies.some(
        (policy) => policy.direction === 'out' && covered.has(formatPrefix(remoteOf(policy))),
      ),
    inClosed,
  };
}

/** What policies are about at the other end. */
function remotesOf(
  policies: readonly Policy[],
  own: ReadonlySet<string>,
): Pick<Pair, 'podPrefixes' | 'addresses'> {
  const remotes = new Map(policies.map(remoteOf).map((one) => [formatPrefix(one), one]));
  // What is encrypted with this very host, though traffic between nodes is not, is a pod.
  const pods = new Set(
    policies
      .filter((policy) => policy.priority === PRIORITY.pods && isHostOf(localOf(policy), own))
      .map((policy) => formatPrefix(remoteOf(policy))),
  );
  const isNode = (prefix: Prefix): boolean => isHost(prefix) && !pods.has(formatPrefix(prefix));
  const all = [...remotes.values()];
  return {
    podPrefixes: all.filter((prefix) => !isNode(prefix)).map(formatPrefix),
    addresses: all.filter(isNode).map(({ address }) => formatAddress(address)),
  };
}

/** What is blocked for nobody that shows: each prefix on its own, until a record claims it. */
function adoptBlocks(
  found: readonly Pair[],
  policies: readonly Policy[],
  own: ReadonlySet<string>,
): Pair[] {
  const covered = new Set(
    found.flatMap(({ podPrefixes, addresses }) => [...podPrefixes, ...addresses]),
  );
  const taken = new Set(found.map(({ reqid }) => reqid));
  const block = (text: string, remotes: Pick<Pair, 'podPrefixes' | 'addresses'>): Pair => {
    const reqid = freeReqid(MAX_NODE_NUMBER, taken);
    taken.add(reqid);
    const state = { tunnels: [], spent: [], outClosed: true, inClosed: false };
    return { peer: `${ADOPTED}${text}`, reqid, ...remotes, ...state };
  };
  const { podPrefixes, addresses } = remotesOf(
    policies.filter(({ direction, action }) => direction === 'out' && action === 'block'),
    own,
  );
  const isOrphan = (text: string): boolean => !covered.has(text);
  return [
    ...podPrefixes
      .filter(isOrphan)
      .map((text) => block(text, { podPrefixes: [text], addresses: [] })),
    ...addresses
      .filter(isOrphan)
      .map((text) => block(text, { podPrefixes: [], addresses: [text] })),
  ];
}

/**
 * Pairs an SA that leaves with the one of the same ends and key id that arrives. The ones that no policy
 * pins stay too: the peer may send on them.
 */
function tunnelsOf(
  sas: readonly SaState[],
  pinned: ReadonlySet<number>,
  own: ReadonlySet<string>,
): Tunnel[] {
  const isOurs = ({ source, spi }: SaState): boolean =>
    pinned.has(spi) || own.has(formatAddress(source));
  const used = new Set<SaState>();
  return sas.filter(isOurs).flatMap((outbound): Tunnel[] => {
    const inbound = sas.find(
      (one) =>
        !used.has(one) &&
        one !== outbound &&
        Buffer.compare(one.source, outbound.destination) === 0 &&
        Buffer.compare(one.destination, outbound.source) === 0 &&
        generationOf(one.spi) === generationOf(outbound.spi),
    );
    if (inbound === undefined) return [];
    used.add(inbound).add(outbound);
    return [
      {
        id: `adopted ${inbound.spi.toString(16)}`,
        keyID: unpackSpi(outbound.spi)?.keyId ?? 0,
        local: formatAddress(outbound.source),
        remote: formatAddress(outbound.destination),
        reqid: outbound.reqid,
        inbound: { spi: inbound.spi, fingerprint: fingerprintOf(inbound) },
        outbound: { spi: outbound.spi, fingerprint: fingerprintOf(outbound) },
        confirmed: pinned.has(outbound.spi),
        peerSends: false,
        told: true,
      },
    ];
  });
}

/** All of an SPI but the node's number. */
function generationOf(spi: number): number {
  return spi >>> 20;
}

function remoteOf({ direction, selector }: Policy): Prefix {
  return direction === 'out' ? selector.destination : selector.source;
}

function localOf({ direction, selector }: Policy): Prefix {
  return direction === 'out' ? selector.source : selector.destination;
}

function isHost({ family, length }: Prefix): boolean {
  return length === (family === 4 ? 32 : 128);
}

function isHostOf(prefix: Prefix, own: ReadonlySet<string>): boolean {
  return isHost(prefix) && own.has(formatAddress(prefix.address));
}
