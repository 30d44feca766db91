import { type AuthenticRecord, isAcceptable, markOf } from '../../../src/keying/index.js';
import {
  claimedPair,
  freeReqid,
  mayBeEncrypted,
  newPair,
  type Origin,
  type OwnEnd,
  orphansOf,
  type Pair,
  wantedOrigins,
  withRecord,
} from '../../../src/pairs/index.js';

/** The records that a model node has accepted since its agent was started, and the pairs that they make. */
export class ModelBook {
  /** Whether the API server has told it all. */
  isListed = false;
  readonly #accepted = new Map<string, AuthenticRecord>();
  readonly #met = new Map<string, AuthenticRecord>();
  readonly #origins = new WeakMap<AuthenticRecord, { text: string; origins: Origin[] }>();
  #isFirst = true;

  get(peer: string): AuthenticRecord | undefined {
    return this.#accepted.get(peer);
  }

  /** A record has come, perhaps an old one. @returns whether it is accepted */
  see(peer: AuthenticRecord, pair: Pair | undefined): boolean {
    const name = peer.owner.nodeName;
    const last = this.#accepted.get(name);
    const mark = last === undefined ? pair?.mark : markOf(last);
    if (!isAcceptable(mark, peer, peer.record.nodeUID).accepted) return false;
    this.#accepted.set(name, peer);
    return true;
  }

  /** As `#meetPeers` of src/agent/agent.ts; records that have not changed are left out. */
  meet(pairs: Map<string, Pair>, lostMemoryAt: number | undefined, isEnabled: boolean): void {
    for (const [name, peer] of this.#accepted) {
      const known = pairs.get(name);
      if (known !== undefined && this.#met.get(name) === peer) continue;
      this.#met.set(name, peer);
      if (known !== undefined) {
        pairs.set(name, withRecord(known, peer));
        continue;
      }
      const { phase, epoch, nodeNumber } = peer.record;
      const isClosed =
        lostMemoryAt !== undefined &&
        mayBeEncrypted(peer.record) &&
        (this.#isFirst || epoch < lostMemoryAt);
      const [orphan, ...others] = orphansOf(pairs.values(), peer);
      if (orphan !== undefined) {
        for (const one of [orphan, ...others]) pairs.delete(one.peer);
        pairs.set(name, claimedPair([orphan, ...others], peer, isClosed));
        continue;
      }
      if (!isClosed && (!isEnabled || phase === 'Disabled')) continue;
      const reqids = new Set([...pairs.values()].map(({ reqid }) => reqid));
      pairs.set(name, newPair(peer, freeReqid(nodeNumber, reqids), isClosed));
    }
    if (this.isListed) this.#isFirst = false;
  }

  /** What the pair with that peer should have. */
  origins(end: OwnEnd, name: string): readonly Origin[] {
    const peer = this.#accepted.get(name);
    if (peer === undefined) return [];
    const text = JSON.stringify([end, [...end.publicKeys.keys()]]);
    const last = this.#origins.get(peer);
    if (last?.text === text) return last.origins;
    const origins = wantedOrigins(end, peer);
    this.#origins.set(peer, { text, origins });
    return origins;
  }
}
