import type { KeyLine } from '../key-lines/index.js';
import { integer, text } from './encoding.js';
import { deriveKey } from './hkdf.js';

/** Bytes of a key's check value. */
export const CHECK_BYTES = 8;

/** Bytes of a MAC and of its key (HMAC with SHA-256, RFC 2104). */
export const MAC_BYTES = 32;

/**
 * All of a key line that keys are made of: form, algorithms, pre-shared keys, and the length of the
 * check value in bits. The views are the line's own bytes: wiping them wipes the line.
 */
export function lineSecrets(line: KeyLine): Uint8Array[] {
  if (line.form === 'aead') {
    const { algorithm, psk } = line.aead;
    return [text(line.form), text(algorithm), psk, integer(line.icvBits)];
  }
  const { authentication, encryption } = line;
  return [
    text(line.form),
    text(authentication.algorithm),
    authentication.psk,
    text(encryption.algorithm),
    encryption.psk,
  ];
}

/** The algorithms of a line as records show them: the one name, or authentication and encryption. */
export function algorithmOf(line: KeyLine): string {
  return line.form === 'aead'
    ? line.aead.algorithm
    : `${line.authentication.algorithm} ${line.encryption.algorithm}`;
}

/**
 * The check value of a line, 8 bytes: the same on all nodes of a cluster that hold the same line, and
 * another when algorithm or key material differ. It tells "same id, other key" from a forged record,
 * and lets an agent notice that a Secret was changed without a new key id. Public, proves nothing.
 */
export function checkValue(line: KeyLine, clusterUID: string): Uint8Array {
  const context = [text(clusterUID), integer(line.keyId)];
  return deriveKey(lineSecrets(line), 'check value', context, CHECK_BYTES);
}

/** The key of a node's record MAC under this line, 32 bytes. */
export function recordMacKey(line: KeyLine, clusterUID: string, nodeName: string): Uint8Array {
  const context = [text(clusterUID), text(nodeName), integer(line.keyId)];
  return deriveKey(lineSecrets(line), 'record mac', context, MAC_BYTES);
}
