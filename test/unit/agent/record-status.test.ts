import { describe, expect, it } from 'vitest';
import { type RecordStatus, RecordStatusWriter } from '../../../src/agent/record-status.js';
import { diagnostic } from '../../../src/errors/index.js';
import type { Cluster, NodeRecord } from '../../../src/kube/index.js';

const RECORD = { name: 'n1', uid: 'u', generation: 4 } as NodeRecord;
const READY: RecordStatus = {
  agentVersion: '1.2.3',
  keyIDs: [3],
  podCIDRs: ['10.244.1.0/24'],
  isReady: true,
  isEncrypted: true,
  isClean: false,
  problems: [],
};
const FAULTY: RecordStatus = {
  ...READY,
  isReady: false,
  problems: [diagnostic('PC706', 'Device eth7 does not exist'), diagnostic('PC704', 'no prefix')],
};

/** A writer, and what it has written; each write ends when the test says so. */
function writer(dates: string[] = ['2026-11-21T10:00:00.000Z']) {
  const written: object[] = [];
  const ends: { done: () => void; fail: () => void }[] = [];
  const cluster = {
    writeStatus: (_: string, status: object) => {
      written.push(status);
      return new Promise((resolve, reject) => {
        ends.push({ done: () => resolve({}), fail: () => reject(new Error('no')) });
      });
    },
  } as unknown as Cluster;
  const date = (): Date => new Date(dates.shift() ?? 0);
  const end = async (how: 'done' | 'fail' = 'done'): Promise<void> => {
    ends.shift()?.[how]();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { written, end, status: new RecordStatusWriter(cluster, 'n1', () => {}, date) };
}

describe('the status of a record', () => {
  it('is for people: version, key ids, prefixes and whether the node is ready', () => {
    const { status, written } = writer();
    status.write(RECORD, READY, 0);
    expect(written).toEqual([
      {
        ...{ agentVersion: '1.2.3', keyIDs: [3], podCIDRs: ['10.244.1.0/24'] },
        observedGeneration: 4,
        conditions: [
          {
            ...{ type: 'Ready', status: 'True', reason: 'KernelAsWanted', message: '' },
            ...{ observedGeneration: 4, lastTransitionTime: '2026-11-21T10:00:00.000Z' },
          },
          {
            ...{ type: 'Clean', status: 'False', reason: 'InUse', message: '' },
            ...{ observedGeneration: 4, lastTransitionTime: '2026-11-21T10:00:00.000Z' },
          },
          {
            ...{ type: 'Encrypted', status: 'True', reason: 'EveryPeer', message: '' },
            ...{ observedGeneration: 4, lastTransitionTime: '2026-11-21T10:00:00.000Z' },
          },
        ],
      },
    ]);
  });

  it('says how far the node is with the key that it prefers, once something is encrypted', () => {
    const { status, written } = writer();
    const currentKey = { keyID: 3, isConfirmed: true, peers: 2, confirmed: 2, waitingFor: [] };
    status.write(RECORD, { ...READY, currentKey }, 0);
    expect(written).toMatchObject([{ currentKey }]);
  });

  it('has the first error’s code for a reason, and all there is in its message', () => {
    const { status, written } = writer();
    status.write(RECORD, FAULTY, 0);
    expect(written).toMatchObject([
      {
        conditions: [
          {
            ...{ status: 'False', reason: 'PC704' },
            message: 'PC706: Device eth7 does not exist\nPC704: no prefix',
          },
          { type: 'Clean' },
          { type: 'Encrypted' },
        ],
      },
    ]);
  });

  it('is not written without a record, twice, or while the same is on its way', async () => {
    const { status, written, end } = writer();
    status.write(undefined, READY, 0);
    expect(written).toEqual([]);
    status.write(RECORD, READY, 0);
    status.write(RECORD, READY, 50_000);
    await end();
    status.write(RECORD, READY, 100_000);
    expect(written).toHaveLength(1);
    expect(status.nextAt).toBeUndefined();
  });

  it('is written at most every ten seconds, and says when it may be again', async () => {
    const { status, written, end } = writer(['2026-11-21T10:00:00Z', '2026-11-21T10:00:10Z']);
    status.write(RECORD, READY, 1000);
    await end();
    status.write(RECORD, FAULTY, 2000);
    expect(written).toHaveLength(1);
    expect(status.nextAt).toBe(11_000);
    status.write(RECORD, FAULTY, 11_000);
    expect(written).toHaveLength(2);
  });

  it('keeps the time of the last change of each condition', async () => {
    const { status, written, end } = writer(['2026-11-21T10:00:00Z', '2026-11-21T11:00:00Z']);
    status.write(RECORD, READY, 0);
    await end();
    status.write(RECORD, { ...READY, isClean: true }, 20_000);
    expect(written[1]).toMatchObject({
      conditions: [
        { type: 'Ready', lastTransitionTime: '2026-11-21T10:00:00.000Z' },
        { type: 'Clean', status: 'True', lastTransitionTime: '2026-11-21T11:00:00.000Z' },
        { type: 'Encrypted', lastTransitionTime: '2026-11-21T10:00:00.000Z' },
      ],
    });
  });

  it('is tried again when the API server refused it', async () => {
    const { status, written, end } = writer();
    status.write(RECORD, READY, 0);
    await end('fail');
    status.write(RECORD, READY, 10_000);
    expect(written).toHaveLength(2);
  });
});
