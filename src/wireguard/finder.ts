import type { WireguardPeer } from '../netlink/index.js';
import { textOfKey } from './desired.js';

/**
 * Finds each peer of a device once by its key: mostly at once, as the kernel lists peers in the order in
 * which they were made.
 */
export class Finder {
  readonly #peers: readonly WireguardPeer[];
  readonly #taken: boolean[];
  /** Places of all; made when one is not in its place. */
  #places: ReadonlyMap<string, number> | undefined;

  constructor(peers: readonly WireguardPeer[]) {
    this.#peers = peers;
    this.#taken = new Array<boolean>(peers.length).fill(false);
  }

  /**
   * @param place where it may be
   * @returns undefined when there is none of that key, or it was taken before
   */
  take(publicKey: Uint8Array, place: number): WireguardPeer | undefined {
    if (this.#peers.length === 0) return undefined;
    const inPlace = this.#peers[place];
    const isThere = inPlace !== undefined && Buffer.compare(inPlace.publicKey, publicKey) === 0;
    const found = isThere ? place : this.#search(publicKey);
    if (found === undefined || this.#taken[found]) return undefined;
    this.#taken[found] = true;
    return this.#peers[found];
  }

  /** Those that nobody took. */
  left(): WireguardPeer[] {
    return this.#peers.filter((_, place) => !this.#taken[place]);
  }

  #search(publicKey: Uint8Array): number | undefined {
    this.#places ??= new Map(this.#peers.map((one, place) => [textOfKey(one.publicKey), place]));
    return this.#places.get(textOfKey(publicKey));
  }
}
