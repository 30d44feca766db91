import { isDeepStrictEqual } from 'node:util';
import type { KeyLine } from '../key-lines/index.js';
import {
  type BelievedRecord,
  isAcceptable,
  markOf,
  nodeNumberKeeper,
  type OpenVerdict,
  outlivesRevocation,
  type RecordMark,
  type RecordVerdict,
  readOpenRecord,
  verifyRecord,
} from '../keying/index.js';
import type { NodeIdentity, NodeRecord } from '../kube/index.js';

/** A record that is not acted on, and why, in words. */
export interface Refusal {
  readonly node: string;
  readonly reason: string;
  /** The verdict that it follows from, for programs. */
  readonly cause: string;
}

/**
 * What the API server said about the other nodes, and what of it is to be believed. A record that was
 * accepted once stays until a better one replaces it: absence and refusals prove nothing.
 */
export class PeerBook {
  readonly #ownName: string;
  readonly #nodes = new Map<string, string>();
  readonly #records = new Map<string, NodeRecord>();
  readonly #accepted = new Map<string, BelievedRecord>();
  readonly #refusals = new Map<string, Refusal>();
  readonly #absentSince = new Map<string, number>();
  readonly #toJudge = new Set<string>();
  #nodesKnown = false;
  #recordsKnown = false;

  constructor(ownName: string) {
    this.#ownName = ownName;
  }

  /** Whether both lists have come at least once. */
  get isComplete(): boolean {
    return this.#nodesKnown && this.#recordsKnown;
  }

