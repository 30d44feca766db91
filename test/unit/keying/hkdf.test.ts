import { describe, expect, it } from 'vitest';
import { deriveKey, hkdf } from '../../../src/keying/hkdf.js';
import { hex, unhex } from '../../keying/compute.js';

/** `length` bytes in ascending order from `first`. */
const run = (first: number, length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => first + index);

/** RFC 5869, appendix A.1 to A.3: the test cases with SHA-256. */
const cases: [string, Uint8Array, Uint8Array, Uint8Array, string][] = [
  [
    'A.1',
    new Uint8Array(22).fill(0x0b),
    run(0, 13),
    run(0xf0, 10),
    '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
  ],
  [
    'A.2',
    run(0, 80),
    run(0x60, 80),
    run(0xb0, 80),
    'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87',
  ],
  [
    'A.3',
    new Uint8Array(22).fill(0x0b),
    new Uint8Array(),
    new Uint8Array(),
    '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
  ],
];

describe('HKDF', () => {
  it.each(cases)('gives the output of RFC 5869 %s', (_, secret, salt, info, output) => {
    expect(hex(hkdf(secret, salt, info, output.length / 2))).toBe(output);
  });
});

describe('the derivation of one key', () => {
  const secret = unhex('00112233445566778899aabbccddeeff');

  it('does not touch the secrets that it is given', () => {
    const before = hex(secret);
    deriveKey([secret], 'probe mac', [], 32);
    expect(hex(secret)).toBe(before);
  });

  it('gives other keys for other labels', () => {
    const labels = ['check value', 'esp aead', 'esp encryption', 'probe mac'] as const;
    const keys = labels.map((label) => hex(deriveKey([secret], label, [], 32)));
    expect(new Set(keys).size).toBe(labels.length);
  });

  it('refuses more bytes than HKDF can give', () => {
    expect(deriveKey([secret], 'esp aead', [], 8160)).toHaveLength(8160);
    expect(() => deriveKey([secret], 'esp aead', [], 8161)).toThrow(
      expect.objectContaining({ reason: 'key-too-long' }),
    );
  });
});
