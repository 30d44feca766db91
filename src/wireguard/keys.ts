import { randomBytes } from 'node:crypto';
import { importEphemeral, wipe } from '../keying/index.js';
import { WIREGUARD_KEY_BYTES, WireguardSecret } from '../netlink/index.js';

/** The X25519 key pair of a device. */
export interface WireguardKeyPair {
  /** 32 bytes, as in RFC 7748. */
  readonly publicKey: Uint8Array;
  /** 32 bytes, clamped, out of sight: neither util.inspect nor JSON shows them. */
  readonly privateKey: WireguardSecret;
}

/**
 * Makes a key pair.
 *
 * @param random gives so many random bytes, which are wiped; for tests
 */
export function generateWireguardKey(
  random: (bytes: number) => Uint8Array = randomBytes,
): WireguardKeyPair {
  const bytes = random(WIREGUARD_KEY_BYTES);
  try {
    return importWireguardKey(bytes);
  } finally {
    wipe(bytes);
  }
}

/**
 * The key pair of a private key from a file. It is clamped (RFC 7748 §5) as the kernel does when it
 * takes one: otherwise what is read back would differ, and be set anew for ever.
 *
 * @param bytes 32 bytes; not wiped: they are the caller's
 * @throws KeyingError `bad-key-bytes` for another length
 */
export function importWireguardKey(bytes: Uint8Array): WireguardKeyPair {
  const { publicKey } = importEphemeral(bytes);
  const clamped = clamp(bytes);
  try {
    return { publicKey, privateKey: new WireguardSecret(clamped) };
  } finally {
    wipe(clamped);
  }
}

/** The private key for a file: 32 bytes, clamped. The caller wipes them. */
export function exportWireguardKey({ privateKey }: WireguardKeyPair): Uint8Array {
  return privateKey.export();
}

/** A key as `wg` spells it: base64 with padding (RFC 4648 §4), 44 characters. */
export function encodeKey(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

/** The 32 bytes of a key in its one spelling; undefined for anything else. */
export function decodeKey(text: string): Uint8Array | undefined {
  // Node's decoder skips what it does not know, so only a round trip tells.
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== WIREGUARD_KEY_BYTES || bytes.toString('base64') !== text) return undefined;
  return Uint8Array.from(bytes);
}

/** A copy with the bits as RFC 7748 §5 has them for X25519 (`curve25519_clamp_secret`). */
function clamp(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[0] = (copy[0] ?? 0) & 0xf8;
  copy[31] = ((copy[31] ?? 0) & 0x7f) | 0x40;
  return copy;
}
