import type { KeyLine } from './key-line.js';

/** What a key line can be made for, by the name that people give it. Lengths in bytes. */
const RECIPES = {
  /** AES-128-GCM: 16 bytes of key and 4 of salt (RFC 4106 §8.1). */
  'rfc4106-gcm-aes': { aead: 'rfc4106(gcm(aes))', bytes: 20, icvBits: 128 },
  /** AES-256-GCM: 32 bytes of key and 4 of salt. */
  'gcm-256': { aead: 'rfc4106(gcm(aes))', bytes: 36, icvBits: 128 },
  /** AES-256-CBC; the authentication key is as long as the hash (RFC 4868 §2.1.1). */
  'cbc-aes-sha256': { authentication: 'hmac(sha256)', authenticationBytes: 32 },
  'cbc-aes-sha512': { authentication: 'hmac(sha512)', authenticationBytes: 64 },
  /** 32 bytes of key and 4 of salt (RFC 7634 §2). */
  'chacha20-poly1305': { aead: 'rfc7539esp(chacha20,poly1305)', bytes: 36, icvBits: 128 },
} as const;

/** The names of {@link newKeyLine}; those of Cilium's `create-key`, `gcm-256` and `chacha20-poly1305`. */
export type KeyAlgorithm = keyof typeof RECIPES;

export const KEY_ALGORITHMS = Object.keys(RECIPES) as readonly KeyAlgorithm[];

/**
 * A key line with fresh keys, in the format that `parseKeyLines` reads, without a line end. Always with
 * a plus sign: a key shared by all tunnels is unsafe (GHSA-pwqm-x5x6-5586).
 *
 * @param keyId 1–15
 * @param random gives so many random bytes from a cryptographic source
 */
export function newKeyLine(
  keyId: number,
  algorithm: KeyAlgorithm,
  random: (bytes: number) => Buffer,
): string {
  const hex = (bytes: number): string => random(bytes).toString('hex');
  const recipe = RECIPES[algorithm];
  const fields =
    'aead' in recipe
      ? [recipe.aead, hex(recipe.bytes), recipe.icvBits]
      : [recipe.authentication, hex(recipe.authenticationBytes), 'cbc(aes)', hex(32)];
  return [`${keyId}+`, ...fields].join(' ');
}

/** The name under which a line like this one is made; undefined where there is none. */
export function keyAlgorithmOf(line: KeyLine): KeyAlgorithm | undefined {
  return KEY_ALGORITHMS.find((name) => {
    const recipe = RECIPES[name];
    if ('aead' in recipe) {
      if (line.form !== 'aead' || line.icvBits !== recipe.icvBits) return false;
      return line.aead.algorithm === recipe.aead && line.aead.psk.length === recipe.bytes;
    }
    if (line.form === 'aead') return false;
    const { authentication, encryption } = line;
    return (
      authentication.algorithm === recipe.authentication &&
      authentication.psk.length === recipe.authenticationBytes &&
      encryption.algorithm === 'cbc(aes)' &&
      encryption.psk.length === 32
    );
  });
}
