import {
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { KeyingError } from './keying-error.js';

/** Bytes of X25519's private keys, public keys and shared secrets (RFC 7748 §5). */
export const X25519_BYTES = 32;

/** What stands in front of the 32 bytes in PKCS #8 and SubjectPublicKeyInfo (RFC 8410 §4, §7). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b656e04220420', 'hex');
const SPKI_HEAD = Buffer.from('302a300506032b656e032100', 'hex');

/** Every private key is a multiple of 8 once it is clamped, so that they all tell the same points. */
const ANY_PRIVATE_KEY = new Uint8Array(X25519_BYTES).fill(1);

/** A node's X25519 key pair for one key id. */
export interface EphemeralKey {
  /** 32 bytes, little-endian as in RFC 7748. */
  readonly publicKey: Uint8Array;
  /**
   * OpenSSL's copy, outside JavaScript's heap, cleared when it is freed. That happens when the last
   * reference is gone *and* the garbage collector has run: drop the pair, then collect.
   */
  readonly privateKey: KeyObject;
}

/**
 * Makes a key pair.
 *
 * @param random gives so many random bytes, which are wiped; for tests
 */
export function generateEphemeral(
  random: (bytes: number) => Uint8Array = randomBytes,
): EphemeralKey {
  const bytes = random(X25519_BYTES);
  try {
    return importEphemeral(bytes);
  } finally {
    wipe(bytes);
  }
}

/**
 * The key pair of a private key from the state file.
 *
 * @param bytes 32 bytes, any (X25519 clamps on use); not wiped: it is the caller's
 * @throws KeyingError `bad-key-bytes` for another length
 */
export function importEphemeral(bytes: Uint8Array): EphemeralKey {
  checkLength(bytes, 'private key');
  const der = Buffer.concat([PKCS8_HEAD, bytes]);
  try {
    const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
    return { publicKey: Uint8Array.from(spki.subarray(SPKI_HEAD.length)), privateKey };
  } finally {
    wipe(der);
  }
}

/** The private key for the state file, 32 bytes. The caller wipes them. */
export function exportPrivateKey({ privateKey }: EphemeralKey): Uint8Array {
  const der = privateKey.export({ format: 'der', type: 'pkcs8' });
  const bytes = secretCopy(der.subarray(PKCS8_HEAD.length));
  wipe(der);
  return bytes;
}

/**
 * The shared secret of two nodes, 32 bytes, the same on both (RFC 7748 §6.1). The caller wipes it.
 *
 * @returns undefined when it is all zero: the peer's public key is a point of small order, with which
 * anyone can compute the secret. Such a peer cannot be talked to.
 * @throws KeyingError `bad-key-bytes` for a public key that has not 32 bytes
 */
export function sharedSecret(own: EphemeralKey, peer: Uint8Array): Uint8Array | undefined {
  checkLength(peer, 'public key');
  const der = Buffer.concat([SPKI_HEAD, peer]);
  const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' });
  let secret: Buffer;
  try {
    secret = diffieHellman({ privateKey: own.privateKey, publicKey });
  } catch {
    // Any 32 bytes are a public key; OpenSSL fails for one reason only, the all-zero result.
    return undefined;
  }
  const bytes = secretCopy(secret);
  wipe(secret);
  return isAllZero(bytes) ? undefined : bytes;
}

/**
 * Whether a public key is a point of small order: X25519 with it gives zero, whatever the private key, so
 * that anyone knows the secret.
 *
 * @throws KeyingError `bad-key-bytes` for one that has not 32 bytes
 */
export function isSmallOrder(publicKey: Uint8Array): boolean {
  return sharedSecret(importEphemeral(ANY_PRIVATE_KEY), publicKey) === undefined;
}

/** Overwrites bytes with zero. Copies that others made of them stay. */
export function wipe(...secrets: readonly Uint8Array[]): void {
  for (const bytes of secrets) bytes.fill(0);
}

/**
 * A copy that the garbage collector does not copy in turn: V8 moves typed arrays of up to 64 bytes about
 * its heap, unless their ArrayBuffer was there first.
 */
function secretCopy(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(new ArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}

/** For a library that leaves the check to its callers, as RFC 7748 allows. */
function isAllZero(bytes: Uint8Array): boolean {
  return timingSafeEqual(bytes, new Uint8Array(bytes.length));
}

function checkLength(bytes: Uint8Array, what: string): void {
  if (bytes.length === X25519_BYTES) return;
  throw new KeyingError('bad-key-bytes', `an X25519 ${what} has ${X25519_BYTES} bytes`);
}
