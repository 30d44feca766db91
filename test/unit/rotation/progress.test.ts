import { describe, expect, it } from 'vitest';
import {
  isDone,
  knownKeyIDs,
  laggards,
  pairCounts,
  progressOf,
} from '../../../src/rotation/progress.js';
import { barText, countText, laggardsText, waitingText } from '../../../src/rotation/text.js';
import {
  CLUSTER_UID,
  deviceOf,
  linesWith,
  onKey,
  recordOf,
  sealedSpec,
  sealedWireguardSpec,
} from './samples.js';

const lines = linesWith(3, 4);
const [old] = lines.slice(0, 1);
const both = (name: string, status?: unknown) => recordOf(name, sealedSpec(name, lines), status);
const look = (records: ReturnType<typeof recordOf>[], nodes = records.map(({ name }) => name)) =>
  progressOf({ nodes, records }, lines, CLUSTER_UID);
const stateOf = (record: ReturnType<typeof recordOf>) => {
  const [{ state, why } = { state: undefined, why: undefined }] = look([record]).nodes;
  return { state, why };
};

describe('where a node is with the current key', () => {
  it('is done once it has sent to every peer under it', () => {
    expect(stateOf(both('n1', onKey(4, 2, 2)))).toEqual({ state: 'done', why: '' });
  });

  it('is switching while peers are missing, which it names', () => {
    expect(stateOf(both('n1', onKey(4, 1, 3, ['n2', 'n3'])))).toEqual({
      state: 'switching',
      why: '1 of 3 peers, waits for n2, n3',
    });
  });

  it('is behind while it knows the old key only, or prefers it', () => {
    const behind = recordOf('n1', sealedSpec('n1', old === undefined ? [] : [old]), onKey(3, 2, 2));
    expect(stateOf(behind)).toEqual({
      state: 'behind',
      why: 'has not read key id 4 yet (knows 3)',
    });
    expect(stateOf(both('n1', onKey(3, 2, 2)))).toEqual({
      state: 'behind',
      why: 'prefers key id 3 still',
    });
  });

  it('is unknown while its agent says nothing of it', () => {
    expect(stateOf(both('n1')).state).toBe('silent');
    expect(stateOf(both('n1', { currentKey: 'four' })).state).toBe('silent');
  });

  it('is not done with other key material under the same id, whatever its status says', () => {
    const spec = sealedSpec('n1', linesWith(3, 4));
    expect(stateOf(recordOf('n1', spec, onKey(4, 2, 2)))).toEqual({
      state: 'other material',
      why: 'has another key under id 3, 4 than the Secret',
    });
  });

  it('is not done where its record proves nothing', () => {
    const spec = { ...sealedSpec('n1', lines), epoch: 1_800_000_000 };
    expect(stateOf(recordOf('n1', spec, onKey(4, 2, 2))).state).toBe('refused');
    expect(stateOf(recordOf('n1', { phase: 'Enforced' }, onKey(4, 2, 2))).state).toBe('refused');
    const ofAnother = recordOf('n1', sealedSpec('n2', lines), onKey(4, 2, 2));
    expect(stateOf(ofAnother).state).toBe('refused');
  });
});

describe('how far a rotation is', () => {
  it('is over when every node that encrypts is done', () => {
    const progress = look([both('n1', onKey(4, 1, 1)), both('n2', onKey(4, 1, 1))]);
    expect(isDone(progress)).toBe(true);
    expect(countText(progress)).toBe('2/2 nodes, 2/2 directions');
    expect(waitingText(progress)).toBe('Every node is on key id 4.\n');
    expect(barText(progress)).toBe('[########################] 2/2 nodes, 2/2 directions');
  });

  it('counts the directions of nodes that say nothing by the nodes that there are', () => {
    const progress = look([
      both('n1', onKey(4, 1, 2, ['n3'])),
      both('n2', onKey(4, 2, 2)),
      both('n3'),
    ]);
    expect(pairCounts(progress)).toEqual({ total: 6, confirmed: 3 });
    expect(laggards(progress).map(({ node }) => node)).toEqual(['n1', 'n3']);
    expect(barText(progress)).toBe(
      '[############............] 1/3 nodes, 3/6 directions; waiting for n1, n3',
    );
    expect(waitingText(progress)).toBe(
      'Not on key id 4 yet (1/3 nodes, 3/6 directions): n1 (1 of 2 peers, waits for n3), n3 (its agent has not said how far it is)\n',
    );
  });

  it('does not wait for nodes without a record, or that are disabled', () => {
    const off = recordOf('n2', { ...sealedSpec('n2', lines), phase: 'Disabled', keys: [] });
    const progress = look([both('n1', onKey(4, 0, 0)), off], ['n1', 'n2', 'n3']);
    expect(isDone(progress)).toBe(true);
    expect(progress.aside).toEqual([
      { node: 'n2', state: 'disabled' },
      { node: 'n3', state: 'no record' },
    ]);
  });

  it('is not over where no record is left: absence proves nothing', () => {
    const progress = look([], ['n1', 'n2']);
    expect(isDone(progress)).toBe(false);
    expect(laggardsText(laggards(progress))).toBe('no node has a record that could say so');
  });

  it('waits for a node that walks back to plaintext and still names keys', () => {
    const leaving = recordOf('n1', { ...sealedSpec('n1', lines), phase: 'Disabled' });
    expect(isDone(look([leaving]))).toBe(false);
  });

  it('knows the key ids of records of nodes that are gone', () => {
    expect([...knownKeyIDs({ nodes: [], records: [both('gone')] })]).toEqual([3, 4]);
  });
});

