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
  readonly pairs: Iterable<Pair>;
  /** The tunnel that a pair's data goes on, by peer. */
  readonly dataTunnels: ReadonlyMap<string, Pick<Tunnel, 'keyID' | 'origin'>>;
  /** Nodes whose records are refused: there may be no pair with them yet. */
  readonly refused: readonly string[];
  readonly hasRecord: (peer: string) => boolean;
  /** Of a peer's last accepted record. */
  readonly phaseOf: (peer: string) => Phase | undefined;
}

/**
 * @param keyID of the last line of the key file
 * @param type how the configuration wants it used: a tunnel of the other one is under another key
 */
export function currentKey(keyID: number, type: EncryptionType, view: KeyView): CurrentKey {
  const { pairs, dataTunnels, refused, hasRecord, phaseOf } = view;
  const isUnderKey = (peer: string): boolean => {
    const tunnel = dataTunnels.get(peer);
    return tunnel?.keyID === keyID && typeOf(tunnel) === type;
  };
  const isOn = new Map(refused.map((peer) => [peer, false]));
  for (const { peer, outClosed } of pairs) {
    // One that is gone takes no key, and one that is disabled needs none.
    if (!hasRecord(peer) || (!outClosed && phaseOf(peer) === 'Disabled')) isOn.delete(peer);
    else isOn.set(peer, outClosed && isUnderKey(peer));
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
