import { sha256 } from './hkdf.js';
import { KeyingError } from './keying-error.js';
import type { BelievedRecord } from './open-record.js';
import { encodeRecord } from './record-encoding.js';
import { GENERATIONS } from './spi.js';

/** What is remembered of a node's last accepted record: small, and plain JSON for the state file. */
export interface RecordMark {
  readonly nodeUID: string;
  readonly protocolVersion: number;
  readonly epoch: number;
  readonly revision: number;
  /** SHA-256 of the record's canonical encoding, in hex. */
  readonly digest: string;
  /** The key ids whose MACs held; none where there is no Secret. */
  readonly keyIDs: readonly number[];
}

/**
 * Whether a record may replace what is known of its node. A refusal is about this record only: nothing
 * that works is removed for it.
 */
export type Acceptance =
  | { readonly accepted: true; readonly news: 'first' | 'other-node' | 'newer' | 'same' }
  | { readonly accepted: false; readonly reason: RefusalReason };

export type RefusalReason =
  /** The Node is gone, or not seen yet, or another one has its name now: ask again when Nodes change. */
  | 'removed-node'
  | 'older-epoch'
  | 'older-revision'
  /** Two records with one number: the node's state was copied, or its agent is at fault. */
  | 'other-content'
  /** An older agent has to take a new epoch before it speaks. */
  | 'older-protocol';

export function markOf({ owner, record, provenKeyIDs }: BelievedRecord): RecordMark {
  const { nodeUID, protocolVersion, epoch, revision } = record;
  const digest = Buffer.from(sha256(encodeRecord(owner, record))).toString('hex');
  return { nodeUID, protocolVersion, epoch, revision, digest, keyIDs: provenKeyIDs };
}

/**
 * Whether a mark still stands after key ids were revoked. Whoever had the leaked key could write a record
 * with the highest epoch; if its mark stayed, the node's own records would be refused ever after.
 */
export function outlivesRevocation(mark: RecordMark, revoked: ReadonlySet<number>): boolean {
  return mark.keyIDs.some((keyID) => !revoked.has(keyID));
}

/**
 * Judges a record that may be acted on against replay and downgrade.
 *
 * @param previous the mark of the node's last accepted record, if there was one
 * @param liveNodeUID UID of the Node of this name in the API now; undefined where there is none
 */
export function isAcceptable(
  previous: RecordMark | undefined,
  next: BelievedRecord,
  liveNodeUID: string | undefined,
): Acceptance {
  const mark = markOf(next);
  if (mark.nodeUID !== liveNodeUID) return refused('removed-node');
  if (previous === undefined) return { accepted: true, news: 'first' };
  // Epochs of two machines under one name have nothing to do with each other; UIDs never come back.
  if (previous.nodeUID !== mark.nodeUID) return { accepted: true, news: 'other-node' };
  // What anyone may have written stands against nothing that a holder of the Secret wrote.
  if (previous.keyIDs.length === 0 && mark.keyIDs.length > 0) {
    return { accepted: true, news: 'newer' };
  }
  if (mark.epoch !== previous.epoch) {
    return mark.epoch > previous.epoch ? { accepted: true, news: 'newer' } : refused('older-epoch');
  }
  if (mark.revision < previous.revision) return refused('older-revision');
  if (mark.revision === previous.revision) {
    const same = mark.digest === previous.digest;
    return same ? { accepted: true, news: 'same' } : refused('other-content');
  }
  if (mark.protocolVersion < previous.protocolVersion) return refused('older-protocol');
  return { accepted: true, news: 'newer' };
}

/**
 * The epoch that a node takes next: one more than its own authenticated record's or than the clock,
 * whichever is greater, so that neither a clock set back nor a lost record alone gives an old one.
 *
 * @param own epoch of the node's own authenticated record or of its state, if there is one
 * @param clock seconds since 1970
 * @throws KeyingError `epoch-exhausted` from 2^53 on, `bad-integer` for a clock that is no number
 */
export function nextEpoch(own: number | undefined, clock: number): number {
  if (Number.isNaN(clock)) throw new KeyingError('bad-integer', 'the clock is not a number');
  const epoch = Math.max(own ?? 0, Math.floor(clock), 0) + 1;
  if (Number.isSafeInteger(epoch)) return epoch;
  throw new KeyingError('epoch-exhausted', 'there is no epoch above 2^53-1');
}

/** The generation that goes with the next epoch. */
export function nextGeneration(own: number): number {
  return (own + 1) % GENERATIONS;
}

/**
 * Which of two nodes that claim one number keeps it: the one of the older epoch, or else of the smaller
 * name. All agents judge alike, so the others know whom to believe until the loser has picked again.
 */
export function nodeNumberKeeper<T extends BelievedRecord>(one: T, other: T): T {
  if (one.record.epoch !== other.record.epoch) {
    return one.record.epoch < other.record.epoch ? one : other;
  }
  return one.owner.nodeName < other.owner.nodeName ? one : other;
}

function refused(reason: RefusalReason): Acceptance {
  return { accepted: false, reason };
}
