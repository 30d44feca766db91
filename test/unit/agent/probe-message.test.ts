import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isAuthentic,
  NONCE_BYTES,
  packProbe,
  parseProbe,
} from '../../../src/agent/probe-message.js';

const key = randomBytes(32);
const nonce = new Uint8Array(randomBytes(NONCE_BYTES));

describe('a message between agents', () => {
  it.each(['probe', 'answer', 'sending'] as const)('comes back whole: %s', (kind) => {
    const parsed = parseProbe(packProbe(kind, 0xfedc_ba98, nonce, key));
    expect(parsed).toMatchObject({ kind, spi: 0xfedc_ba98, nonce });
    expect(parsed !== undefined && isAuthentic(parsed, key)).toBe(true);
  });

  it('has its fields in network byte order, after a magic number', () => {
    const bytes = Buffer.from(packProbe('sending', 0x3000_0001, nonce, key));
    expect(bytes.subarray(0, 12).toString('hex')).toBe('5044434b0103000030000001');
    expect(bytes.length).toBe(60);
  });

  it('is not authentic under another key, or as another kind', () => {
    const parsed = parseProbe(packProbe('probe', 1, nonce, key));
    if (parsed === undefined) throw new Error('not parsed');
    expect(isAuthentic(parsed, randomBytes(32))).toBe(false);
    expect(isAuthentic({ ...parsed, kind: 'answer' }, key)).toBe(false);
    expect(isAuthentic({ ...parsed, nonce: new Uint8Array(16) }, key)).toBe(false);
  });

  it('is nothing when it is cut short, too long, or foreign', () => {
    const whole = packProbe('probe', 1, nonce, key);
    for (let length = 0; length < whole.length; length += 1) {
      expect(parseProbe(whole.subarray(0, length))).toBeUndefined();
    }
    expect(parseProbe(Buffer.concat([whole, Buffer.alloc(1)]))).toBeUndefined();
    for (const at of [0, 4, 5, 6]) {
      const bad = Uint8Array.from(whole);
      bad[at] = 0xee;
      expect(parseProbe(bad), `byte ${at}`).toBeUndefined();
    }
  });

  it('never throws for bytes that anyone may send', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 55, maxLength: 65 }), (bytes) => {
        parseProbe(bytes);
      }),
    );
  });
});
