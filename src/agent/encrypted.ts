import type { Phase } from '../keying/index.js';
import type { Pair } from '../pairs/index.js';

/** What {@link EncryptedReport} looks at. */
export interface EncryptedView {
  /** Of this node's record, as it was written last. */
  readonly phase: Phase | undefined;
  readonly pairs: Iterable<Pick<Pair, 'peer' | 'outClosed' | 'inClosed'>>;
  /** Nodes whose records are refused: there may be no pair with them yet. */
  readonly refused: readonly string[];
  readonly hasRecord: (peer: string) => boolean;
  /** Of a peer's last accepted record. */
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

function isEncrypted({ pairs, refused, hasRecord, phaseOf }: EncryptedView): boolean {
  const open = new Set(refused);
  for (const { peer, outClosed, inClosed } of pairs) {
    // Neither is waited for: one that is gone, and one that is disabled, whose own record says so.
    const isLeftOut = !hasRecord(peer) || (!outClosed && phaseOf(peer) === 'Disabled');
    if (isLeftOut || (outClosed && inClosed)) open.delete(peer);
    else open.add(peer);
  }
  return open.size === 0;
}
