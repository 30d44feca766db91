import type { EncryptionType, Phase } from '../keying/index.js';
import type { Pair, Tunnel } from '../pairs/index.js';

/** How far this node is with the key that it prefers: the last line of the key file as it has read it. */
export interface CurrentKey {
  readonly keyID: number;
  /** This node has sent to every peer under it. Once said, it stays so until another line or type is preferred. */
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
  /** Who has a record, believed or not: one that is not believed yet, or never, may have no pair. */
  readonly peers: Iterable<string>;
  readonly pairs: Iterable<Pair>;
  /** The tunnel that a pair's data goes on, by peer. */
  readonly dataTunnels: ReadonlyMap<string, Pick<Tunnel, 'keyID' | 'origin'>>;
  /** Of a peer's record, if it is believed. */
  readonly phaseOf: (peer: string) => Phase | undefined;
}

/**
 * @param keyID of the last line of the key file
 * @param type how the configuration wants it used: a tunnel of the other one is under another key
 */
export function currentKey(keyID: number, type: EncryptionType, view: KeyView): CurrentKey {
  const { peers, pairs, dataTunnels, phaseOf } = view;
  const isUnderKey = (peer: string): boolean => {
    const tunnel = dataTunnels.get(peer);
    return tunnel?.keyID === keyID && typeOf(tunnel) === type;
  };
  const closed = new Set([...pairs].flatMap(({ peer, outClosed }) => (outClosed ? [peer] : [])));
  // One that is disabled needs no key.
  const counted = [...peers].filter((peer) => closed.has(peer) || phaseOf(peer) !== 'Disabled');
  const waiting = counted.filter((peer) => !(closed.has(peer) && isUnderKey(peer))).sort();
  return {
    keyID,
    isConfirmed: waiting.length === 0,
    peers: counted.length,
    confirmed: counted.length - waiting.length,
    waitingFor: waiting.slice(0, NAMED),
  };
}

function typeOf({ origin }: Pick<Tunnel, 'origin'>): EncryptionType {
  return origin?.devices === undefined ? 'ipsec' : 'wireguard';
}

/**
 * What the record's status says of it. A status is sent to every agent of the cluster, so it is written a
 * few times a rotation, and never because another node came or went: that would be a write of each node.
 */
export class CurrentKeyReport {
  #said: CurrentKey | undefined;
  #type: EncryptionType | undefined;
  #saidAt = 0;

  /**
   * @param found undefined while nothing is encrypted
   * @param type how the configuration wants its key used
   * @param now milliseconds that never go back
   * @returns what to say
   */
  look(found: CurrentKey | undefined, type: EncryptionType, now: number): CurrentKey | undefined {
    const isNew =
      found?.keyID !== this.#said?.keyID ||
      type !== this.#type ||
      (this.#said?.isConfirmed === false &&
        (found?.isConfirmed === true || now - this.#saidAt >= INTERVAL));
    if (isNew) {
      this.#said = found;
      this.#type = type;
      this.#saidAt = now;
    }
    return this.#said;
  }
}
