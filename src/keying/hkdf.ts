import { createHash, hkdfSync } from 'node:crypto';
import { encodeFields, text } from './encoding.js';
import { KeyingError } from './keying-error.js';

/** Version of the derivation: part of every key. Records have versions of their own. */
export const PROTOCOL_VERSION = 1;

/** What a derived key is for. No two uses share a label, so none can stand in for another. */
export type Label =
  | 'check value'
  | 'esp aead'
  | 'esp authentication'
  | 'esp encryption'
  | 'open probe mac'
  | 'probe mac'
  | 'record mac'
  | 'wireguard psk';

const SALT = text(`podcloak/${PROTOCOL_VERSION}`);

/** The most that HKDF with SHA-256 gives out, in bytes (RFC 5869 §2.3). */
const LONGEST = 255 * 32;

/** HKDF with SHA-256 (RFC 5869), extract and expand. `length` is in bytes, up to 8160. */
export function hkdf(
  secret: Uint8Array,
  salt: Uint8Array,
  info: Uint8Array,
  length: number,
): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, salt, info, length));
}

/**
 * Derives one key, as docs/keying.md writes it down: the secrets are the input key material, label and
 * context the info. The context goes in as its SHA-256, as Node takes 1024 bytes of info at most and
 * two long names fill those.
 *
 * @param length bytes
 * @throws KeyingError `key-too-long` for more than 8160 bytes
 */
export function deriveKey(
  secrets: readonly Uint8Array[],
  label: Label,
  context: readonly Uint8Array[],
  length: number,
): Uint8Array {
  if (length > LONGEST) throw new KeyingError('key-too-long', `a key has at most ${LONGEST} bytes`);
  const material = encodeFields(secrets);
  try {
    return hkdf(material, SALT, encodeFields([text(label), sha256(encodeFields(context))]), length);
  } finally {
    material.fill(0);
  }
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}
