import type { Engine, PlannedPair } from '../engine/index.js';
import type { BelievedRecord } from '../keying/index.js';
import {
  bestOf,
  claimedPair,
  freeReqid,
  isKeyless,
  mayBeEncrypted,
  newPair,
  type Origin,
  orphansOf,
  type Pair,
  type Settlement,
  Steadiness,
  settleClaims,
  step,
  type Tunnel,
  WantedOrigins,
  withoutLost,
  withoutRevoked,
  withRecord,
} from '../pairs/index.js';
import type { AgentConfig } from './config.js';
import type { Identity } from './identity.js';
import type { KeySource } from './key-source.js';
import type { Keyring } from './keyring.js';
import type { PeerBook } from './peer-book.js';
import type { Problems } from './problems.js';
import type { OwnState } from './state.js';
import type { Surroundings } from './surroundings.js';
import type { Talks } from './talks.js';

export interface PairTableOptions {
  readonly nodeName: string;
  readonly book: PeerBook;
  readonly keys: KeySource;
  readonly keyring: Keyring;
  readonly engine: Pick<Engine, 'devices'>;
  readonly identity: Identity;
  readonly node: Surroundings;
  readonly problems: Problems;
  /** When this agent started, in its milliseconds. */
  readonly startedAt: number;
}

/** The tunnels that each pair should have, by peer. */
export type Wanted = ReadonlyMap<string, readonly Origin[]>;

/** For what was sent in plaintext before the peer said that nothing is any more, in milliseconds. */
const SETTLE = 2000;
/** How long a node must be gone, Node and record, before its SAs go, in milliseconds. */
const ABSENCE = 300_000;
/** How long a pair must have been left alone before old tunnels go, where nothing else is said; in milliseconds. */
const STEADY = 300_000;

/** The pairs of this node with all others, and what they follow from. */
export class PairTable {
  readonly #options: PairTableOptions;
  readonly #heardAt = new Map<string, number>();
  readonly #steadiness = new Steadiness();
  readonly #origins = new WantedOrigins();
  readonly #dataTunnels = new Map<string, Tunnel>();
  #pairs = new Map<string, Pair>();
  #disputes: Settlement['disputes'] = new Map();
  #firstBook = true;

  constructor(options: PairTableOptions) {
    this.#options = options;
  }

