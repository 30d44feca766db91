import type { Cause } from '../../src/pairs/index.js';
import { isAdopted, type Situation, type Word, wordOf } from '../../src/pairs/index.js';
import type { Agent } from './agent.js';

/** A change of what people see of a pair, and what it came of. */
export interface Seen {
  readonly from: Word;
  readonly to: Word;
  readonly by: Cause;
  readonly situation: Pick<Situation, 'disabled' | 'enforced' | 'peerPhase' | 'gone'>;
}

/** All that was seen of any agent. */
export const edgesSeen = new Map<string, Seen>();

/** Notes what one thing that an agent did has changed. */
export function note(by: Cause, before: Agent, after: Agent): void {
  const [from, to] = [wordOfPeer(before), wordOfPeer(after)];
  if (from === to) return;
  const situation = {
    disabled: !after.enabled,
    enforced: (after.own ?? before.own)?.publishedPhase === 'Enforced',
    peerPhase: after.peer?.record.phase,
    gone: after.isAlone,
  };
  const one: Seen = { from, to, by: causeOf(by, to), situation };
  edgesSeen.set(JSON.stringify(one), one);
}

/** What is lost only blocks; that there is nothing left can have many causes. */
function causeOf(by: Cause, to: Word): Cause {
  if (to === 'none') return 'end';
  return by === 'loss' && to !== 'blocked' ? 'step' : by;
}

function wordOfPeer({ pairs }: Agent): Word {
  const pair = pairs.find(({ peer }) => !isAdopted(peer)) ?? pairs[0];
  return pair === undefined ? 'none' : wordOf(pair);
}
