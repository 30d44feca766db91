import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFields, integer, text } from '../../src/keying/encoding.js';
import { packSpi, peerOfReqid, reqidOf, unpackSpi } from '../../src/keying/index.js';

const bytes = fc.uint8Array({ maxLength: 40 });

/** Reads an encoding back. That this is possible at all is what makes the encoding injective. */
function decodeFields(encoded: Uint8Array): Uint8Array[] {
  const view = new DataView(encoded.buffer, encoded.byteOffset);
  const fields: Uint8Array[] = [];
  for (let offset = 0; offset < encoded.length; ) {
    const start = offset + 4;
    offset = start + view.getUint32(offset);
    fields.push(encoded.slice(start, offset));
  }
  return fields;
}

describe('the canonical encoding', () => {
  it('can be read back, so no two lists share one', () => {
    fc.assert(
      fc.property(fc.array(bytes), (fields) => {
        expect(decodeFields(encodeFields(fields))).toEqual(fields);
      }),
    );
  });

  it('tells apart lists whose bytes are the same in a row', () => {
    fc.assert(
      fc.property(bytes, fc.nat(40), fc.nat(40), (all, one, other) => {
        const split = (at: number): Uint8Array[] => [all.subarray(0, at), all.subarray(at)];
        const cuts = [one, other].map((at) => Math.min(at, all.length));
        const [first, second] = cuts.map((at) => Buffer.from(encodeFields(split(at))));
        expect(first?.equals(second ?? Buffer.alloc(0))).toBe(cuts[0] === cuts[1]);
      }),
    );
  });

  it('keeps texts and integers apart from all others of their kind', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.maxSafeNat(), (word, number) => {
        expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(text(word))).toBe(word);
        expect(Number(new DataView(integer(number).buffer).getBigUint64(0))).toBe(number);
      }),
    );
  });
});

const parts = fc.record({
  keyId: fc.integer({ min: 1, max: 15 }),
  lane: fc.integer({ min: 0, max: 7 }),
  generation: fc.integer({ min: 0, max: 31 }),
  nodeNumber: fc.integer({ min: 1, max: 2 ** 20 - 1 }),
});

describe('SPIs', () => {
  it('hold their parts, fit 32 bits and are never of the reserved 0 to 255', () => {
    fc.assert(
      fc.property(parts, (some) => {
        const spi = packSpi(some);
        expect(spi).toBeGreaterThan(255);
        expect(spi).toBeLessThan(2 ** 32);
        expect(unpackSpi(spi)).toEqual(some);
      }),
    );
  });

  it('are nothing else: whatever unpacks packs to itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (number) => {
        const some = unpackSpi(number);
        expect(
          some === undefined ? number < 2 ** 28 || number % 2 ** 20 === 0 : packSpi(some),
        ).toBe(some === undefined ? true : number);
      }),
    );
  });
});

describe('request ids', () => {
  it('name the peer, so no two peers of a node share one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 20 - 1 }), (number) => {
        expect(peerOfReqid(reqidOf(number))).toBe(number);
      }),
    );
  });
});
