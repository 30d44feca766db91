import { describe, expect, it } from 'vitest';
import { nodesWithoutAgent, type PairsView, peerStatuses } from '../../../src/agent/peer-status.js';
import type { AuthenticRecord, EncryptionType, Phase } from '../../../src/keying/index.js';
import type { Pair, Tunnel } from '../../../src/pairs/index.js';

const TUNNEL = { id: 't', keyID: 3, confirmed: true } as Tunnel;

function pair(peer: string, change: Partial<Pair> = {}): Pair {
  const closed = { outClosed: true, inClosed: true, tunnels: [TUNNEL] };
  return { peer, reqid: 1, podPrefixes: [], addresses: [], ...closed, ...change } as Pair;
}

function accepted(...names: readonly string[]): Map<string, AuthenticRecord> {
  return new Map(names.map((name) => [name, recordOf('Enforced')]));
}

function recordOf(phase: Phase): AuthenticRecord {
  return {
    record: { epoch: 7, phase },
    provenKeyIDs: [3],
    otherKeyIDs: [],
  } as unknown as AuthenticRecord;
}

/** A node with pairs whose data goes on {@link TUNNEL}. */
function view(change: Partial<PairsView> & { nodes?: string[] } = {}): PairsView {
  const { pairs = [], nodes = pairs.map(({ peer }) => peer), ...rest } = change;
  return {
    enabled: true,
    type: 'ipsec',
    keyID: 3,
    pairs,
    dataTunnels: new Map(pairs.map(({ peer }) => [peer, TUNNEL])),
    attempts: () => 0,
    disputes: new Map(),
    numberLosers: new Set(),
    book: {
      accepted: accepted(...nodes),
      nodes,
      hasNode: (name) => nodes.includes(name),
      hasRecord: (name) => nodes.includes(name),
      isComplete: true,
      refusals: [],
    },
    ...rest,
  };
}

const PLAIN = { outClosed: false, inClosed: false };

