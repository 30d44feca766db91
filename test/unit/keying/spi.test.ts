import { describe, expect, it } from 'vitest';
import {
  MAX_NODE_NUMBER,
  OWNER_MARK,
  packSpi,
  pairGeneration,
  peerOfReqid,
  reqidOf,
  unpackSpi,
} from '../../../src/keying/index.js';

const least = { keyId: 1, lane: 0, generation: 0, nodeNumber: 1 };
const refusal = expect.objectContaining({ reason: 'bad-integer' });

describe('an SPI', () => {
  it('has key id, lane, generation and node number from the top down', () => {
    expect(packSpi(least)).toBe(0x1000_0001);
    expect(packSpi({ keyId: 15, lane: 7, generation: 31, nodeNumber: MAX_NODE_NUMBER })).toBe(
      0xffff_ffff,
    );
    expect(packSpi({ keyId: 3, lane: 1, generation: 2, nodeNumber: 0xabcde })).toBe(0x322a_bcde);
  });

  it.each([
    ['keyId', 0],
    ['keyId', 16],
    ['lane', -1],
    ['lane', 8],
    ['generation', -1],
    ['generation', 32],
    ['nodeNumber', 0],
    ['nodeNumber', 2 ** 20],
    ['nodeNumber', 1.5],
    ['lane', Number.NaN],
  ])('is not made with %s %d', (part, value) => {
    expect(() => packSpi({ ...least, [part]: value })).toThrow(refusal);
  });

  it.each([0, 255, 256, 0x0fff_ffff, 0x1000_0000, -1, 2 ** 32, 0.5, Number.NaN])(
    'is never %d',
    (number) => {
      expect(unpackSpi(number)).toBeUndefined();
    },
  );
});

describe('the generation of a pair', () => {
  it('is the same from both sides, and changes when either node takes a step', () => {
    expect(pairGeneration(31, 3)).toBe(2);
    expect(pairGeneration(3, 31)).toBe(2);
    expect(pairGeneration(4, 31)).toBe(3);
    expect(pairGeneration(3, 0)).toBe(3);
  });

  it('refuses what is none', () => {
    expect(() => pairGeneration(32, 0)).toThrow(refusal);
    expect(() => pairGeneration(0, -1)).toThrow(refusal);
  });
});

describe('a request id', () => {
  it('lies in a range of its own, above what people and other programs take', () => {
    expect(reqidOf(1)).toBe(0x50c0_0001);
    expect(reqidOf(MAX_NODE_NUMBER)).toBe(0x50cf_ffff);
    for (const foreign of [0, 1, 42, 0x3fff, 0x4000, 0x50c0_0000, 0x50d0_0000, 0.5]) {
      expect(peerOfReqid(foreign)).toBeUndefined();
    }
  });

  it('is made of a node number', () => {
    expect(() => reqidOf(0)).toThrow(refusal);
    expect(() => reqidOf(2 ** 20)).toThrow(refusal);
  });
});

describe('the owner mark', () => {
  it('is an unsigned 32-bit number that is no user id in use', () => {
    expect(OWNER_MARK).toBeGreaterThanOrEqual(2 ** 31);
    expect(OWNER_MARK).toBeLessThan(2 ** 32 - 2);
    expect(Number.isInteger(OWNER_MARK)).toBe(true);
  });
});
