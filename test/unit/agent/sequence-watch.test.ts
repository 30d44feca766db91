import { describe, expect, it } from 'vitest';
import { Problems } from '../../../src/agent/problems.js';
import { conditionsOf } from '../../../src/agent/record-status.js';
import { SequenceWatch } from '../../../src/agent/sequence-watch.js';
import { ownOf } from '../../../src/datapath/index.js';
import { wearText } from '../../../src/engine/ipsec/index.js';
import { reqidOf } from '../../../src/keying/index.js';
import type { ClusterEvent } from '../../../src/kube/index.js';
import { SA_FLAG, type SaState } from '../../../src/netlink/index.js';

const NODE = { name: 'n1', uid: 'uid-n1' };

const sa = (sent: bigint, change: Partial<SaState> = {}): SaState =>
  ({
    ...{ protocol: 50, reqid: reqidOf(2), spi: 0x3000_0001, flags: SA_FLAG.esn },
    replay: { window: 1024, sent, received: 0n, bitmap: [] },
    ...change,
  }) as SaState;

function watch() {
  const events: ClusterEvent[] = [];
  const logged: string[] = [];
  const problems = new Problems((_, message) => logged.push(message));
  const cluster = { event: async (event: ClusterEvent) => void events.push(event) };
  const sequences = new SequenceWatch({ cluster, problems });
  const look = (...sas: SaState[]) =>
    sequences.look(wearText(ownOf({ sas, policies: [] }).sas), NODE);
  return { events, logged, problems, look };
}

describe('an SA that has used many sequence numbers', () => {
  it('is a warning that leaves the node ready, and one event of its Node', () => {
    const { events, problems, look } = watch();
    look(sa(1n << 40n));
    look(sa((1n << 40n) + 5n));
    expect(problems.all).toMatchObject([{ code: 'PC722', severity: 'warning' }]);
    expect(events).toMatchObject([
      { regarding: { kind: 'Node', name: 'n1', uid: 'uid-n1' }, reason: 'RotationNeeded' },
    ]);
    expect(events[0]?.note).toContain('2^40 packets went through an SA of key id 3');
  });

  it('is logged once, in the same words while it goes on counting: each other word is a write', () => {
    const { logged, look } = watch();
    for (const more of [0n, 1n, 1n << 41n]) look(sa((1n << 40n) + more));
    expect(logged).toHaveLength(1);
  });

  it('is over with the SA, as after a rotation', () => {
    const { problems, logged, events, look } = watch();
    look(sa(1n << 41n));
    look(sa(7n, { spi: 0x4000_0001 }));
    expect(problems.all).toEqual([]);
    expect(logged.at(-1)).toBe('solved: PC722');
    look(sa(1n << 41n));
    expect(events).toHaveLength(2);
  });

  it('is asked about long before the end where it has 32 bits of them', () => {
    const { problems, look } = watch();
    look(sa((1n << 29n) - 1n, { flags: 0 }));
    expect(problems.all).toEqual([]);
    look(sa(1n << 29n, { flags: 0 }));
    expect(problems.all[0]?.message).toContain('ends at 2^32');
  });

  it('is nobody’s business here if it is somebody else’s', () => {
    const { problems, look } = watch();
    look(sa(1n << 50n, { reqid: 7 }));
    expect(problems.all).toEqual([]);
  });

  it('is a condition of the record, which is not there while nothing is worn', () => {
    const { problems, look } = watch();
    const conditions = () =>
      conditionsOf({
        ...{ agentVersion: '1', keyIDs: [3], podCIDRs: [], isReady: true, isClean: false },
        ...{ isEncrypted: true },
        problems: problems.all,
      });
    look(sa(1n));
    expect(conditions().map(({ type }) => type)).toEqual(['Ready', 'Clean', 'Encrypted']);
    look(sa(1n << 40n));
    expect(conditions()).toMatchObject([
      { type: 'Ready', status: 'True' },
      { type: 'Clean' },
      { type: 'Encrypted' },
      { type: 'RotationNeeded', status: 'True', reason: 'SequenceNumbers' },
    ]);
  });
});
