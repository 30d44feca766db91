import { isIPv4, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  covers,
  formatPrefix,
  hasHostBits,
  networkOf,
  type Prefix,
  parsePrefix,
  uncovered,
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

describe('what others leave of a prefix', () => {
  /** Of few bits, so that some lie in others; the address is any of them. */
  const small = fc.record({
    family: fc.constant(4 as const),
    address: fc.nat({ max: 255 }).map((last) => Uint8Array.of(10, 0, 0, last)),
    length: fc.integer({ min: 24, max: 32 }),
  });
  const all = Array.from({ length: 256 }, (_, last) => Uint8Array.of(10, 0, 0, last));

  it('holds each address that no other holds, once, and no other address', () => {
    fc.assert(
      fc.property(small, fc.array(small, { maxLength: 6 }), (one, others) => {
        const left = uncovered(one, others);
        for (const address of all) {
          const isOpen = covers(one, address) && !others.some((other) => covers(other, address));
          expect(left.filter((each) => covers(each, address))).toHaveLength(isOpen ? 1 : 0);
        }
      }),
    );
  });

  it('is all of it where the others are of another family, and nothing where one is the same', () => {
    fc.assert(
      fc.property(prefix, prefix, (one, other) => {
        expect(uncovered(one, [one, other])).toEqual([]);
        if (one.family !== other.family) expect(uncovered(one, [other])).toEqual([networkOf(one)]);
      }),
    );
  });

  it('is said in the fewest prefixes, also in IPv6', () => {
    const left = (text: string, ...others: string[]) => {
      const one = parsePrefix(text);
      if (one === undefined) throw new Error(text);
      return uncovered(
        one,
        others.flatMap((other) => parsePrefix(other) ?? []),
      ).map(formatPrefix);
    };
    expect(left('10.0.0.0/8', '10.0.0.0/10', '10.64.0.0/10')).toEqual(['10.128.0.0/9']);
    expect(left('fd00::/48', 'fd00:0:0:8000::/50')).toEqual(['fd00::/49', 'fd00:0:0:c000::/50']);
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
