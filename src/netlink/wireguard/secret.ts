import { createSecretKey, type KeyObject } from 'node:crypto';
import type { Reader } from '../wire/reader.js';
import type { Writer } from '../wire/writer.js';

/** WG_KEY_LEN (linux/wireguard.h): bytes of every key of WireGuard. */
export const WIREGUARD_KEY_BYTES = 32;

/**
 * A private or preshared key out of sight: its bytes are in OpenSSL's memory, and neither
 * util.inspect nor JSON.stringify shows them. Compare by `equals`, which takes constant time.
 *
 * @param bytes 32 bytes; copied, and not wiped: they are the caller's
 * @throws RangeError for another length
 */
export function wireguardSecret(bytes: Uint8Array): KeyObject {
  checkKey(bytes, 'a secret');
  return createSecretKey(bytes);
}

/**
 * Reads a key of 32 bytes between an attribute's ends; undefined where the kernel says none, by 32 zeros.
 *
 * @throws NetlinkParseError
 */
export function readSecret(
  reader: Reader,
  at: number,
  end: number,
  name: string,
): KeyObject | undefined {
  reader.check(at, end, WIREGUARD_KEY_BYTES, name);
  const bytes = reader.bytes(at, WIREGUARD_KEY_BYTES);
  const secret = bytes.some((byte) => byte !== 0) ? createSecretKey(bytes) : undefined;
  bytes.fill(0);
  return secret;
}

/** Writes an attribute of a key: 32 zeros for none. @throws RangeError unless it has 32 bytes */
export function writeSecret(writer: Writer, type: number, secret: KeyObject | 'none'): void {
  const at = writer.attribute(type, WIREGUARD_KEY_BYTES);
  if (secret === 'none') return;
  const bytes = secret.export();
  try {
    checkKey(bytes, 'a secret');
    writer.bytes(at, bytes);
  } finally {
    bytes.fill(0);
  }
}

/** @throws RangeError unless there are 32 bytes, which it does not quote */
export function checkKey(bytes: Uint8Array, what: string): void {
  if (bytes.length === WIREGUARD_KEY_BYTES) return;
  throw new RangeError(`${what} of WireGuard has ${WIREGUARD_KEY_BYTES} bytes`);
}
