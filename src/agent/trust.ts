import type { AgentConfig } from './config.js';
import type { Identity } from './identity.js';
import type { KeySource, KeysInUse } from './key-source.js';
import type { Log } from './log.js';
import type { PairTable } from './pair-table.js';
import type { PeerBook } from './peer-book.js';
import type { Surroundings } from './surroundings.js';
import type { Talks } from './talks.js';

export interface TrustOptions {
  readonly book: PeerBook;
  readonly keys: KeySource;
  readonly identity: Identity;
  readonly pairs: PairTable;
  readonly node: Surroundings;
  readonly talks: Talks;
  readonly log: Log;
  /** Milliseconds that never go back. */
  readonly now: () => number;
  /** There is more to do in another round. */
  readonly changed: () => void;
}

/** Which key lines are in use, and which records and tunnels they vouch for. */
export class Trust {
  readonly #options: TrustOptions;

  constructor(options: TrustOptions) {
    this.#options = options;
  }

  /** Reads the key file if it is due, and judges the records that are new. */
  async look(config: AgentConfig, now: number): Promise<void> {
    const { book, keys, node, identity, pairs } = this.#options;
    const { families } = node;
    if (await keys.look(config, this.#keysInUse(), families, now)) {
      book.judgeAllAnew();
      // A pair goes on by what it has, until its peer can prove who it is.
      const keeps = (name: string): boolean => (pairs.get(name)?.tunnels.length ?? 0) > 0;
      if (keys.lines.length > 0) book.forgetOpen(keeps);
    }
    if (keys.lines.length > 0 || identity.openness(config) === 'open') this.#judge();
    keys.complain(config, identity.missingSecret(config));
  }

  #keysInUse(): KeysInUse | undefined {
    const { identity, pairs } = this.#options;
    const { clusterUID, own } = identity;
    if (clusterUID === undefined) return undefined;
    return { clusterUID, checks: own?.checks ?? {}, keyIDs: pairs.keyIDs };
  }

  #judge(): void {
    const { book, keys, identity, pairs, talks, now } = this.#options;
    const { clusterUID } = identity;
    if (clusterUID === undefined) return;
    const lines = keys.lines.length > 0 ? keys.lines : undefined;
    for (const name of book.judge(clusterUID, lines, (peer) => pairs.get(peer)?.mark)) {
      talks.hurry(name);
      pairs.heard(name, now());
    }
  }

  /** What is under a revoked key goes at once, whatever else there is: pairs without another key are shut. */
  revoke(): void {
    const { book, keys, identity, pairs, log, changed } = this.#options;
    const revoked = keys.revokedIDs(identity.own?.checks ?? {});
    if (revoked.size === 0) return;
    book.revoke(revoked);
    const count = pairs.revoke(revoked);
    if (count === 0) return;
    log('warning', 'dropped the tunnels of revoked keys', { ids: [...revoked].join(), count });
    // Their private keys go in the next round.
    changed();
  }
}
