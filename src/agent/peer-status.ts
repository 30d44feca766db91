import type { BelievedRecord, EncryptionType } from '../keying/index.js';
import {
  isAdopted,
  NO_KEY_ID,
  type Pair,
  type Settlement,
  type Tunnel,
  wordOf,
} from '../pairs/index.js';
import type { NodeWithoutAgent, PeerStatus } from '../status/index.js';
import type { PeerBook } from './peer-book.js';

/** Attempts at a probe without an answer after which a person should know: some ten seconds. */
const MANY_ATTEMPTS = 6;

/** What of an agent's knowledge its pairs are judged by. */
export interface PairsView {
  readonly enabled: boolean;
  /** How this node is to encrypt. */
  readonly type: EncryptionType;
  /** The key id that data should go under; undefined while there is none. */
  readonly keyID: number | undefined;
  readonly pairs: readonly Pair[];
  readonly book: Pick<
    PeerBook,
    'accepted' | 'hasNode' | 'hasRecord' | 'isComplete' | 'nodes' | 'refusals'
  >;
  /** The tunnel that a pair's data goes on, by peer. */
  readonly dataTunnels: ReadonlyMap<string, Tunnel>;
  readonly disputes: Settlement['disputes'];
  /** Messages to a peer that it has not answered since it last said something new. */
  readonly attempts: (peer: string) => number;
  /** Nodes that must pick another node number first. */
  readonly numberLosers: ReadonlySet<string>;
}

/** Every peer that there is a pair with, or whose record is refused. By name. */
export function peerStatuses(view: PairsView): PeerStatus[] {
  const refusals = new Map(
    view.book.refusals.map(({ node, cause, reason }) => [node, { cause, reason }]),
  );
  const paired = view.pairs.map((pair) => pairStatus(pair, view, refusals.get(pair.peer)));
  const known = new Set(view.pairs.map(({ peer }) => peer));
  const refused = [...refusals]
    .filter(([node]) => !known.has(node))
    .map(([node, trouble]): PeerStatus => {
      return { node, state: 'plaintext', keyID: null, ...trouble, epoch: null };
    });
  return [...paired, ...refused].sort(byNode);
}

/** Nodes of which there is neither a pair nor a record. By name. */
export function nodesWithoutAgent({ pairs, book }: PairsView): NodeWithoutAgent[] {
  const known = new Set([
    ...pairs.map(({ peer }) => peer),
    ...book.refusals.map(({ node }) => node),
  ]);
  return book.nodes
    .filter((node) => !known.has(node))
    .map((node) => {
      const record = book.accepted.get(node)?.record;
      if (record === undefined) return { node, reason: 'no agent has published a record for it' };
      const reason =
        record.phase === 'Disabled' ? 'encryption is disabled there' : 'its agent has just come up';
      return { node, reason };
    })
    .sort(byNode);
}

/** Why a pair is not where it should be. */
interface Trouble {
  readonly cause: string;
  readonly reason: string;
}

function pairStatus(pair: Pair, view: PairsView, refusal: Trouble | undefined): PeerStatus {
  const tunnel = view.dataTunnels.get(pair.peer);
  return {
    node: pair.peer,
    state: wordOf(pair),
    keyID: pair.outClosed && hasKey(tunnel) ? tunnel.keyID : null,
    ...(refusal ?? troubleOf(pair, view)),
    epoch: view.book.accepted.get(pair.peer)?.record.epoch ?? pair.mark?.epoch ?? null,
  };
}

function hasKey(tunnel: Tunnel | undefined): tunnel is Tunnel {
  return tunnel !== undefined && tunnel.keyID !== NO_KEY_ID;
}

