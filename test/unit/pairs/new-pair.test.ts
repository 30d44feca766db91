import { describe, expect, it } from 'vitest';
import { MAX_NODE_NUMBER, reqidOf } from '../../../src/keying/index.js';
import {
  claimedPair,
  freeReqid,
  mayBeEncrypted,
  newPair,
  orphansOf,
  type Pair,
  wantedOrigins,
  withRecord,
} from '../../../src/pairs/index.js';
import { fakeTunnel, ownEnd, record } from './samples.js';

const b = record({ name: 'b', number: 2 });

describe('a pair', () => {
  it.each([true, false])('is shut from the start after a reboot only: %s', (isClosed) => {
    const pair = newPair(b, reqidOf(2), isClosed);
    expect(pair).toMatchObject({ peer: 'b', outClosed: isClosed, inClosed: isClosed, tunnels: [] });
    expect(pair).toMatchObject({ podPrefixes: ['10.244.2.0/24'], addresses: ['192.168.50.2'] });
  });

  it('covers what the peer’s last record says', () => {
    const moved = { ...b, record: { ...b.record, addresses: ['192.168.50.9'] } };
    expect(withRecord(newPair(b, 1, false), moved).addresses).toEqual(['192.168.50.9']);
  });

  it('goes on to cover what a peer had that names nothing any more', () => {
    const pair = newPair(b, 1, true);
    const silent = record({ name: 'b', number: 2, addresses: [], podPrefixes: [], revision: 2 });
    const after = withRecord(pair, silent);
    expect(after).toMatchObject({ podPrefixes: pair.podPrefixes, addresses: pair.addresses });
    expect(after.mark?.revision).toBe(2);
  });

  it('has a request id that shows the peer’s number, or a free one', () => {
    expect(freeReqid(2, new Set())).toBe(reqidOf(2));
    expect(freeReqid(2, new Set([reqidOf(2)]))).toBe(reqidOf(MAX_NODE_NUMBER));
  });
});

describe('a pair that was found in the kernel', () => {
  const found = { ...newPair(b, 7, false), peer: 'adopted/7' };
  const blank = { ...found, podPrefixes: [], addresses: [] };

  it('is open where its policies were', () => {
    const claimed = claimedPair([found], b, true);
    expect(claimed).toMatchObject({ peer: 'b', reqid: 7, outClosed: false, inClosed: false });
  });

  it.each([true, false])('without policies is as one that was never seen: shut %s', (isShut) => {
    const claimed = claimedPair([blank], b, isShut);
    expect(claimed).toMatchObject({ outClosed: isShut, inClosed: isShut });
    expect(claimed.addresses).toEqual(['192.168.50.2']);
  });

  it('is all that was found of it: by a tunnel’s end, a prefix or an address', () => {
    const [origin] = wantedOrigins(ownEnd({ name: 'a', number: 1 }), b);
    const tunnels = origin === undefined ? [] : [fakeTunnel(origin, 7)];
    const parts: Pair[] = [
      { ...blank, peer: 'adopted/p', podPrefixes: ['10.244.2.0/24'], outClosed: true },
      { ...blank, peer: 'adopted/a', addresses: ['192.168.50.2'] },
      { ...blank, tunnels },
      { ...blank, peer: 'adopted/x', podPrefixes: ['10.244.3.0/24'] },
      { ...found, peer: 'c' },
    ];
    const [first, ...others] = orphansOf(parts, b);
    expect([first, ...others].map((one) => one?.peer)).toEqual([
      'adopted/7',
      'adopted/p',
      'adopted/a',
    ]);
    if (first === undefined) throw new Error('nothing was found');
    const claimed = claimedPair([first, ...others], b, false);
    expect(claimed).toMatchObject({ tunnels, outClosed: true, inClosed: false });
  });

  it('stays shut where it was', () => {
    expect(claimedPair([{ ...blank, outClosed: true }], b, false).outClosed).toBe(true);
  });
});

it.each([
  ['Enabling', [1], false],
  ['Enforced', [1], true],
  ['Disabled', [1], true],
  ['Disabled', [], false],
] as const)(
  'of a node that says %s, with keys %j, a pair may be encrypted: %s',
  (phase, keyIDs, may) => {
    expect(mayBeEncrypted(record({ name: 'b', number: 2, phase, keyIDs }).record)).toBe(may);
  },
);

describe('the tunnels that a pair should have', () => {
  const a = ownEnd({ name: 'a', number: 1, keyIDs: [2, 1] });

  it('are the same from either end, in each one’s order of preference', () => {
    const [here] = wantedOrigins(a, b);
    const [there] = wantedOrigins(
      ownEnd({ name: 'b', number: 2 }),
      record({ name: 'a', number: 1, keyIDs: [2, 1] }),
    );
    expect(here).toEqual({ ...there, own: there?.peer, peer: there?.own });
    const both = wantedOrigins(a, record({ name: 'b', number: 2, keyIDs: [1, 2] }));
    expect(both.map(({ keyID }) => keyID)).toEqual([2, 1]);
  });

  it.each([
    ['no key id in common', record({ name: 'b', number: 2, keyIDs: [3] })],
    ['no key id at all', record({ name: 'b', number: 2, keyIDs: [] })],
    ['the same node number', record({ name: 'b', number: 1 })],
    ['no address of our family', record({ name: 'b', number: 2, addresses: ['fd00::2'] })],
    ['our own address', record({ name: 'b', number: 2, addresses: ['192.168.50.1'] })],
    ['an address on the link only', record({ name: 'b', number: 2, addresses: ['169.254.1.1'] })],
  ])('are none with %s', (_, peer) => {
    expect(wantedOrigins(a, peer)).toEqual([]);
  });
});
