import type { Pair, Settlement, Tunnel } from '../pairs/index.js';
import type { NodeWithoutAgent, PeerState, PeerStatus } from '../status/index.js';
import type { PeerBook } from './peer-book.js';

/** Attempts at a probe without an answer after which a person should know: some ten seconds. */
const MANY_ATTEMPTS = 6;

/** What of an agent's knowledge its pairs are judged by. */
export interface PairsView {
  readonly enabled: boolean;
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
  const refusals = new Map(view.book.refusals.map(({ node, reason }) => [node, reason]));
  const paired = view.pairs.map((pair) => pairStatus(pair, view, refusals.get(pair.peer)));
  const known = new Set(view.pairs.map(({ peer }) => peer));
  const refused = [...refusals]
    .filter(([node]) => !known.has(node))
    .map(([node, reason]): PeerStatus => {
      return { node, state: 'plaintext', keyID: null, reason, epoch: null };
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

/** Plaintext is still sent and taken, is on its way out, or is a thing of the past. */
export function stateOf(pair: Pair, hasTunnel: boolean): PeerState {
  if (!pair.outClosed && !pair.inClosed) return 'plaintext';
  if (pair.outClosed && !hasTunnel) return 'blocked';
  return pair.outClosed && pair.inClosed ? 'encrypted' : 'switching';
}

function pairStatus(pair: Pair, view: PairsView, refusal: string | undefined): PeerStatus {
  const tunnel = view.dataTunnels.get(pair.peer);
  const state = stateOf(pair, tunnel !== undefined);
  const reason = reasonOf(pair, view, refusal);
  return {
    node: pair.peer,
    state,
    keyID: pair.outClosed && tunnel !== undefined ? tunnel.keyID : null,
    ...(reason === undefined ? {} : { reason }),
    epoch: view.book.accepted.get(pair.peer)?.record.epoch ?? pair.mark?.epoch ?? null,
  };
}

/** Why a pair is not where it should be; undefined when it is, or is on its way there. */
function reasonOf(pair: Pair, view: PairsView, refusal: string | undefined): string | undefined {
  const { peer } = pair;
  const { book, enabled } = view;
  if (refusal !== undefined) return refusal;
  if (peer.startsWith('adopted/')) return 'found in the kernel; no record claims it yet';
  const record = book.accepted.get(peer)?.record;
  if (!enabled) {
    return record?.phase === 'Disabled' || (!pair.outClosed && !pair.inClosed)
      ? undefined
      : 'its agent has not said that it disables encryption as well';
  }
  if (view.numberLosers.has(peer)) return 'its node number is taken; it is picking another one';
  // What was accepted once stays so, wherever the record is now.
  if (book.isComplete && !book.hasRecord(peer)) {
    return book.hasNode(peer) ? 'its record is not there' : 'its Node and its record are gone';
  }
  if (record === undefined) return undefined;
  if (record.phase === 'Disabled') return 'encryption is disabled there';
  if (view.attempts(peer) > MANY_ATTEMPTS) {
    return 'it does not answer in the tunnel: another key there, its agent is down, or ESP (IP protocol 50) is not let through';
  }
  const [dispute] = view.disputes.get(peer) ?? [];
  if (dispute !== undefined) return `it claims ${dispute.claim}, which is ${dispute.holder}'s`;
  if (pair.tunnels.length === 0) return 'it has no key id, or no address of a family, in common';
  return undefined;
}

function byNode(one: { readonly node: string }, other: { readonly node: string }): number {
  return one.node < other.node ? -1 : 1;
}
