import { describe, expect, it } from 'vitest';
import { probeMac, probeMacHolds } from '../../../src/keying/index.js';

const key = new Uint8Array(32).fill(1);
const nonce = Uint8Array.of(1, 2, 3, 4);

describe('the MAC of a probe', () => {
  it('holds for itself and for no other length', () => {
    const mac = probeMac(key, 'probe', nonce);
    expect(probeMacHolds(mac, Uint8Array.from(mac))).toBe(true);
    expect(probeMacHolds(mac, mac.subarray(1))).toBe(false);
    expect(probeMacHolds(mac, new Uint8Array())).toBe(false);
  });

  it('is another one for another kind, nonce or key, so that a reflected probe is no answer', () => {
    const mac = probeMac(key, 'probe', nonce);
    const others = [
      probeMac(key, 'answer', nonce),
      probeMac(key, 'sending', nonce),
      probeMac(key, 'probe', Uint8Array.of(1, 2, 3)),
      probeMac(new Uint8Array(32).fill(2), 'probe', nonce),
    ];
    expect(others.map((other) => probeMacHolds(mac, other))).toEqual([false, false, false, false]);
  });
});
