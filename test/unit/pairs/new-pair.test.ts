import { describe, expect, it } from 'vitest';
import { MAX_NODE_NUMBER, reqidOf } from '../../../src/keying/index.js';
import { freeReqid, newPair, wantedOrigins, withRecord } from '../../../src/pairs/index.js';
import { ownEnd, record } from './samples.js';

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
