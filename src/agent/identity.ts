import { type Diagnostic, diagnostic } from '../errors/index.js';
import { type BelievedRecord, verifyRecord } from '../keying/index.js';
import { isKeyless } from '../pairs/index.js';
import type { AgentConfig } from './config.js';
import { checkOf } from './key-file.js';
import type { KeySource } from './key-source.js';
import type { Keyring } from './keyring.js';
import type { Log } from './log.js';
import { type Clock, firstOwn, freeNumber, renewed } from './own.js';
import { openOwnRecord } from './own-record.js';
import type { PeerBook } from './peer-book.js';
import type { OwnState } from './state.js';
import type { Surroundings } from './surroundings.js';

export interface IdentityOptions {
  readonly nodeName: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly book: PeerBook;
  readonly keys: KeySource;
  readonly keyring: Keyring;
  readonly node: Surroundings;
}

/** What of the pairs this node's identity depends on. */
export interface InUse {
  readonly hasPairs: boolean;
  /** Key ids of tunnels that there are. */
  readonly keyIDs: ReadonlySet<number>;
}

/**
 * How a node stands to the Secret. `sealed`: it has lines, or has had. `open`: it does without, or may begin to.
 * `unknown`: what it was is not known yet. `waiting`: it has none, and needs one. `lost`: its own record shows that it
 * had one, and its memory of that is gone.
 */
export type Openness = 'sealed' | 'open' | 'unknown' | 'waiting' | 'lost';

/** Who this node is to its peers: number, epoch, generation and the keys of its own. */
export class Identity {
  readonly #options: IdentityOptions;
  #own: OwnState | undefined;
  #clusterUID: string | undefined;

  constructor(options: IdentityOptions) {
    this.#options = options;
  }

  /** Undefined while it is not known, or when nothing is encrypted. */
  get own(): OwnState | undefined {
    return this.#own;
  }

  get clusterUID(): string | undefined {
    return this.#clusterUID;
  }

  /** This node does without a Secret. */
  get isOpen(): boolean {
    return this.#own?.isOpen === true && this.#options.keys.lines.length === 0;
  }