  /** Names of all other Nodes there are. */
  get nodes(): readonly string[] {
    return [...this.#nodes.keys()].filter((name) => name !== this.#ownName);
  }

  get accepted(): ReadonlyMap<string, BelievedRecord> {
    return this.#accepted;
  }

  get refusals(): readonly Refusal[] {
    return [...this.#refusals.values()];
  }

  /** This node's own record as the API server has it. */
  get ownRecord(): NodeRecord | undefined {
    return this.#records.get(this.#ownName);
  }

  hasNode(name: string): boolean {
    return this.#nodes.has(name);
  }

  nodeUID(name: string): string | undefined {
    return this.#nodes.get(name);
  }

  /** Names of the nodes that have a record, believed or not, without this one. */
  get peers(): readonly string[] {
    return [...this.#records.keys()].filter((name) => name !== this.#ownName);
  }

  hasRecord(name: string): boolean {
    return this.#records.has(name);
  }

  /** Since when, in the caller's milliseconds, neither Node nor record is there. */
  absentSince(name: string, now: number): number | undefined {
    if (!this.isComplete || this.#nodes.has(name) || this.#records.has(name)) {
      this.#absentSince.delete(name);
      return undefined;
    }
    const since = this.#absentSince.get(name) ?? now;
    this.#absentSince.set(name, since);
    return since;
  }

  setNodes(nodes: readonly NodeIdentity[]): void {
    this.#nodesKnown = true;
    this.#nodes.clear();
    for (const { name, uid } of nodes) this.#nodes.set(name, uid);
    this.judgeAllAnew();
  }

  changeNode(name: string, node: NodeIdentity | undefined): void {
    if (node === undefined) this.#nodes.delete(name);
    else this.#nodes.set(name, node.uid);
    this.#toJudge.add(name);
  }

  setRecords(records: readonly NodeRecord[]): void {
    this.#recordsKnown = true;
    this.#records.clear();
    for (const record of records) this.#records.set(record.name, record);
    this.judgeAllAnew();
  }

  changeRecord(name: string, record: NodeRecord | undefined): void {
    const before = this.#records.get(name);
    if (record === undefined) this.#records.delete(name);
    else this.#records.set(name, record);
    // Most changes are of its status, and a proof takes time.
    if (!isDeepStrictEqual(before?.spec, record?.spec)) this.#toJudge.add(name);
  }

  /** After the keys have changed. */
  judgeAllAnew(): void {
    for (const name of this.#records.keys()) this.#toJudge.add(name);
    for (const name of this.#refusals.keys()) this.#toJudge.add(name);
  }

  /**
   * Judges what is new.
   *
   * @param lines undefined where there is no Secret: then nothing has to be proven
   * @param marks of the last accepted records, by name
   * @returns names of nodes of whom another record is accepted now
   */
  judge(
    clusterUID: string,
    lines: readonly KeyLine[] | undefined,
    marks: (name: string) => RecordMark | undefined,
  ): string[] {
    const news: string[] = [];
    for (const name of this.#toJudge) {
      this.#refusals.delete(name);
      const object = this.#records.get(name);
      if (object === undefined || name === this.#ownName) continue;
      const owner = { clusterUID, nodeName: name };
      const verdict =
        lines === undefined
          ? readOpenRecord(object.spec, owner)
          : verifyRecord(object.spec, owner, lines);
      if (verdict.verdict !== 'authentic' && verdict.verdict !== 'open') {
        const { verdict: cause } = verdict;
        this.#refusals.set(name, { node: name, cause, reason: reasonOf(verdict) });
        continue;
      }
      const last = this.#accepted.get(name);
      const mark = last === undefined ? marks(name) : markOf(last);
      const acceptance = isAcceptable(mark, verdict, this.#nodes.get(name));
      if (!acceptance.accepted) {
        const { reason: cause } = acceptance;
        this.#refusals.set(name, { node: name, cause, reason: `its record is refused: ${cause}` });
        continue;
      }
      this.#accepted.set(name, verdict);
      if (last === undefined || acceptance.news !== 'same') news.push(name);
    }
    this.#toJudge.clear();
    return news;
  }

  /** Forgets records that only revoked keys vouch for: whoever had one of them may have written these. */
  revoke(keyIDs: ReadonlySet<number>): void {
    for (const [name, record] of this.#accepted) {
      if (outlivesRevocation(markOf(record), keyIDs)) continue;
      this.#accepted.delete(name);
      this.#toJudge.add(name);
    }
  }

  /** Forgets records that nothing proves, as there is a Secret now. @param keeps what stays nevertheless */
  forgetOpen(keeps: (name: string) => boolean): void {
    for (const [name, { verdict }] of this.#accepted) {
      if (verdict === 'open' && !keeps(name)) this.#accepted.delete(name);
    }
  }

  /** Forgets a peer for good. */
  forget(name: string): void {
    this.#accepted.delete(name);
    this.#refusals.delete(name);
  }

  /** Numbers that other nodes' accepted records claim. */
  takenNumbers(): Set<number> {
    return new Set([...this.#accepted.values()].map(({ record }) => record.nodeNumber));
  }

  /**
   * Nodes that must pick another number before keys are derived for them, as an older one has it.
   *
   * @param own this node's own record, if it is published
   */
  numberLosers(own: BelievedRecord | undefined): Set<string> {
    const keepers = new Map<number, BelievedRecord>();
    const losers = new Set<string>();
    const all = [...this.#accepted.values(), ...(own === undefined ? [] : [own])];
    for (const one of all) {
      const other = keepers.get(one.record.nodeNumber);
      const keeper = other === undefined ? one : nodeNumberKeeper(one, other);
      keepers.set(one.record.nodeNumber, keeper);
      if (other !== undefined) losers.add((keeper === one ? other : one).owner.nodeName);
    }
    return losers;
  }
}

function reasonOf(verdict: Exclude<RecordVerdict | OpenVerdict, BelievedRecord>): string {
  switch (verdict.verdict) {
    case 'unknown-key-id':
      if (verdict.keyIDs.length === 0)
        return 'its record has no MAC: it has not got the Secret yet, or whoever wrote it has none';
      return `it has other key ids (${verdict.keyIDs.join(', ')}): one of the two has not got the Secret's last change yet`;
    case 'other-key':
      return `it has another key under key id ${verdict.keyIDs.join(', ')}: the Secret was changed without a new key id, or copied wrongly`;
    case 'wrong-mac':
      return `its record has a wrong MAC (key id ${verdict.keyIDs.join(', ')}): it was forged or damaged`;
    case 'malformed':
      return `its record is malformed at ${verdict.path}: ${verdict.reason}`;
    case 'too-new-protocol':
      return `its agent speaks protocol ${verdict.protocolVersion}: upgrade this one`;
  }
}