describe('a rotation of WireGuard', () => {
  const first = old === undefined ? [] : [old];
  const byDevices = (name: string, status?: unknown) =>
    recordOf(name, sealedWireguardSpec(name, lines), status);

  it('is over when every node has sent to all through the devices of the current line', () => {
    const progress = look([byDevices('n1', onKey(4, 1, 1)), byDevices('n2', onKey(4, 1, 1))]);
    expect(isDone(progress)).toBe(true);
    expect(progress.nodes).toMatchObject([{ keyIDs: [3, 4] }, { keyIDs: [3, 4] }]);
  });

  it('waits for peers, for nodes that have the old line’s device only, and for silent ones', () => {
    const progress = look([
      byDevices('n1', onKey(4, 1, 2, ['n2'])),
      recordOf('n2', sealedWireguardSpec('n2', first), onKey(3, 2, 2)),
      byDevices('n3'),
    ]);
    expect(laggards(progress)).toMatchObject([
      { node: 'n1', state: 'switching', why: '1 of 2 peers, waits for n2' },
      { node: 'n2', state: 'behind', why: 'has not read key id 4 yet (knows 3)' },
      { node: 'n3', state: 'silent' },
    ]);
  });

  it('waits for a node that has read the line, and has no room for its device yet', () => {
    const spec = sealedWireguardSpec('n1', lines, [deviceOf(1, 3)]);
    const progress = look([recordOf('n1', spec, onKey(4, 0, 1, ['n2']))]);
    expect(progress.nodes).toMatchObject([{ state: 'switching', confirmed: 0 }]);
  });

  it('is judged together with nodes of IPsec, while the type changes', () => {
    const together = [byDevices('n1', onKey(4, 1, 1)), both('n2', onKey(4, 1, 1))];
    expect(isDone(look(together))).toBe(true);
    expect(isDone(look([byDevices('n1', onKey(4, 1, 1)), both('n2', onKey(4, 0, 1))]))).toBe(false);
  });

  it('counts no node whose devices somebody has changed, or whose record is of a later version', () => {
    const spec = sealedWireguardSpec('n1', lines);
    const forged = { ...spec, wireguard: [deviceOf(1, 3), deviceOf(2, 4)] };
    expect(stateOf(recordOf('n1', forged, onKey(4, 1, 1)))).toEqual({
      ...{ state: 'refused', why: 'its record is forged or damaged' },
    });
    const withoutDevices: object = { ...spec, wireguard: undefined };
    expect(stateOf(recordOf('n1', withoutDevices, onKey(4, 1, 1))).state).toBe('refused');
    expect(stateOf(recordOf('n1', { ...spec, protocolVersion: 3 }, onKey(4, 1, 1)))).toEqual({
      ...{ state: 'refused', why: 'its record is of a later version than this command' },
    });
  });

  it('does not wait for a disabled node, once it names neither keys nor devices', () => {
    const off = (keys: boolean) =>
      sealedWireguardSpec('n2', lines, keys ? [deviceOf(1, 3)] : [], {
        phase: 'Disabled',
        keys: [],
      });
    const done = byDevices('n1', onKey(4, 0, 0));
    expect(look([done, recordOf('n2', off(false))]).aside).toEqual([
      { node: 'n2', state: 'disabled' },
    ]);
    expect(isDone(look([done, recordOf('n2', off(true))]))).toBe(false);
  });

  it('does not take the key id of a device that is left for a free one', () => {
    const spec = sealedWireguardSpec('gone', linesWith(3, 4, 5), [deviceOf(2, 5)], { keys: [] });
    expect([...knownKeyIDs({ nodes: [], records: [recordOf('gone', spec)] })]).toEqual([5]);
  });
});