  /** Only a node without any trace of a Secret does without: one that had it must not fall back by itself. */
  openness({ type, requireSecret }: AgentConfig): Openness {
    const { book, keys } = this.#options;
    if (keys.lines.length > 0) return 'sealed';
    if (this.#own !== undefined) return this.isOpen ? 'open' : 'sealed';
    if (type !== 'wireguard' || requireSecret !== false || !keys.isAbsent) return 'waiting';
    if (!book.isComplete || this.#clusterUID === undefined) return 'unknown';
    return book.ownRecord === undefined || this.#openRecord !== undefined ? 'open' : 'lost';
  }

  /** What is wrong with a node that lacks the Secret; undefined for nothing, or nothing but that. */
  missingSecret(config: AgentConfig): Diagnostic | 'as it is' | undefined {
    const openness = this.openness(config);
    if (openness === 'open' || openness === 'unknown') return undefined;
    return openness === 'lost'
      ? diagnostic('PC739', 'its own record has MACs, and nothing else is known of it')
      : 'as it is';
  }

  get #openRecord(): BelievedRecord | undefined {
    const { book, nodeName } = this.#options;
    const clusterUID = this.#clusterUID;
    const object = book.ownRecord;
    if (object === undefined || clusterUID === undefined) return undefined;
    return openOwnRecord(object.spec, { clusterUID, nodeName });
  }

  /** This node's own record, if it is there and authentic; or without MACs, if this node knows of no Secret. */
  get record(): BelievedRecord | undefined {
    const { book, nodeName, keys } = this.#options;
    const clusterUID = this.#clusterUID;
    const object = book.ownRecord;
    if (object === undefined || clusterUID === undefined) return undefined;
    const verdict = verifyRecord(object.spec, { clusterUID, nodeName }, keys.lines);
    if (verdict.verdict === 'authentic') return verdict;
    // Who remembers a Secret has sealed it; after a reboot what it says of pairs must not be forgotten.
    return this.#own === undefined || this.isOpen ? this.#openRecord : undefined;
  }

  /** Nothing is to be said: we never encrypted, or have said already that we do not any more. */
  get isQuiet(): boolean {
    const found = this.record;
    return found === undefined || (found.record.phase === 'Disabled' && isKeyless(found.record));
  }

  remember(own: OwnState): void {
    this.#own = own;
    this.#clusterUID = own.clusterUID;
  }

  setCluster(uid: string): void {
    // With other etcd data it is another cluster: nothing of the old one's holds.
    if (this.#own !== undefined && this.#own.clusterUID !== uid) this.#own = undefined;
    this.#clusterUID = uid;
  }

  setRevision(own: OwnState, revision: number): void {
    this.#own = { ...own, revision };
  }

  /** Forgets this node's keys: what was recorded under them stays closed to whoever finds its memory later. */
  forget(): void {
    this.#own = undefined;
    this.#options.keyring.setEphemerals([], {});
  }

  /** Keys to come, whose SPIs are others than before. */
  renew(why: string): void {
    if (this.#own !== undefined) this.#own = this.#renewed(this.#own, why);
  }

  /** Follows what is known by now. @returns false while it cannot be known who this node is */
  settle(config: AgentConfig, inUse: InUse): boolean {
    const { nodeName, book, keys, node } = this.#options;
    const clusterUID = this.#clusterUID;
    const { facts, tunnelEnds } = node;
    if (clusterUID === undefined || facts === undefined) return false;
    const nodeUID = node.nodeUID ?? this.#own?.nodeUID;
    if (nodeUID === undefined) return false;
    const isOpen = this.openness(config) === 'open';
    const mayTalk = (keys.lines.length > 0 || isOpen) && facts.ends.length > 0;
    let own = this.#own;
    if (own === undefined) {
      if (!mayTalk || !this.#mayBegin(config, inUse)) return false;
      own = { ...this.#begun({ clusterUID, nodeUID }), isOpen };
      if (isOpen) this.#options.log('info', 'there is no Secret, so peers have no PSK');
    }
    if (own.isOpen === true && !isOpen) {
      own = { ...own, isOpen };
      this.#options.log('info', 'there is a Secret now: pairs move to PSKs of its');
    }
    if (own.nodeUID !== nodeUID) own = this.#renewed(own, 'the Node was replaced', { nodeUID });
    if (mayTalk && own.ends.join() !== tunnelEnds.join()) {
      own = this.#renewed(own, 'the tunnel’s address has changed', { ends: tunnelEnds });
    }
    const recorded = this.#foundRecord;
    if (recorded !== undefined && recorded.record.epoch > own.epoch) {
      own = this.#renewed(own, 'our record is of a later epoch', { epoch: recorded.record.epoch });
    }
    if (book.isComplete && recorded !== undefined) {
      own = { ...own, publishedPhase: recorded.record.phase };
      if (book.numberLosers(recorded).has(nodeName)) {
        const nodeNumber = freeNumber(book.takenNumbers());
        own = this.#renewed(own, 'another node has our number', { nodeNumber });
      }
    }
    this.#own = this.#withKeys(own, config, inUse.keyIDs);
    return true;
  }

  #mayBegin(config: AgentConfig, { hasPairs }: InUse): boolean {
    const { book, keys, node } = this.#options;
    if (!book.isComplete) return false;
    if (config.enabled) return node.podPrefixes.length > 0 && keys.kernelCanDo;
    return hasPairs || !this.isQuiet;
  }

  #begun(ids: { readonly clusterUID: string; readonly nodeUID: string }): OwnState {
    const { book, clock, log, node } = this.#options;
    const found = this.#foundRecord;
    const own = firstOwn(ids, found, node.tunnelEnds, book.takenNumbers(), clock);
    log('info', 'a new epoch begins', { epoch: own.epoch });
    return own;
  }

  /** Where there is a Secret, the number that somebody wrote without it leads nowhere: none may be left above it. */
  get #foundRecord(): BelievedRecord | undefined {
    const found = this.record;
    const isProven = found?.verdict !== 'open' || this.#options.keys.lines.length === 0;
    return isProven ? found : { ...found, record: { ...found.record, epoch: 0 } };
  }

  #renewed(own: OwnState, why: string, change: Partial<OwnState> = {}): OwnState {
    const next = renewed(own, this.#options.clock, change);
    this.#options.log('info', 'a new epoch begins', { why, epoch: next.epoch });
    return next;
  }

  /** Private keys for the lines in use, and for those whose tunnels are still there. */
  #withKeys(own: OwnState, config: AgentConfig, inTunnels: ReadonlySet<number>): OwnState {
    const { keys, keyring } = this.#options;
    const lineIDs = keys.lines.map(({ keyId }) => keyId);
    const known = Object.keys(own.privateKeys).map(Number);
    const ids = [...new Set([...lineIDs, ...known.filter((id) => inTunnels.has(id))])];
    const hasComeBack = config.enabled && lineIDs.some((id) => own.retired.includes(id));
    const next = hasComeBack ? this.#renewed(own, 'a key id has come back') : own;
    keyring.setLines(own.clusterUID, keys.lines, inTunnels);
    keyring.setEphemerals(ids, own.privateKeys);
    const gone = known.filter((id) => !ids.includes(id));
    const checks = Object.fromEntries(
      Object.entries(next.checks).filter(([id]) => ids.includes(Number(id))),
    );
    for (const line of keys.lines) checks[line.keyId] = checkOf(line, own.clusterUID);
    return {
      ...next,
      privateKeys: keyring.privateKeys(),
      checks,
      retired: [...new Set([...next.retired, ...gone])],
    };
  }
}
