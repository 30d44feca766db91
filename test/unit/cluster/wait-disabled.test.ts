import { describe, expect, it } from 'vitest';
import { Observation } from '../../../src/cluster/observation.js';
import { type WaitOutcome, waitDisabled } from '../../../src/cluster/wait-disabled.js';
import {
  type ClusterView,
  KubeError,
  type Listener,
  type NodeIdentity,
  type WrittenRecord,
} from '../../../src/kube/index.js';
import { nodeOf, recordOf } from './samples.js';

/** Longer than any test here takes. */
const LONG = 60_000;
const UNKNOWN = new KubeError('PC504', 'GET: 404: no reason given');
const AWAY = new KubeError('PC501', 'the API server cannot be reached: ECONNREFUSED');

/** An observation of what the test says, and what a wait on it says. */
function waiting(timeout = LONG) {
  let nodes: Listener<NodeIdentity> | undefined;
  let records: Listener<WrittenRecord> | undefined;
  const view: ClusterView = {
    watchNodes: (listener) => {
      nodes = listener;
      return { close: () => {} };
    },
    watchRecords: (listener) => {
      records = listener;
      return { close: () => {} };
    },
    close: () => {},
  };
  const lists: string[] = [];
  const interruptions: string[] = [];
  const outcome: Promise<WaitOutcome> = waitDisabled(new Observation(view), {
    timeout,
    changed: (toGo) => lists.push(toGo.map(({ node, why }) => `${node} ${why}`).join()),
    interrupted: (reason) => interruptions.push(reason),
  });
  const until = (list: string) => expect.poll(() => lists.at(-1)).toBe(list);
  if (nodes === undefined || records === undefined) throw new Error('nothing is watched');
  return { nodes, records, lists, interruptions, outcome, until };
}

