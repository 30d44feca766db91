import { describe, expect, it } from 'vitest';
import {
  hear,
  type Pair,
  Steadiness,
  sayingOf,
  step,
  wantedOrigins,
} from '../../../src/pairs/index.js';
import { bare, fakeTunnel, ownEnd, record, situation } from './samples.js';

const wanted = wantedOrigins(
  ownEnd({ name: 'a', number: 1, keyIDs: [1, 2] }),
  record({ name: 'b', number: 2, keyIDs: [1, 2] }),
);
const fresh = step(bare(), situation({ wanted }), fakeTunnel);
const [first = '', second = ''] = fresh.tunnels.map(({ id }) => id);
const bits = ({ tunnels }: Pair): string[] =>
  tunnels.map((one) =>
    [one.confirmed && 'confirmed', one.peerSends && 'peerSends', one.told && 'told']
      .filter((bit) => bit !== false)
      .join(' '),
  );

describe('what is heard of a tunnel', () => {
  it.each([
    ['answer to probe', 'confirmed'],
    ['answer to sending', 'told'],
    ['sending', 'peerSends'],
  ] as const)('is remembered: %s', (heard, bit) => {
    expect(bits(hear(fresh, first, heard))).toEqual([bit, '']);
  });

  it('is no news the second time, nor about a tunnel that is no more', () => {
    const pair = hear(fresh, first, 'sending');
    expect(hear(pair, first, 'sending')).toBe(pair);
    expect(hear(pair, 'no such tunnel', 'sending')).toBe(pair);
  });

  it('is that the peer’s data goes one way only, the one that it named last', () => {
    const pair = hear(hear(fresh, first, 'sending'), second, 'sending');
    expect(bits(pair)).toEqual(['', 'peerSends']);
    expect(bits(hear(pair, first, 'sending'))).toEqual(['peerSends', '']);
  });

  it('makes the pair less steady', () => {
    const steadiness = new Steadiness();
    expect(steadiness.since(fresh, wanted, 10)).toBe(10);
    expect(steadiness.since({ ...fresh }, wanted, 20)).toBe(10);
    const pair = hear(fresh, first, 'sending');
    expect(steadiness.since(pair, wanted, 30)).toBe(30);
    expect(steadiness.since(pair, wanted.slice(1), 40)).toBe(40);
    expect(steadiness.since({ ...pair, sendsOn: first }, wanted.slice(1), 50)).toBe(50);
    expect(steadiness.since({ ...fresh, peer: 'c' }, wanted, 60)).toBe(60);
  });

  it('makes the pair wait anew when the peer has only asked: it may send there before its record comes', () => {
    const steadiness = new Steadiness();
    expect(steadiness.since(fresh, wanted, 10)).toBe(10);
    steadiness.disturb(fresh.peer);
    expect(steadiness.since(fresh, wanted, 300)).toBe(300);
  });
});

describe('what is said to a peer', () => {
  const said = (pair: Pair, attempt: number): string | undefined => {
    const saying = sayingOf(pair, wanted, attempt);
    return saying && `${saying.kind} ${saying.tunnel.keyID}`;
  };

  it('are probes of all wanted tunnels in turn, the preferred one first', () => {
    expect([0, 1, 2].map((attempt) => said(fresh, attempt))).toEqual([
      'probe 2',
      'probe 1',
      'probe 2',
    ]);
  });

  it('are probes of those that are preferred to the one in use', () => {
    expect(said(hear(fresh, first, 'answer to probe'), 0)).toBe('probe 2');
    expect(said(hear(fresh, second, 'answer to probe'), 0)).toBeUndefined();
  });

  it('is where our data goes, until the peer knows', () => {
    const pair = { ...hear(fresh, second, 'answer to probe'), outClosed: true, sendsOn: second };
    expect(said(pair, 0)).toBe('sending 2');
    expect(said(hear(pair, second, 'answer to sending'), 0)).toBeUndefined();
  });

  it('is not where our data will go before it does: it may yet go elsewhere', () => {
    const pair = { ...hear(fresh, second, 'answer to probe'), outClosed: true };
    expect(said(pair, 0)).toBeUndefined();
    expect(said({ ...pair, sendsOn: first }, 0)).toBeUndefined();
  });

  it('is both in turn, as the preferred tunnel may never be confirmed', () => {
    const pair = { ...hear(fresh, first, 'answer to probe'), outClosed: true, sendsOn: first };
    expect([0, 1, 2].map((attempt) => said(pair, attempt))).toEqual([
      'probe 2',
      'sending 1',
      'probe 2',
    ]);
  });

  it('is nothing of tunnels whose keys were used before', () => {
    const open = step(fresh, situation({ disabled: true }), fakeTunnel);
    expect(said(open, 0)).toBeUndefined();
  });

  it('is nothing of a tunnel that was found in the kernel: its messages’ keys are not there', () => {
    const found = fresh.tunnels.map(({ origin: _, ...tunnel }) => ({ ...tunnel, confirmed: true }));
    expect(sayingOf(bare({ tunnels: found, outClosed: true }), [], 0)).toBeUndefined();
  });
});
