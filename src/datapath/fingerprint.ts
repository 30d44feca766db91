import { createHash } from 'node:crypto';
import type { Algorithms } from '../netlink/index.js';

/**
 * Names an SA's keys without showing them: SHA-256 in hex over lengths and keys, which are derived ones of
 * 128 bits and more that nobody guesses. The algorithms' names are left out, as each key belongs to one
 * and the kernel answers with a name of its own (`hmac(sha1)` for `sha1`).
 */
export function fingerprintOf({ aead, auth, crypt }: Algorithms): string {
  const hash = createHash('sha256');
  for (const one of [aead, auth, crypt]) {
    if (one === undefined) {
      hash.update('-');
      continue;
    }
    hash.update(`${one.key.length}:`).update(one.key);
  }
  return hash.digest('hex');
}
