import { describe, expect, it } from 'vitest';
import type { RecordMark } from '../../../src/keying/index.js';
import { type OwnClaims, type Pair, settleClaims } from '../../../src/pairs/index.js';
import { bare } from './samples.js';

const OWN: OwnClaims = { node: 'own', podPrefixes: ['10.244.1.0/24'], addresses: ['192.168.50.1'] };
const VIP = '192.168.50.200';

/** A pair with this node, by what its record claims and by the record's revision. */
function pair(peer: string, number: number, change: Partial<Pair> = {}, revision = 1): Pair {
  return bare({
    peer,
    podPrefixes: [`10.244.${number}.0/24`],
    addresses: [`192.168.50.${number}`],
    mark: { revision } as RecordMark,
    ...change,
  });
}

/** What comes of rounds, one after the other, each of what the records of that time claim. */
function rounds(all: readonly (readonly Pair[])[], gone: readonly string[] = []) {
  let before = new Map<string, Pair>();
  let last = settleClaims(OWN, before, [], () => true);
  for (const after of all) {
    last = settleClaims(OWN, before, after, (peer) => !gone.includes(peer));
    before = new Map([...before, ...last.pairs.map((one) => [one.peer, one] as const)]);
  }
  const of = (peer: string): Pair | undefined => last.pairs.find((one) => one.peer === peer);
  return { of, disputes: last.disputes };
}

const b = pair('b', 2);
const c = pair('c', 3);
const withVip = (of: Pair, revision: number): Pair => {
  const { mark } = pair('x', 9, {}, revision);
  return { ...of, addresses: [...of.addresses, VIP], ...(mark === undefined ? {} : { mark }) };
};

describe('what nodes claim', () => {
  it('is theirs while nobody else claims it', () => {
    const { of, disputes } = rounds([[b, c]]);
    expect([of('b'), of('c')]).toEqual([b, c]);
    expect(disputes.size).toBe(0);
  });

  it('is never what is this node’s own', () => {
    const thief = pair('b', 2, { podPrefixes: OWN.podPrefixes, addresses: OWN.addresses });
    const { of, disputes } = rounds([[thief]]);
    expect(of('b')).toMatchObject({ podPrefixes: [], addresses: [] });
    expect(disputes.get('b')).toEqual([
      { claim: '10.244.1.0/24', holder: 'own' },
      { claim: '192.168.50.1', holder: 'own' },
    ]);
  });
});

describe('a pod prefix', () => {
  const thief = { ...pair('a', 2, {}, 2), addresses: ['192.168.50.9'] };

  it('stays with the node that has it, and the other one is named', () => {
    const { of, disputes } = rounds([[b], [thief, b]]);
    expect(of('b')?.podPrefixes).toEqual(['10.244.2.0/24']);
    expect(of('a')?.podPrefixes).toEqual([]);
    expect(disputes.get('a')).toEqual([{ claim: '10.244.2.0/24', holder: 'b' }]);
    expect(disputes.has('b')).toBe(false);
  });

  it('goes to the other one as soon as the first does not claim it any more', () => {
    const moved = pair('b', 4, {}, 2);
    expect(rounds([[b], [thief, b], [thief, moved], [thief, moved]]).of('a')?.podPrefixes).toEqual([
      '10.244.2.0/24',
    ]);
  });

  it('is not held by a node whose record is gone', () => {
    expect(rounds([[b], [thief]], ['b']).of('a')?.podPrefixes).toEqual(['10.244.2.0/24']);
  });
});

describe('an address', () => {
  it('goes to the last node that came to claim it, though the first still does', () => {
    const dead = withVip(b, 1);
    const { of, disputes } = rounds([
      [dead, c],
      [dead, withVip(c, 2)],
      [dead, withVip(c, 2)],
    ]);
    expect(of('c')?.addresses).toEqual(['192.168.50.3', VIP]);
    expect(of('b')?.addresses).toEqual(['192.168.50.2']);
    expect(disputes.get('b')).toEqual([{ claim: VIP, holder: 'c' }]);
  });

  it('stays there when the other one says something else', () => {
    const dead = withVip(b, 1);
    const all = [
      [dead, c],
      [dead, withVip(c, 2)],
      [dead, { ...withVip(c, 3), podPrefixes: [] }],
    ];
    expect(rounds(all).of('c')?.addresses).toContain(VIP);
  });

  it('comes back when the first node claims it anew', () => {
    const all = [
      [withVip(b, 1), c],
      [withVip(b, 1), withVip(c, 2)],
      [pair('b', 2, {}, 2), withVip(c, 2)],
      [withVip(b, 3), withVip(c, 2)],
    ];
    expect(rounds(all).of('b')?.addresses).toContain(VIP);
    expect(rounds(all).of('c')?.addresses).not.toContain(VIP);
  });
});
