import { originID } from './origin.js';
import type { Origin, Pair } from './state.js';

/**
 * Since when nothing has changed that both ends of a pair must know before old tunnels may go: what is
 * wanted, and on which tunnels either end sends. Not remembered over a restart: it only makes us wait.
 */
export class Steadiness {
  readonly #seen = new Map<string, { readonly text: string; readonly at: number }>();

  /** @returns in the unit of `now`; `now` itself for a pair that is not as it was at the last call */
  since(pair: Pair, wanted: readonly Origin[], now: number): number {
    const { tunnels, sendsOn } = pair;
    const bits = tunnels.map(({ id, confirmed, peerSends, told }) => [
      id,
      confirmed,
      peerSends,
      told,
    ]);
    const text = JSON.stringify([wanted.map(originID), bits, sendsOn]);
    const last = this.#seen.get(pair.peer);
    if (last?.text === text) return last.at;
    this.#seen.set(pair.peer, { text, at: now });
    return now;
  }

  /**
   * The peer has asked on a tunnel: it may move its data there, though we have not seen yet that it wants to. What
   * was answered must not go before we have.
   */
  disturb(peer: string): void {
    this.#seen.delete(peer);
  }
}