describe('what is told of peers', () => {
  it('is their state, key id and epoch, by name, and no reason where all is well', () => {
    expect(peerStatuses(view({ pairs: [pair('c'), pair('b')] }))).toEqual([
      { node: 'b', state: 'encrypted', keyID: 3, epoch: 7 },
      { node: 'c', state: 'encrypted', keyID: 3, epoch: 7 },
    ]);
  });

  it('is no key id while data goes in plaintext, although there is a tunnel', () => {
    expect(peerStatuses(view({ pairs: [pair('b', PLAIN)] }))).toMatchObject([
      { state: 'plaintext', keyID: null },
    ]);
  });

  const reasons: [string, Partial<PairsView> & { nodes?: string[] }, RegExp][] = [
    ['that a peer does not answer', { attempts: () => 7 }, /does not answer in the tunnel/],
    [
      'that it claims what is another node’s',
      { disputes: new Map([['b', [{ claim: '10.244.3.0/24', holder: 'c' }]]]) },
      /claims 10\.244\.3\.0\/24, which is c's/,
    ],
    ['that two nodes have one number', { numberLosers: new Set(['b']) }, /number is taken/],
    [
      'that a Node and its record are gone, though the record was accepted once',
      { book: { ...view({ nodes: ['b'] }).book, hasNode: () => false, hasRecord: () => false } },
      /Node and its record are gone/,
    ],
    [
      'that only the record is gone',
      { book: { ...view({ nodes: ['b'] }).book, hasRecord: () => false } },
      /its record is not there/,
    ],
    [
      'why its record is refused',
      { book: { ...view().book, refusals: [{ node: 'b', reason: 'forged', cause: 'wrong-mac' }] } },
      /^forged$/,
    ],
    [
      'that encryption is disabled there',
      {
        book: {
          ...view({ nodes: ['b'] }).book,
          accepted: new Map([['b', recordOf('Disabled')]]),
        },
      },
      /disabled there/,
    ],
    ['that its Secret is older', { keyID: 4 }, /^it has not got key id 4 of the Secret yet$/],
    [
      'that its new key is another',
      {
        keyID: 4,
        book: {
          ...view({ nodes: ['b'] }).book,
          accepted: new Map([['b', { ...recordOf('Enforced'), otherKeyIDs: [4] }]]),
        },
      },
      /^it has another key under key id 4$/,
    ],
    ['that it still encrypts while we do not', { enabled: false }, /has not said that it disables/],
  ];
  it.each(reasons)('is %s', (_, change, reason) => {
    const [found] = peerStatuses(view({ pairs: [pair('b')], ...change }));
    expect(found?.reason).toMatch(reason);
    expect(found?.cause).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it('is what a filter may hold up of the tunnel that is asked about: ESP, or WireGuard’s ports', () => {
    const devices = { generation: 1 };
    const byDevices = { ...TUNNEL, id: 'w', origin: { devices } } as Tunnel;
    const reasonWith = (tunnels: readonly Tunnel[], best = tunnels[0]): string | undefined => {
      const dataTunnels = new Map(best === undefined ? [] : [['b', best]]);
      const change = { pairs: [pair('b', { tunnels })], dataTunnels, attempts: () => 7 };
      return peerStatuses(view(change))[0]?.reason;
    };
    const unproven = { confirmed: false };

    expect(reasonWith([TUNNEL])).toMatch(/ or ESP \(IP protocol 50\) is not let through$/);
    const ports = / or UDP 51871 and 51872 \(WireGuard\) are not let through$/;
    expect(reasonWith([byDevices])).toMatch(ports);
    // While the type changes the new tunnel is asked about, whatever data goes on.
    expect(reasonWith([TUNNEL, { ...byDevices, ...unproven }])).toMatch(ports);
    expect(reasonWith([byDevices, { ...TUNNEL, ...unproven }])).toMatch(/ or ESP /);
  });

  it('is that there is nothing in common for a tunnel', () => {
    const [found] = peerStatuses(
      view({ pairs: [pair('b', { ...PLAIN, tunnels: [] })], dataTunnels: new Map() }),
    );
    expect(found).toMatchObject({
      state: 'plaintext',
      reason: 'it has no key id, or no address of a family, in common',
    });
  });

  it('is that there is no WireGuard device in common where both are to use it', () => {
    const reasonWith = (type: EncryptionType): string | undefined => {
      const known = recordOf('Enforced');
      const record = { ...known, record: { ...known.record, type } };
      const book = { ...view({ nodes: ['b'] }).book, accepted: new Map([['b', record]]) };
      const pairs = [pair('b', { ...PLAIN, tunnels: [] })];
      const change = { type: 'wireguard', pairs, book, dataTunnels: new Map() } as const;
      return peerStatuses(view(change))[0]?.reason;
    };

    expect(reasonWith('wireguard')).toMatch(
      /^it has no WireGuard device of one key id, or no addr/,
    );
    // They go on by IPsec until both are.
    expect(reasonWith('ipsec')).toMatch(/^it has no key id, or no address/);
  });

  it('is that a pair stays on the other engine, and which of the two nodes it waits for', () => {
    const byDevices = { ...TUNNEL, origin: { devices: { generation: 1 } } } as Tunnel;
    const troubleWith = (
      type: EncryptionType,
      record: { readonly type: EncryptionType; readonly wireguard?: readonly unknown[] },
      tunnel = TUNNEL,
    ) => {
      const known = recordOf('Enforced');
      const said = { ...known, record: { ...known.record, ...record } } as AuthenticRecord;
      const book = { ...view({ nodes: ['b'] }).book, accepted: new Map([['b', said]]) };
      const dataTunnels = new Map([['b', tunnel]]);
      return peerStatuses(view({ type, pairs: [pair('b')], book, dataTunnels }))[0];
    };
    expect(troubleWith('wireguard', { type: 'ipsec' })).toMatchObject({
      ...{ state: 'encrypted', cause: 'other-type' },
      reason: 'it stays on IPsec: it is not to use WireGuard yet',
    });
    expect(troubleWith('wireguard', { type: 'wireguard', wireguard: [] })).toMatchObject({
      ...{ state: 'encrypted', cause: 'no-device' },
      reason: expect.stringMatching(/^it stays on IPsec: it has no WireGuard device/),
    });
    expect(troubleWith('ipsec', { type: 'wireguard' }, byDevices)).toMatchObject({
      reason: 'it stays on WireGuard: it is not to use IPsec yet',
    });
    // On its way, or there.
    for (const tunnel of [TUNNEL, byDevices]) {
      const found = troubleWith('wireguard', { type: 'wireguard', wireguard: [{}] }, tunnel);
      expect(found?.reason).toBeUndefined();
    }
  });

  it('includes nodes without a pair whose record is refused: they are in plaintext', () => {
    const book = {
      ...view().book,
      refusals: [{ node: 'b', reason: 'forged', cause: 'wrong-mac' }],
    };
    expect(peerStatuses(view({ book }))).toEqual([
      {
        ...{ node: 'b', state: 'plaintext', keyID: null, epoch: null },
        ...{ cause: 'wrong-mac', reason: 'forged' },
      },
    ]);
  });
});

describe('nodes without an agent', () => {
  it('are those of which there is neither pair nor record', () => {
    const { book } = view({ nodes: ['a', 'b', 'c'] });
    const records = new Map([['c', recordOf('Disabled')]]);
    const found = nodesWithoutAgent(
      view({ pairs: [pair('b')], book: { ...book, accepted: records } }),
    );
    expect(found).toEqual([
      { node: 'a', reason: 'no agent has published a record for it' },
      { node: 'c', reason: 'encryption is disabled there' },
    ]);
  });

  it('are not those whose record is refused: they have one', () => {
    const { book } = view({ nodes: ['a'] });
    const refusals = [{ node: 'a', reason: 'forged', cause: 'wrong-mac' }];
    expect(nodesWithoutAgent(view({ book: { ...book, accepted: new Map(), refusals } }))).toEqual(
      [],
    );
  });
});
