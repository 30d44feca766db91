import { describe, expect, it } from 'vitest';
import {
  type CurrentKey,
  CurrentKeyReport,
  currentKey,
  type KeyView,
} from '../../../src/agent/current-key.js';
import type { Pair } from '../../../src/pairs/index.js';

const pair = (peer: string, outClosed = true): Pair =>
  ({ peer, outClosed, inClosed: outClosed, tunnels: [] }) as unknown as Pair;

/** Peers by the key id that data goes to them under. */
function view(on: Record<string, number>, more: Partial<KeyView> = {}): KeyView {
  return {
    peers: Object.keys(on),
    pairs: Object.keys(on).map((peer) => pair(peer)),
    dataTunnels: new Map(Object.entries(on).map(([peer, keyID]) => [peer, { keyID }])),
    phaseOf: () => 'Enforced',
    ...more,
  };
}

describe('how far a node is with the key that it prefers', () => {
  it('counts the peers that it sends to under it, and names the others', () => {
    expect(currentKey(4, 'ipsec', view({ n2: 4, n4: 3, n3: 3 }))).toEqual({
      ...{ keyID: 4, isConfirmed: false, peers: 3, confirmed: 1 },
      waitingFor: ['n3', 'n4'],
    });
    expect(currentKey(3, 'ipsec', view({ n2: 3 }))).toMatchObject({
      isConfirmed: true,
      waitingFor: [],
    });
  });

  it('does not wait for a node that is gone, nor for one that is disabled', () => {
    const on = { gone: 3, off: 3, n2: 4 };
    const found = currentKey(
      4,
      'ipsec',
      view(on, {
        pairs: [pair('gone'), pair('off', false), pair('n2')],
        peers: ['off', 'n2'],
        phaseOf: (peer) => (peer === 'off' ? 'Disabled' : 'Enforced'),
      }),
    );
    expect(found).toMatchObject({ isConfirmed: true, peers: 1 });
  });

  it('waits for one that is sent ESP although it says that it is disabled', () => {
    expect(
      currentKey(4, 'ipsec', view({ off: 3 }, { phaseOf: () => 'Disabled' })).waitingFor,
    ).toEqual(['off']);
  });

  it('waits for one whose record is refused or not judged yet, unless its pair is there already', () => {
    const found = currentKey(
      4,
      'ipsec',
      view({ n2: 4 }, { peers: ['n2', 'n3'], phaseOf: () => undefined }),
    );
    expect(found).toMatchObject({ peers: 2, confirmed: 1, waitingFor: ['n3'] });
  });

  it('waits for a pair that is in plaintext still', () => {
    const found = currentKey(4, 'ipsec', view({ n2: 4 }, { pairs: [pair('n2', false)] }));
    expect(found.isConfirmed).toBe(false);
  });

  it('waits for a peer that it sends to by the other type, though under the same line', () => {
    const devices = { generation: 1 };
    const tunnels = [
      ['n2', { keyID: 3, origin: { devices } }],
      ['n3', { keyID: 3, origin: {} }],
      ['n4', { keyID: 3 }],
    ] as unknown as KeyView['dataTunnels'] extends ReadonlyMap<infer K, infer V> ? [K, V][] : never;
    const all = view({ n2: 3, n3: 3, n4: 3 }, { dataTunnels: new Map(tunnels) });
    expect(currentKey(3, 'wireguard', all).waitingFor).toEqual(['n3', 'n4']);
    expect(currentKey(3, 'ipsec', all).waitingFor).toEqual(['n2']);
  });

  it('names five at most', () => {
    const on = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`n${index}`, 3]));
    expect(currentKey(4, 'ipsec', view(on)).waitingFor).toHaveLength(5);
  });
});

describe('what a record says of it', () => {
  const found = (keyID: number, confirmed: number, peers = 3): CurrentKey => ({
    ...{ keyID, isConfirmed: confirmed === peers, peers, confirmed, waitingFor: [] },
  });

  it('is said at once when another key is preferred, and when all peers have it', () => {
    const report = new CurrentKeyReport();
    expect(report.look(found(3, 3), 'ipsec', 0)).toEqual(found(3, 3));
    expect(report.look(found(4, 0), 'ipsec', 1)).toEqual(found(4, 0));
    expect(report.look(found(4, 3), 'ipsec', 2)).toEqual(found(4, 3));
  });

  it('is said at once when another type is, under the same key', () => {
    const report = new CurrentKeyReport();
    report.look(found(3, 3), 'ipsec', 0);
    expect(report.look(found(3, 0), 'wireguard', 1)).toEqual(found(3, 0));
    expect(report.look(found(3, 3), 'wireguard', 2)).toEqual(found(3, 3));
  });

  it('changes once a minute while peers are waited for', () => {
    const report = new CurrentKeyReport();
    report.look(found(4, 0), 'ipsec', 0);
    expect(report.look(found(4, 1), 'ipsec', 59_999)).toEqual(found(4, 0));
    expect(report.look(found(4, 2), 'ipsec', 60_000)).toEqual(found(4, 2));
    expect(report.look(found(4, 1), 'ipsec', 60_001)).toEqual(found(4, 2));
  });

  it('stays confirmed when a node joins or leaves, as every node would have to write that', () => {
    const report = new CurrentKeyReport();
    report.look(found(4, 3), 'ipsec', 0);
    expect(report.look(found(4, 3, 4), 'ipsec', 1e9)).toEqual(found(4, 3));
  });

  it('goes when encryption is turned off, and begins anew after it', () => {
    const report = new CurrentKeyReport();
    report.look(found(4, 3), 'ipsec', 0);
    expect(report.look(undefined, 'ipsec', 1)).toBeUndefined();
    expect(report.look(found(4, 0), 'ipsec', 2)).toEqual(found(4, 0));
  });
});
