import type { Phase } from '../keying/index.js';
import type { Pair, Tunnel } from '../pairs/index.js';

/** How far this node is with the key that it prefers: the last line of the key file as it has read it. */
export interface CurrentKey {
  readonly keyID: number;
  /** This node has sent to every peer under it. Once said, it stays so until another line is preferred. */
  readonly isConfirmed: boolean;
  /** Peers that this node encrypts with, or should. */
  readonly peers: number;
  /** Of those, the ones that data goes to under this key: they have answered in its tunnel. */
  readonly confirmed: number;
  /** Names of some that it does not. */
  readonly waitingFor: readonly string[];
}

/** So many peers are named: a record must not grow with the cluster. */
const NAMED = 5;
/** How often the count may change while a rotation goes on, in milliseconds. */
const INTERVAL = 60_000;

/** What {@link currentKey} looks at. */
export interface KeyView {
  readonly pairs: Iterable<Pair>;
  /** The tunnel that a pair's data goes on, by peer. */
  readonly dataTunnels: ReadonlyMap<string, Pick<Tunnel, 'keyID'>>;
  /** Nodes whose records are refused: there may be no pair with them yet. */
  readonly refused: readonly string[];
  readonly hasRecord: (peer: string) => boolean;
  /** Of a peer's last accepted record. */
  readonly phaseOf: (peer: string) => Phase | undefined;
}

/** @param keyID of the last line of the key file */
export function currentKey(keyID: number, view: KeyView): CurrentKey {
  const { pairs, dataTunnels, refused, hasRecord, phaseOf } = view;
  const isOn = new Map(refused.map((peer) => [peer, false]));
  for (const { peer, outClosed } of pairs) {
    // One that is gone takes no key, and one that is disabled needs none.
    if (!hasRecord(peer) || (!outClosed && phaseOf(peer) === 'Disabled')) isOn.delete(peer);
    else isOn.set(peer, outClosed && dataTunnels.get(peer)?.keyID === keyID);
  }
  const waiting = [...isOn].flatMap(([peer, isThere]) => (isThere ? [] : [peer])).sort();
  return {
    keyID,
    isConfirmed: waiting.length === 0,
    peers: isOn.size,
    confirmed: isOn.size - waiting.length,
    waitingFor: waiting.slice(0, NAMED),
  };
}

/**
 * What the record's status says of it. A status is sent to every agent of the cluster, so it is written a
 * few times a rotation, and never because another node came or went: that would be a write of each node.
 */
export class CurrentKeyReport {
  #said: CurrentKey | undefined;
  #saidAt = 0;

  /**
   * @param found undefined while nothing is encrypted
   * @param now milliseconds that never go back
   * @returns what to say
   */
  look(found: CurrentKey | undefined, now: number): CurrentKey | undefined {
    const isNew =
      found?.keyID !== this.#said?.keyID ||
      (this.#said?.isConfirmed === false &&
        (found?.isConfirmed === true || now - this.#saidAt >= INTERVAL));
    if (isNew) {
      this.#said = found;
      this.#saidAt = now;
    }
    return this.#said;
  }
}
