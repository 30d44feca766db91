import { describe, expect, it } from 'vitest';
import {
  exportPrivateKey,
  generateEphemeral,
  importEphemeral,
  sharedSecret,
  wipe,
} from '../../../src/keying/index.js';
import { agreed, hex, unhex } from '../../keying/compute.js';

/** RFC 7748 §6.1. */
const alice = unhex('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a');
const bob = unhex('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb');

/** RFC 7748 §5.2: scalar, point, result. The second point has its unused highest bit set. */
const products = [
  [
    'a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4',
    'e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c',
    'c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552',
  ],
  [
    '4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d',
    'e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493',
    '95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957',
  ],
] as const;

/** All points of order 1, 2, 4 and 8 on the curve and its twist, in each spelling of 255 bits. */
const smallOrder = [
  `00${'00'.repeat(31)}`,
  `01${'00'.repeat(31)}`,
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
];

describe('an ephemeral key', () => {
  it('has the public key, and agrees on the secret, of RFC 7748 §6.1', () => {
    const [a, b] = [importEphemeral(alice), importEphemeral(bob)];
    expect(hex(a.publicKey)).toBe(
      '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a',
    );
    expect(hex(b.publicKey)).toBe(
      'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f',
    );
    expect(hex(agreed(a, b))).toBe(
      '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742',
    );
  });

  it.each(products)('multiplies as in RFC 7748 §5.2: %s', (scalar, point, product) => {
    const secret = sharedSecret(importEphemeral(unhex(scalar)), unhex(point));
    expect(secret && hex(secret)).toBe(product);
  });

  it('gives the 1000th product of RFC 7748 §5.2', () => {
    let [scalar, point] = [unhex(`09${'00'.repeat(31)}`), unhex(`09${'00'.repeat(31)}`)];
    for (let round = 0; round < 1000; round += 1) {
      const product = sharedSecret(importEphemeral(scalar), point);
      if (product === undefined) throw new Error('a product is all zero');
      [scalar, point] = [product, scalar];
    }
    expect(hex(scalar)).toBe('684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51');
  });

  it.each(smallOrder)('has no secret with the point of small order %s', (point) => {
    expect(sharedSecret(importEphemeral(alice), unhex(point))).toBeUndefined();
    const withHighestBit = unhex(point);
    withHighestBit[31] = (withHighestBit[31] ?? 0) | 0x80;
    expect(sharedSecret(importEphemeral(alice), withHighestBit)).toBeUndefined();
  });

  it('survives the state file', () => {
    const before = generateEphemeral();
    const after = importEphemeral(exportPrivateKey(before));
    expect(after.publicKey).toEqual(before.publicKey);
    expect(hex(exportPrivateKey(after))).toBe(hex(exportPrivateKey(before)));
  });

  it('is another one each time', () => {
    expect(generateEphemeral().publicKey).not.toEqual(generateEphemeral().publicKey);
  });

  it('leaves nothing in the buffer that its randomness came in', () => {
    const bytes = Uint8Array.from(alice);
    const key = generateEphemeral((size) => bytes.subarray(0, size));
    expect(hex(bytes)).toBe('00'.repeat(32));
    expect(hex(exportPrivateKey(key))).toBe(hex(alice));
  });

  it('leaves the bytes of an import to its caller', () => {
    const bytes = Uint8Array.from(alice);
    importEphemeral(bytes);
    expect(hex(bytes)).toBe(hex(alice));
  });

  it.each([0, 31, 33])('is not made of %i bytes', (length) => {
    const refusal = expect.objectContaining({ reason: 'bad-key-bytes' });
    expect(() => importEphemeral(new Uint8Array(length).fill(7))).toThrow(refusal);
    expect(() => sharedSecret(importEphemeral(alice), new Uint8Array(length))).toThrow(refusal);
  });
});

describe('wiping', () => {
  it('zeroes each buffer in place', () => {
    const buffers = [Uint8Array.of(1, 2, 3), Uint8Array.of(4)];
    wipe(...buffers);
    expect(buffers).toEqual([new Uint8Array(3), new Uint8Array(1)]);
  });
});
