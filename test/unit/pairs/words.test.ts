import { describe, expect, it } from 'vitest';
import { EDGES, permits, type Tunnel, wordOf } from '../../../src/pairs/index.js';
import { bare } from './samples.js';

const PLAIN = { outClosed: false, inClosed: false };

describe('the word for a pair', () => {
  it.each([
    [PLAIN, true, 'plaintext'],
    [PLAIN, false, 'plaintext'],
    [{ outClosed: true, inClosed: false }, true, 'switching'],
    [{ outClosed: true, inClosed: true }, true, 'encrypted'],
    [{ outClosed: true, inClosed: true }, false, 'blocked'],
    [{ outClosed: true, inClosed: false }, false, 'blocked'],
    [{ outClosed: false, inClosed: true }, true, 'switching'],
  ] as const)(
    'with %o and a tunnel that the peer can read: %s is %s',
    (closed, confirmed, word) => {
      expect(wordOf(bare({ ...closed, tunnels: [{ confirmed } as Tunnel] }))).toBe(word);
    },
  );
});

describe('the edges between words', () => {
  it('lead from what was encrypted to plaintext only where encryption is disabled', () => {
    const back = EDGES.filter(({ from, to }) => from !== 'none' && to === 'plaintext');
    expect(back.map(({ given }) => given?.disabled)).toEqual(back.map(() => true));
  });

  it('are there twice neither by name nor by cause', () => {
    const names = EDGES.map(({ from, to, by, given }) => JSON.stringify([from, to, by, given]));
    expect(new Set(names).size).toBe(names.length);
  });

  it('are taken in a situation that fits', () => {
    const [edge] = EDGES.filter(({ given }) => given?.peerPhase === 'Enforced');
    const fits = { disabled: false, enforced: true, peerPhase: 'Enforced' } as const;
    expect(edge && permits(edge, fits)).toBe(true);
    expect(edge && permits(edge, { ...fits, enforced: false })).toBe(false);
  });
});
