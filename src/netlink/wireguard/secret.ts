import { timingSafeEqual } from 'node:crypto';
import type { Reader } from '../wire/reader.js';
import type { Writer } from '../wire/writer.js';

/** WG_KEY_LEN (linux/wireguard.h): bytes of every key of WireGuard. */
export const WIREGUARD_KEY_BYTES = 32;

/**
 * A private or preshared key out of sight: neither util.inspect nor JSON.stringify shows it. Its bytes lie outside
 * V8's heap, where they would be copied about, and are cleared once it is collected. Not a KeyObject, as taking
 * the bytes out of thousands of those took as long as writing all the rest of their peers.
 */
export class WireguardSecret {
  static readonly #dropped = new FinalizationRegistry<Uint8Array>((bytes) => bytes.fill(0));
  readonly #bytes = new Uint8Array(new ArrayBuffer(WIREGUARD_KEY_BYTES));

  /**
   * @param bytes 32 bytes; copied, and not wiped: they are the caller's
   * @throws RangeError for another length
   */
  constructor(bytes: Uint8Array) {
    checkKey(bytes, 'a secret');
    this.#bytes.set(bytes);
    WireguardSecret.#dropped.register(this, this.#bytes);
  }

  /** Takes constant time. */
  equals(other: WireguardSecret): boolean {
    return timingSafeEqual(this.#bytes, other.#bytes);
  }

  /** A copy, outside V8's heap as well, which the caller wipes. */
  export(): Uint8Array {
    const copy = new Uint8Array(new ArrayBuffer(WIREGUARD_KEY_BYTES));
    copy.set(this.#bytes);
    return copy;
  }

  /** Writes its 32 bytes to an offset. */
  writeTo(writer: Writer, at: number): void {
    writer.bytes(at, this.#bytes);
  }
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
): WireguardSecret | undefined {
  reader.check(at, end, WIREGUARD_KEY_BYTES, name);
  const bytes = reader.bytes(at, WIREGUARD_KEY_BYTES);
  const secret = bytes.some((byte) => byte !== 0) ? new WireguardSecret(bytes) : undefined;
  bytes.fill(0);
  return secret;
}

/** Writes an attribute of a key: 32 zeros for none. */
export function writeSecret(writer: Writer, type: number, secret: WireguardSecret | 'none'): void {
  const at = writer.attribute(type, WIREGUARD_KEY_BYTES);
  if (secret !== 'none') secret.writeTo(writer, at);
}

/** @throws RangeError unless there are 32 bytes, which it does not quote */
export function checkKey(bytes: Uint8Array, what: string): void {
  if (bytes.length === WIREGUARD_KEY_BYTES) return;
  throw new RangeError(`${what} of WireGuard has ${WIREGUARD_KEY_BYTES} bytes`);
}
