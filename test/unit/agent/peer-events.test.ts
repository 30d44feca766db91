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
        shared: 'unknown',
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
    expect(rounds([0, [stuck]], [180_000, [stuck]])).toMatchObject([{ reason: 'PairInTrouble' }]);
  });

  it('leave a Secret on its way to an encrypted pair more time', () => {
    const behind = peer('n2', { state: 'encrypted', reason: 'lacks key id 4' });
    expect(rounds([0, [behind]], [179_000, [behind]])).toEqual([]);
  });

  it('of one node that all have trouble with come from a few of them at a time', () => {
    const names = Array.from({ length: 200 }, (_, i) => `n${i}`);
    const sent = (seconds: number): number => {
      let count = 0;
      for (const own of names.slice(1)) {
        const events = new PeerEvents({
          event: async () => {
            count += 1;
          },
        });
        const peers = names.filter((name) => name !== own).map((name) => peer(name));
        const bad = peers.map((one) => (one.node === 'n0' ? { ...one, reason: 'no answer' } : one));
        for (const now of [0, seconds * 1000]) events.report(own, bad, () => undefined, now);
      }
      return count;
    };
    expect(sent(30 + 50)).toBeGreaterThan(0);
    expect(sent(30 + 50)).toBeLessThan(20);
    expect(sent(30 + 2000)).toBe(199);
  });

  it('are shared by all who see one cause, so that the API server keeps one', () => {
    const from = (own: string): ClusterEvent | undefined => {
      const sent: ClusterEvent[] = [];
      const events = new PeerEvents({ event: async (event) => void sent.push(event) });
      const bad = [peer('n2', { reason: 'no answer', cause: 'no-answer' })];
      for (const now of [0, 60_000]) events.report(own, bad, () => 'uid', now);
      return sent[0];
    };
    const { note, ...one } = from('n1') ?? {};
    const { note: otherNote, ...other } = from('n3') ?? {};
    expect(one).toEqual(other);
    expect(one).toMatchObject({ shared: 'no-answer' });
    expect(note).not.toBe(otherNote);
  });

  it('of a node that has trouble with many are one of its own Node, and none of theirs', () => {
    const many = Array.from({ length: 4999 }, (_, i) => peer(`m${i}`, { reason: 'no answer' }));
    const times = Array.from({ length: 500 }, (_, i) => i * 10_000);
    expect(rounds(...times.map((now): [number, PeerStatus[]] => [now, many]))).toEqual([
      {
        regarding: { kind: 'Node', name: 'n1', uid: 'uid of n1' },
        ...{ type: 'Warning', reason: 'PairsNotEncrypted', action: 'Encrypt' },
        note: 'n1 to 4999 of 4999 nodes, such as m0: plaintext: no answer',
      },
    ]);
  });

  it('say so again when it was over meanwhile', () => {
    const many = Array.from({ length: 20 }, (_, i) => peer(`m${i}`, { reason: 'no answer' }));
    const bad: [number, PeerStatus[]][] = [0, 90_000].map((now) => [now, many]);
    const again: [number, PeerStatus[]][] = [200_000, 290_000].map((now) => [now, many]);
    expect(rounds(...bad, [100_000, []], ...again)).toHaveLength(2);
  });
});
