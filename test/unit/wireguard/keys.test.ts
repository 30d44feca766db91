import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeKey,
  encodeKey,
  exportWireguardKey,
  generateWireguardKey,
  importWireguardKey,
} from '../../../src/wireguard/index.js';

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('a key pair', () => {
  it('is that of RFC 7748 §6.1', () => {
    const secret = Buffer.from(
      '77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a',
      'hex',
    );
    expect(Buffer.from(importWireguardKey(secret).publicKey).toString('hex')).toBe(
      '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a',
    );
  });

  it('is clamped, so that the kernel gives back what it got', () => {
    fc.assert(
      fc.property(bytes32, (bytes) => {
        const pair = importWireguardKey(bytes);
        const exported = exportWireguardKey(pair);
        expect((exported[0] ?? 0) & 7).toBe(0);
        expect((exported[31] ?? 0) & 0xc0).toBe(0x40);
        const again = importWireguardKey(exported);
        expect(again.privateKey.equals(pair.privateKey)).toBe(true);
        expect(again.publicKey).toEqual(pair.publicKey);
      }),
      { numRuns: 50 },
    );
  });

  it('leaves the bytes that it was made of to their owner, and wipes random ones', () => {
    const mine = new Uint8Array(32).fill(9);
    importWireguardKey(mine);
    expect(mine).toEqual(new Uint8Array(32).fill(9));
    const random = new Uint8Array(32).fill(9);
    generateWireguardKey(() => random);
    expect(random).toEqual(new Uint8Array(32));
  });

  it('differs from the next', () => {
    const [one, other] = [generateWireguardKey(), generateWireguardKey()];
    expect(one.privateKey.equals(other.privateKey)).toBe(false);
  });

  it('shows no private key', () => {
    const pair = importWireguardKey(new Uint8Array(32).fill(0x77));
    const printed = inspect(pair, { depth: null, showHidden: true }) + JSON.stringify(pair);
    expect(printed).not.toMatch(/119,\s*119|7777|d3d3/);
  });

  it('is not made of another number of bytes, and the error quotes none', () => {
    expect(() => importWireguardKey(new Uint8Array(31).fill(0x77))).toThrow(/has 32 bytes/);
    expect(() => importWireguardKey(new Uint8Array(33).fill(0x77))).not.toThrow(/119|77/);
  });
});

describe('the spelling of a key', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(bytes32, (bytes) => {
        expect(encodeKey(bytes)).toHaveLength(44);
        expect(decodeKey(encodeKey(bytes))).toEqual(bytes);
      }),
    );
  });

  it.each([
    ['nothing', ''],
    ['31 bytes', encodeKey(new Uint8Array(31))],
    ['33 bytes', encodeKey(new Uint8Array(33))],
    ['no padding', encodeKey(new Uint8Array(32)).slice(0, -1)],
    ['a line break', `${encodeKey(new Uint8Array(32))}\n`],
    ['bits behind the last byte', `${'A'.repeat(42)}B=`],
    ['base64url', encodeKey(new Uint8Array(32).fill(0xff)).replaceAll('/', '_')],
    ['other characters', ` ${encodeKey(new Uint8Array(32))}`],
  ])('is refused with %s', (_, text) => {
    expect(decodeKey(text)).toBeUndefined();
  });
});
