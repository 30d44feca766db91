import { isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatPrefix,
  hasHostBits,
  networkOf,
  type Prefix,
  parsePrefix,
} from '../../src/net/index.js';

const bytes = (count: number) => fc.uint8Array({ minLength: count, maxLength: count });
const prefix: fc.Arbitrary<Prefix> = fc.oneof(
  fc.record({ family: fc.constant(4), address: bytes(4), length: fc.integer({ min: 0, max: 32 }) }),
  fc.record({
    family: fc.constant(6),
    // Runs of zero are what the text form shortens.
    address: fc.oneof(
      bytes(16),
      bytes(16).map((all) => all.map((byte) => (byte < 200 ? 0 : byte))),
    ),
    length: fc.integer({ min: 0, max: 128 }),
  }),
);

describe('any prefix', () => {
  it('reads back as itself from its text', () => {
    fc.assert(
      fc.property(prefix, (one) => {
        expect(parsePrefix(formatPrefix(one))).toEqual(one);
      }),
    );
  });

  it('has a network without host bits, which is its own network and the same before the length', () => {
    fc.assert(
      fc.property(prefix, (one) => {
        const network = networkOf(one);
        expect(hasHostBits(network)).toBe(false);
        expect(networkOf(network)).toEqual(network);
        expect(bitsOf(network)).toBe(
          bitsOf(one)
            .slice(0, one.length)
            .padEnd(one.address.length * 8, '0'),
        );
        expect(hasHostBits(one)).toBe(bitsOf(network) !== bitsOf(one));
      }),
    );
  });
});

describe('any text', () => {
  const address = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.string({ unit: fc.constantFrom(...'01259afFx:.:.%'), maxLength: 20 }),
    // An address with one character changed.
    fc
      .tuple(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat(), fc.constantFrom(...'01a:.:.%', ''))
      .map(([text, at, character]) => {
        const index = at % (text.length + 1);
        return text.slice(0, index) + character + text.slice(index + 1);
      }),
  );

  it('is an address for us where it is one for Node, but for zones', () => {
    fc.assert(
      fc.property(address, (text) => {
        const isV4 = isIPv4(text);
        const isV6 = isIPv6(text) && !text.includes('%');
        expect(parsePrefix(`${text}/32`)?.family).toBe(isV4 ? 4 : isV6 ? 6 : undefined);
      }),
      { numRuns: 2000 },
    );
  });
});

function bitsOf({ address }: Prefix): string {
  return [...address].map((byte) => byte.toString(2).padStart(8, '0')).join('');
}