/** Undefined when a pair is where it should be, or on its way there. */
function troubleOf(pair: Pair, view: PairsView): Trouble | undefined {
  const { peer } = pair;
  const { book, enabled } = view;
  const trouble = (cause: string, reason: string): Trouble => ({ cause, reason });
  if (isAdopted(peer)) return trouble('adopted', 'found in the kernel; no record claims it yet');
  const accepted = book.accepted.get(peer);
  const phase = accepted?.record.phase;
  if (!enabled) {
    return phase === 'Disabled' || (!pair.outClosed && !pair.inClosed)
      ? undefined
      : trouble('still-enabled', 'its agent has not said that it disables encryption as well');
  }
  if (view.numberLosers.has(peer)) {
    return trouble('node-number', 'its node number is taken; it is picking another one');
  }
  // What was accepted once stays so, wherever the record is now.
  if (book.isComplete && !book.hasRecord(peer)) {
    return book.hasNode(peer)
      ? trouble('no-record', 'its record is not there')
      : trouble('gone', 'its Node and its record are gone');
  }
  if (accepted === undefined) return undefined;
  if (phase === 'Disabled') return trouble('disabled', 'encryption is disabled there');
  const older = olderKey(pair, view, accepted);
  if (older !== undefined) return older;
  if (view.attempts(peer) > MANY_ATTEMPTS) {
    const causes = `another key there, its agent is down, or ${filteredOf(pair, view)}`;
    return trouble('no-answer', `it does not answer in the tunnel: ${causes}`);
  }
  const other = otherType(pair, view, accepted);
  if (other !== undefined) return other;
  const [dispute] = view.disputes.get(peer) ?? [];
  if (dispute !== undefined) {
    return trouble('disputed', `it claims ${dispute.claim}, which is ${dispute.holder}'s`);
  }
  if (pair.tunnels.length === 0) {
    if (view.keyID === undefined && accepted.record.macs.length > 0) {
      return trouble('no-secret', 'it has the Secret, and this node has not got it');
    }
    const isByDevices = view.type === 'wireguard' && accepted.record.type === 'wireguard';
    return trouble(
      'nothing-in-common',
      isByDevices
        ? 'it has no WireGuard device of one key id, or no address of a family, in common'
        : 'it has no key id, or no address of a family, in common',
    );
  }
  return undefined;
}

/** What a filter between the two may hold up: it is about the tunnel that is not proven yet, or that data goes on. */
function filteredOf({ peer, tunnels }: Pair, { dataTunnels }: PairsView): string {
  const asked = tunnels.findLast(({ confirmed }) => !confirmed) ?? dataTunnels.get(peer);
  return asked?.origin?.devices === undefined
    ? 'ESP (IP protocol 50) is not let through'
    : 'UDP 51871 and 51872 (WireGuard) are not let through';
}

/** Whether the pair stays on an older key as the peer has not got the newest. */
function olderKey(
  { peer }: Pair,
  { keyID, dataTunnels }: PairsView,
  { provenKeyIDs, otherKeyIDs }: BelievedRecord,
): Trouble | undefined {
  const inUse = dataTunnels.get(peer)?.keyID;
  if (keyID === undefined || inUse === undefined || inUse === keyID) return undefined;
  if (otherKeyIDs.includes(keyID)) {
    return { cause: 'other-key', reason: `it has another key under key id ${keyID}` };
  }
  if (provenKeyIDs.includes(keyID)) return undefined;
  return { cause: 'old-secret', reason: `it has not got key id ${keyID} of the Secret yet` };
}

/** Whether the pair stays on the other engine, as the peer does not ask for this node's, or cannot have it. */
function otherType(
  { peer }: Pair,
  { type, dataTunnels }: PairsView,
  { record }: BelievedRecord,
): Trouble | undefined {
  const inUse = dataTunnels.get(peer);
  if (inUse === undefined) return undefined;
  const isByDevices = inUse.origin?.devices !== undefined;
  if (isByDevices === (type === 'wireguard')) return undefined;
  if (isByDevices) {
    if (record.type === 'ipsec') return undefined;
    return { cause: 'other-type', reason: 'it stays on WireGuard: it is not to use IPsec yet' };
  }
  if (record.type === 'ipsec') {
    return { cause: 'other-type', reason: 'it stays on IPsec: it is not to use WireGuard yet' };
  }
  if ((record.wireguard ?? []).length > 0) return undefined;
  return {
    cause: 'no-device',
    reason: 'it stays on IPsec: it has no WireGuard device yet, or cannot have one',
  };
}

function byNode(one: { readonly node: string }, other: { readonly node: string }): number {
  return one.node < other.node ? -1 : 1;
}
