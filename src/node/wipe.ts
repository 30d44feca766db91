import type { Algorithms } from '../netlink/index.js';

/** Overwrites the keys of dumped SAs, which nothing needs once they are hashed, or at all. */
export function wipeKeys(sas: readonly Algorithms[]): void {
  for (const { aead, auth, crypt } of sas) {
    for (const algorithm of [aead, auth, crypt]) algorithm?.key.fill(0);
  }
}
