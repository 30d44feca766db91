import type { Phase } from '../keying/index.js';
import type { Pair } from '../pairs/index.js';

/** What {@link EncryptedReport} looks at. */
export interface EncryptedView {
  /** Of this node's record, as it was written last; undefined while encryption is off, too. */
  readonly phase: Phase | undefined;
  /** Who has a record, believed or not: one that is not believed yet, or never, may have no pair. */
  readonly peers: Iterable<string>;
  readonly pairs: Iterable<Pick<Pair, 'peer' | 'outClosed' | 'inClosed' | 'tunnels'>>;
  /** Of a peer's record, if it is believed. */
  readonly phaseOf: (peer: string) => Phase | undefined;
}

/**
 * What the record's status says of whether anything readable still goes to a peer or comes from one. The phase does
 * not: it is `Enforced` from the first tunnel that answers, for the peers' sake. Once said, it stays so until
 * encryption is off: for each node that comes, a write of each other one would be too many. It says it itself.
 */
export class EncryptedReport {
  #said = false;

  look(view: EncryptedView): boolean {
    this.#said = view.phase === 'Enforced' && (this.#said || isEncrypted(view));
    return this.#said;
  }
}

function isEncrypted({ peers, pairs, phaseOf }: EncryptedView): boolean {
  const byPeer = new Map([...pairs].map((pair) => [pair.peer, pair]));
  return [...peers].every((peer) => {
    const pair = byPeer.get(peer);
    // A pair that is blocked from the start, after a reboot, proves nothing of what the peer sends.
    const isProven = pair?.tunnels.some(({ peerSends }) => peerSends) === true;
    if (pair?.outClosed === true) return pair.inClosed && isProven;
    // One that is disabled says so in its own record.
    return phaseOf(peer) === 'Disabled';
  });
}