describe('waiting until no node encrypts any more', () => {
  it('says which nodes are still to go, once for each change, until there are none', async () => {
    const { nodes, records, lists, outcome, until } = waiting();
    nodes.synced([nodeOf('n1'), nodeOf('n2'), nodeOf('n3')]);
    records.synced([recordOf('n1', 'Enforced'), recordOf('n2', 'Enforced')]);
    await until('n1 enforced,n2 enforced');
    records.changed('n1', recordOf('n1', 'Disabled', [3]));
    await until('n1 walking back,n2 enforced');
    // The same again: no news.
    records.changed('n2', recordOf('n2', 'Enforced', [3, 4]));
    records.changed('n2', recordOf('n2', 'Disabled'));
    await until('n1 walking back');
    // Its kernel was empty once, before it encrypted again.
    records.changed('n1', recordOf('n1', 'Disabled', [], {}, 0));
    await until('n1 emptying its kernel');
    records.changed('n1', recordOf('n1', 'Disabled'));

    expect(await outcome).toEqual({ kind: 'disabled' });
    expect(lists).toEqual([
      ...['n1 enforced,n2 enforced', 'n1 walking back,n2 enforced', 'n1 walking back'],
      ...['n1 emptying its kernel', ''],
    ]);
  });

  it('ends at once where no node has a record', async () => {
    const { nodes, records, outcome } = waiting();
    records.synced([]);
    nodes.synced([nodeOf('n1')]);

    expect(await outcome).toEqual({ kind: 'disabled' });
  });

  it('does not take a record that was deleted for one that says disabled', async () => {
    const { nodes, records, outcome, until } = waiting();
    nodes.synced([nodeOf('n1'), nodeOf('n2')]);
    records.synced([recordOf('n1', 'Enforced'), recordOf('n2', 'Disabled')]);
    await until('n1 enforced');
    records.changed('n1', undefined);
    records.changed('n2', undefined);
    await until('n1 its record is gone, and did not say that it is disabled');
    records.changed('n1', recordOf('n1', 'Disabled'));

    expect(await outcome).toEqual({ kind: 'disabled' });
  });

  it('waits for a node no longer that is gone with its record', async () => {
    const { nodes, records, outcome, until } = waiting();
    nodes.synced([nodeOf('n1'), nodeOf('n2')]);
    records.synced([recordOf('n1', 'Enforced'), recordOf('n2', 'Disabled')]);
    await until('n1 enforced');
    nodes.changed('n1', undefined);
    await until('n1 enforced');
    records.changed('n1', undefined);

    expect(await outcome).toEqual({ kind: 'disabled' });
  });

  it('ends where records are no kind of the cluster’s, and says what it had seen of them', async () => {
    const never = waiting();
    never.nodes.synced([nodeOf('n1')]);
    never.records.unavailable(UNKNOWN);
    expect(await never.outcome).toEqual({ kind: 'not installed', toGo: [] });

    const deleted = waiting();
    deleted.nodes.synced([nodeOf('n1')]);
    deleted.records.synced([recordOf('n1', 'Enforced')]);
    await deleted.until('n1 enforced');
    // As the API server tells it: each record, and then that there is no such kind.
    deleted.records.changed('n1', undefined);
    deleted.records.unavailable(UNKNOWN);
    expect(await deleted.outcome).toMatchObject({ kind: 'not installed', toGo: [{ node: 'n1' }] });
  });

  it('goes on trying where the API server is away to begin with, until the time is over', async () => {
    const { nodes, records, interruptions, outcome } = waiting();
    nodes.unavailable(AWAY);
    await expect.poll(() => interruptions).toEqual([AWAY.message]);
    nodes.synced([nodeOf('n1')]);
    records.synced([recordOf('n1', 'Disabled')]);
    expect(await outcome).toEqual({ kind: 'disabled' });

    const never = waiting(1);
    never.nodes.unavailable(AWAY);
    await expect(never.outcome).rejects.toMatchObject({ code: 'PC441' });
  });

  it('fails at once for what waiting does not heal', async () => {
    for (const [code, shown] of [
      ['PC502', 'PC442'],
      ['PC503', 'PC443'],
      ['PC510', 'PC440'],
    ] as const) {
      const { nodes, interruptions, outcome } = waiting();
      nodes.unavailable(new KubeError(code, 'no'));
      await expect(outcome).rejects.toMatchObject({ code: shown });
      expect(interruptions).toEqual([]);
    }
  });

  it('tells of each kind of trouble once, however often it comes', async () => {
    const { nodes, records, interruptions, outcome, until } = waiting();
    nodes.synced([nodeOf('n1')]);
    records.synced([recordOf('n1', 'Enforced')]);
    await until('n1 enforced');
    for (let times = 0; times < 3; times += 1) {
      records.unavailable(AWAY);
      await expect.poll(() => interruptions).toHaveLength(1);
      records.synced([recordOf('n1', 'Enforced')]);
    }
    records.unavailable(new KubeError('PC508', 'overloaded', { status: 503 }));
    await expect.poll(() => interruptions).toEqual([AWAY.message, 'overloaded']);
    records.synced([recordOf('n1', 'Disabled')]);
    expect(await outcome).toEqual({ kind: 'disabled' });
  });

  it('goes on when the API server is away later', async () => {
    const later = waiting();
    later.nodes.synced([nodeOf('n1')]);
    later.records.synced([recordOf('n1', 'Enforced')]);
    await later.until('n1 enforced');
    later.records.unavailable(AWAY);
    await expect.poll(() => later.interruptions).toEqual([AWAY.message]);
    later.records.synced([recordOf('n1', 'Disabled')]);
    expect(await later.outcome).toEqual({ kind: 'disabled' });
  });

  it('does not take a server that knows no Nodes for a cluster without Podcloak', async () => {
    const { nodes, records, outcome } = waiting();
    records.unavailable(UNKNOWN);
    nodes.unavailable(UNKNOWN);

    await expect(outcome).rejects.toMatchObject({ code: 'PC441' });
  });

  it('gives up when the time is over, with the nodes still to go', async () => {
    const { nodes, records, outcome } = waiting(1);
    nodes.synced([nodeOf('n1')]);
    records.synced([recordOf('n1', 'Enforced')]);

    expect(await outcome).toMatchObject({
      kind: 'timeout',
      toGo: [{ node: 'n1', why: 'enforced' }],
    });
  });
});
