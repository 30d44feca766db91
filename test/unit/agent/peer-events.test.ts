import { describe, expect, it } from 'vitest';
import { PeerEvents } from '../../../src/agent/peer-events.js';
import type { ClusterEvent } from '../../../src/kube/index.js';
import type { PeerStatus } from '../../../src/status/index.js';

const peer = (node: string, change: Partial<PeerStatus> = {}): PeerStatus => {
  return { node, state: 'plaintext', keyID: null, epoch: 1, ...change };
};

/** Reports one round after another; gives what was sent. */
function rounds(...all: [number, PeerStatus[]][]): ClusterEvent[] {
  const sent: ClusterEvent[] = [];
  const events = new PeerEvents({
    event: async (event) => {
      sent.push(event);
    },
  });
  for (const [now, peers] of all) events.report('n1', peers, (node) => `uid of ${node}`, now);
  return sent;
}

const TROUBLED = peer('n2', { reason: 'no answer' });

describe('events of pairs in trouble', () => {
  it('are about the peer’s Node, and say who cannot talk to whom, and why', () => {
    expect(rounds([0, [TROUBLED]], [30_000, [TROUBLED]])).toEqual([
      {
        regarding: { kind: 'Node', name: 'n2', uid: 'uid of n2' },
        ...{ type: 'Warning', reason: 'PairNotEncrypted', action: 'Encrypt' },
        note: 'n1 to n2: plaintext: no answer',
      },
    ]);
  });

  it('are not sent for what is over soon', () => {
    expect(rounds([0, [TROUBLED]], [20_000, [peer('n2')]], [40_000, [TROUBLED]])).toEqual([]);
  });

  it('are sent once, and again when the trouble comes back or is another', () => {
    const other = peer('n2', { reason: 'wrong key' });
    const again: [number, PeerStatus[]][] = [30_000, 60_000, 90_000].map((now) => [
      now,
      [TROUBLED],
    ]);
    expect(rounds([0, [TROUBLED]], ...again)).toHaveLength(1);
    expect(
      rounds([0, [TROUBLED]], [30_000, [TROUBLED]], [60_000, [other]], [90_000, [other]]),
    ).toHaveLength(2);
    const back: [number, PeerStatus[]][] = [
      [90_000, [TROUBLED]],
      [120_000, [TROUBLED]],
    ];
    expect(rounds([0, [TROUBLED]], [30_000, [TROUBLED]], [60_000, []], ...back)).toHaveLength(2);
  });

  it('tell an encrypted pair in trouble from one that is not encrypted', () => {
    const stuck = peer('n2', { state: 'encrypted', reason: 'lacks key id 4' });
    expect(rounds([0, [stuck]], [30_000, [stuck]])).toMatchObject([{ reason: 'PairInTrouble' }]);
  });

  it('are few at a time, and come all in the end', () => {
    const many = Array.from({ length: 25 }, (_, i) => peer(`n${i}`, { reason: 'no answer' }));
    expect(rounds([0, many], [30_000, many])).toHaveLength(10);
    expect(rounds([0, many], [30_000, many], [40_000, many], [50_000, many])).toHaveLength(25);
  });
});