  get all(): readonly Pair[] {
    return [...this.#pairs.values()];
  }

  /** The same, without a list. */
  values(): Iterable<Pair> {
    return this.#pairs.values();
  }

  get peers(): ReadonlySet<string> {
    return new Set(this.#pairs.keys());
  }

  get size(): number {
    return this.#pairs.size;
  }

  get tunnels(): readonly Tunnel[] {
    return this.all.flatMap(({ tunnels }) => tunnels);
  }

  /** Key ids of tunnels that there are. */
  get keyIDs(): Set<number> {
    return new Set(this.tunnels.map(({ keyID }) => keyID));
  }

  /** The tunnel that a pair's data goes on, by peer. */
  get dataTunnels(): ReadonlyMap<string, Tunnel> {
    return this.#dataTunnels;
  }

  get disputes(): Settlement['disputes'] {
    return this.#disputes;
  }

  get(peer: string): Pair | undefined {
    return this.#pairs.get(peer);
  }

  set(pair: Pair): void {
    this.#pairs.set(pair.peer, pair);
  }

  delete(peer: string): void {
    this.#pairs.delete(peer);
  }

  clear(): void {
    this.#pairs.clear();
  }

  remember(pairs: readonly Pair[]): void {
    this.#pairs = new Map(pairs.map((pair) => [pair.peer, pair]));
  }

  /** The peer has just said something that what it sent before may still be on its way for. */
  heard(peer: string, now: number): void {
    this.#heardAt.set(peer, now);
  }

  /** See {@link Steadiness.disturb}. */
  disturb(peer: string): void {
    this.#steadiness.disturb(peer);
  }

  /** When waits end that have begun with {@link heard}, in the caller's milliseconds. */
  settlingAfter(now: number): number[] {
    return [...this.#heardAt.values()].map((at) => at + SETTLE).filter((at) => at > now);
  }

  /** Drops what is under a revoked key, whatever else there is. @returns how many tunnels that were */
  revoke(revoked: ReadonlySet<number>): number {
    let count = 0;
    for (const pair of this.all) {
      const next = withoutRevoked(pair, revoked);
      this.set(next);
      count += pair.tunnels.length - next.tunnels.length;
    }
    return count;
  }

  /** Drops tunnels that are not in the kernel as they should be. */
  lose(tunnelIDs: ReadonlySet<string>): void {
    for (const pair of this.all) this.set(withoutLost(pair, tunnelIDs));
  }

  /** Pairs for peers whose records were accepted; what was found in the kernel gets its name. */
  meet(own: OwnState, config: AgentConfig, now: number): void {
    const { book } = this.#options;
    const before = new Map(this.#pairs);
    const after: Pair[] = [];
    const reqids = new Set([...before.values()].map(({ reqid }) => reqid));
    for (const [name, record] of book.accepted) {
      const known = before.get(name);
      if (known !== undefined) {
        after.push(withRecord(known, record));
        continue;
      }
      const isClosed = this.#mayHaveBeenEncrypted(own, record);
      const [orphan, ...others] = orphansOf(this.#pairs.values(), record);
      if (orphan !== undefined) {
        for (const { peer } of [orphan, ...others]) this.#pairs.delete(peer);
        after.push(claimedPair([orphan, ...others], record, isClosed));
        continue;
      }
      // One that may have been encrypted, also when either is disabled: not before both are.
      if (!isClosed && (!config.enabled || record.record.phase === 'Disabled')) continue;
      const reqid = freeReqid(record.record.nodeNumber, reqids);
      reqids.add(reqid);
      after.push(newPair(record, reqid, isClosed));
    }
    this.#settleClaims(before, after);
    if (book.isComplete) this.#firstBook = false;
    this.#forgetAbsent(now);
  }

  #forgetAbsent(now: number): void {
    const { book } = this.#options;
    for (const [name, pair] of this.#pairs) {
      const since = book.absentSince(name, now);
      if (since === undefined) continue;
      if (pair.outClosed || pair.inClosed) continue;
      // While it has tunnels, its record may come back, and their keys must not be used again.
      if (pair.tunnels.length > 0 && now - since < ABSENCE) continue;
      this.#pairs.delete(name);
      book.forget(name);
    }
  }

  #settleClaims(before: ReadonlyMap<string, Pair>, after: readonly Pair[]): void {
    const { book, node, nodeName } = this.#options;
    const own = { node: nodeName, podPrefixes: node.podCIDRs, addresses: node.addresses };
    const { pairs, disputes } = settleClaims(own, before, after, (peer) => book.hasRecord(peer));
    for (const pair of pairs) this.set(pair);
    this.#disputes = disputes;
  }

  /** After a reboot: whoever was there before, and enforced, may have been encrypted with us. */
  #mayHaveBeenEncrypted({ lostMemoryAt }: OwnState, { record }: BelievedRecord): boolean {
    if (lostMemoryAt === undefined || !mayBeEncrypted(record)) return false;
    return this.#firstBook || record.epoch < lostMemoryAt;
  }

  /** Every pair's next state. @returns the tunnels that each should have */
  step(config: AgentConfig, now: number): Wanted {
    const { book, identity, keyring, nodeName, startedAt, engine } = this.#options;
    const { own } = identity;
    const wanted = new Map<string, readonly Origin[]>();
    if (own === undefined) return wanted;
    const losers = book.numberLosers(identity.record);
    const mayMake = this.#mayMake(config);
    const { nodeUID, nodeNumber, epoch, generation, ends: addresses } = own;
    const publicKeys = this.linePublicKeys();
    const end = {
      ...{ nodeName, nodeUID, nodeNumber, epoch, generation, addresses, publicKeys },
      ...{ type: config.type, devices: engine.devices },
    };
    const originsOf = this.#origins.from(end);
    const keep = config.keyRotationDuration ?? STEADY;
    for (const [name, pair] of this.#pairs) {
      const record = book.accepted.get(name);
      const origins = record === undefined || losers.has(name) || !mayMake ? [] : originsOf(record);
      wanted.set(name, origins);
      const heardAt = this.#heardAt.get(name) ?? startedAt;
      const absentSince = book.absentSince(name, now);
      const next = step(
        pair,
        {
          disabled: !config.enabled,
          enforced: own.publishedPhase === 'Enforced',
          peerPhase: record?.record.phase,
          peerIsKeyless: record !== undefined && isKeyless(record.record),
          wanted: origins,
          settled: now - heardAt >= SETTLE,
          steady: now - this.#steadiness.since(pair, origins, now) >= keep,
          gone: absentSince !== undefined && now - absentSince >= ABSENCE,
        },
        (origin, number) => keyring.make(origin, number),
      );
      this.#pairs.set(name, next);
    }
    return wanted;
  }

  #mayMake({ enabled }: AgentConfig): boolean {
    const { keys, node, problems } = this.#options;
    const isPrepared = !problems.has('preparation');
    return enabled && keys.kernelCanDo && isPrepared && node.podPrefixes.length > 0;
  }

  /** Base64 by key id, in the order of the key file: the last one is preferred. */
  linePublicKeys(): Map<number, string> {
    const { keys, keyring } = this.#options;
    const all = keyring.publicKeys();
    return new Map(
      keys.lines.flatMap(({ keyId }) => {
        const key = all.get(keyId);
        return key === undefined ? [] : [[keyId, key] as const];
      }),
    );
  }

  /** What the kernel should hold for each pair follows from this; decides on which tunnels data goes. */
  plan(config: AgentConfig, wanted: Wanted, talks: Talks, now: number): PlannedPair[] {
    const { book } = this.#options;
    // Whoever is there comes before those that are gone: a prefix that moved is the new node's.
    const rank = ({ peer }: Pair): number => (book.hasRecord(peer) ? 0 : 1);
    return [...this.#pairs.values()]
      .sort((one, other) => rank(one) - rank(other) || (one.peer < other.peer ? -1 : 1))
      .map((pair) => {
        const origins = wanted.get(pair.peer) ?? [];
        const best = bestOf(pair, origins);
        if (best === undefined) this.#dataTunnels.delete(pair.peer);
        else this.#dataTunnels.set(pair.peer, best);
        const saying = config.enabled ? talks.saying(pair, origins, now) : undefined;
        return { pair, best, probe: saying?.tunnel ?? best ?? pair.tunnels.at(-1) };
      });
  }
}
