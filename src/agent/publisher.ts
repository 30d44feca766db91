import type { KeyLine } from '../key-lines/index.js';
import {
  type BelievedRecord,
  type EncryptionNodeSpec,
  openRecord,
  type Phase,
  sealRecord,
  type UnsealedRecord,
  verifyRecord,
} from '../keying/index.js';
import type { Cluster, NodeRecord, WrittenRecord } from '../kube/index.js';
import type { Pair } from '../pairs/index.js';
import type { Log } from './log.js';
import { saysTheSame } from './own.js';
import { openOwnRecord } from './own-record.js';
import type { OwnState } from './state.js';
import { onlyAddsKeys } from './write-spread.js';

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;

/** Writes this node's record, when it has something new to say and one at a time. */
export class Publisher {
  readonly #cluster: Cluster;
  readonly #name: string;
  readonly #log: Log;
  readonly #done: (written: WrittenRecord) => void;
  readonly #spread: () => number;
  #isBusy = false;
  #wait = FIRST_WAIT;
  #notBefore = 0;
  /** When keys that were added may be published. */
  #turn: number | undefined;

  /**
   * @param done the API server has the record: look again
   * @param spread how long to wait with what all nodes write at the same time, in milliseconds
   */
  constructor(
    cluster: Cluster,
    name: string,
    log: Log,
    done: (written: WrittenRecord) => void,
    spread: () => number,
  ) {
    this.#cluster = cluster;
    this.#name = name;
    this.#log = log;
    this.#done = done;
    this.#spread = spread;
  }

  /** When there may be something to write, in the caller's milliseconds; undefined for no such time. */
  get nextAt(): number | undefined {
    if (this.#isBusy) return undefined;
    return this.#notBefore === 0 ? this.#turn : this.#notBefore;
  }

  /**
   * Writes the record unless the API server has one that says the same.
   *
   * @param lines to seal it with; none where there is no Secret
   * @param found the record as the API server has it
   * @param failed told of a write that failed
   * @returns the revision that is being sent; undefined when there is nothing to send, or not now
   */
  publish(
    record: UnsealedRecord,
    own: OwnState,
    lines: readonly KeyLine[],
    found: NodeRecord | undefined,
    now: number,
    failed: (error: unknown) => void,
  ): number | undefined {
    if (this.#isBusy || now < this.#notBefore) return undefined;
    const owner = { clusterUID: own.clusterUID, nodeName: this.#name };
    const there = found && verifyRecord(found.spec, owner, lines);
    const proven = there?.verdict === 'authentic' ? there : undefined;
    const known = proven ?? (found && openOwnRecord(found.spec, owner));
    if (known !== undefined && isUpToDate(known, record, lines, found, own)) {
      this.#turn = undefined;
      return undefined;
    }
    if (
      known !== undefined &&
      found?.ownerUID === own.nodeUID &&
      !this.#isDue(known, record, lines, now)
    )
      return undefined;
    this.#turn = undefined;
    // Without a Secret anyone may have written a number, but then nobody has a better one.
    const counted = lines.length > 0 ? proven : known;
    const last = counted?.record.epoch === record.epoch ? counted.record.revision : 0;
    const revision = Math.max(last, own.revision) + 1;
    const next = { ...record, revision };
    const spec: EncryptionNodeSpec =
      lines.length > 0 ? sealRecord(next, owner, lines) : openRecord(next);
    this.#isBusy = true;
    this.#cluster.writeRecord(this.#name, { uid: own.nodeUID }, spec, found?.resourceVersion).then(
      (written) => {
        this.#isBusy = false;
        this.#wait = FIRST_WAIT;
        this.#notBefore = 0;
        this.#log('info', 'published the record', {
          phase: record.phase,
          epoch: record.epoch,
          revision,
        });
        this.#done(written);
      },
      (error: unknown) => {
        this.#isBusy = false;
        this.#notBefore = now + this.#wait;
        this.#wait = Math.min(LONGEST_WAIT, this.#wait * 2);
        failed(error);
      },
    );
    return revision;
  }

  /** A new line of the Secret reaches all nodes within a minute or two: they take turns. */
  #isDue(
    { record: before }: BelievedRecord,
    record: UnsealedRecord,
    lines: readonly KeyLine[],
    now: number,
  ): boolean {
    const keyIDs = lines.map(({ keyId }) => keyId);
    if (!onlyAddsKeys(before, record, keyIDs)) return true;
    this.#turn ??= now + this.#spread();
    return now >= this.#turn;
  }
}

function isUpToDate(
  known: BelievedRecord,
  record: UnsealedRecord,
  lines: readonly KeyLine[],
  found: NodeRecord | undefined,
  own: OwnState,
): boolean {
  const proven = known.provenKeyIDs.join();
  const wanted = lines
    .map(({ keyId }) => keyId)
    .sort((one, other) => one - other)
    .join();
  return saysTheSame(known.record, record) && proven === wanted && found?.ownerUID === own.nodeUID;
}

/** The phase that a node publishes next. */
export function nextPhase(
  published: Phase | undefined,
  disabled: boolean,
  hasConfirmed: boolean,
): Phase {
  if (disabled) return 'Disabled';
  return published === 'Enforced' || hasConfirmed ? 'Enforced' : 'Enabling';
}

/**
 * Whether a disabled node may say that it has no keys any more. A peer that has not said `Disabled` may have
 * seen us `Enforced` and send encrypted; were it to reboot then, it would take us for a node that never did.
 *
 * @param phaseOf of a peer's last accepted record
 */
export function mayFallSilent(
  pairs: readonly Pair[],
  phaseOf: (peer: string) => Phase | undefined,
): boolean {
  return pairs.every(({ peer, outClosed }) => !outClosed && phaseOf(peer) === 'Disabled');
}
