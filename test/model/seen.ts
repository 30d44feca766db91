import { isAdopted, wordOf } from '../../src/pairs/index.js';
import type { Agent } from './agent.js';

/** All that was seen of words that changed: what people see of a pair before and after. */
export const edges = new Map<string, Seen>();

export interface Seen {
  readonly from: string;
  readonly to: string;
  readonly by: 'round' | 'answer';
  readonly facts: Readonly<Record<string, unknown>>;
}

export function note(by: Seen['by'], before: Agent, after: Agent): void {
  const [from, to] = [wordOfPeer(before), wordOfPeer(after)];
  if (from === to) return;
  const { own, peer } = after;
  const facts = {
    enabled: after.enabled,
    enforced: (own ?? before.own)?.publishedPhase === 'Enforced',
    peerPhase: peer?.record.phase,
    peerNamesKeys: peer && peer.record.keys.length > 0,
    lostMemory: own?.lostMemoryAt !== undefined,
    first: before.isFirst,
    adopted: before.isAdopted,
  };
  const one: Seen = { from, to, by, facts };
  edges.set(JSON.stringify(one), one);
}

function wordOfPeer({ pairs }: Agent): string {
  const pair = pairs.find(({ peer }) => !isAdopted(peer)) ?? pairs[0];
  return pair === undefined ? 'none' : wordOf(pair);
}
