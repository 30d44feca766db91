import { createHmac, timingSafeEqual } from 'node:crypto';
import { encodeFields, text } from './encoding.js';

/**
 * What a message between two agents says about an SA. `probe`: can you read this? `answer`: yes, it was
 * this nonce. `sending`: my data travels on this SA now. Bound into the MAC: none passes for another.
 */
export type ProbeKind = 'probe' | 'answer' | 'sending';

/**
 * The MAC of a probe message, 32 bytes: HMAC-SHA-256 (RFC 2104) over the encoded kind and nonce.
 *
 * @param probeKey of the SA that the message is about, 32 bytes
 * @param nonce the prober's, random; an answer repeats it
 */
export function probeMac(probeKey: Uint8Array, kind: ProbeKind, nonce: Uint8Array): Uint8Array {
  const message = encodeFields([text(kind), nonce]);
  return new Uint8Array(createHmac('sha256', probeKey).update(message).digest());
}

/** Compares two MACs in constant time; MACs of other lengths do not hold. */
export function probeMacHolds(expected: Uint8Array, given: Uint8Array): boolean {
  return expected.length === given.length && timingSafeEqual(expected, given);
}
