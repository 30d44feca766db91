import type { Engine } from '../engine/index.js';
import { RECORD_VERSION } from '../keying/index.js';
import type { Cluster } from '../kube/index.js';
import { VERSION } from '../version.js';
import type { AgentConfig } from './config.js';
import { type CurrentKey, CurrentKeyReport, currentKey, type KeyView } from './current-key.js';
import type { NodeView } from './describe.js';
import { EncryptedReport } from './encrypted.js';
import type { Identity } from './identity.js';
import type { KernelWriter } from './kernel-writer.js';
import type { KeySource } from './key-source.js';
import type { Log } from './log.js';
import type { Memory } from './memory.js';
import { recordOf } from './own.js';
import type { PairTable } from './pair-table.js';
import type { PeerBook } from './peer-book.js';
import { PeerEvents } from './peer-events.js';
import { peerStatuses } from './peer-status.js';
import type { Problems } from './problems.js';
import { mayFallSilent, nextPhase, Publisher } from './publisher.js';
import { RecordStatusWriter } from './record-status.js';
import type { Surroundings } from './surroundings.js';
import { writeSpread } from './write-spread.js';

export interface AnnouncerOptions {
  readonly nodeName: string;
  readonly engine: Pick<Engine, 'devices'>;
  readonly cluster: Cluster;
  readonly book: PeerBook;
  readonly keys: KeySource;
  readonly identity: Identity;
  readonly pairs: PairTable;
  readonly node: Surroundings;
  readonly writer: KernelWriter;
  readonly memory: Memory;
  readonly problems: Problems;
  readonly view: () => NodeView;
  readonly isReady: () => boolean;
  readonly log: Log;
  /** There is something to look at again. */
  readonly changed: () => void;
}

/** Peers are reported on this often, in milliseconds. */
const REPORT = 10_000;

/** What this node says at the API server: its record to the peers, its status and events to people. */
export class Announcer {
  readonly #options: AnnouncerOptions;
  readonly #publisher: Publisher;
  readonly #events: PeerEvents;
  readonly #encrypted = new EncryptedReport();
  readonly #recordStatus: RecordStatusWriter;
  readonly #currentKey = new CurrentKeyReport();
  #reportAt = 0;

  constructor(options: AnnouncerOptions) {
    this.#options = options;
    const { cluster, nodeName, log, book, changed } = options;
    this.#events = new PeerEvents(cluster);
    this.#recordStatus = new RecordStatusWriter(cluster, nodeName, log);
    this.#publisher = new Publisher(
      cluster,
      nodeName,
      log,
      (written) => {
        book.changeRecord(nodeName, written);
        changed();
      },
      () => writeSpread(book.accepted.size, Math.random()),
    );
  }

  /** When there may be something to say, in the caller's milliseconds. */
  get times(): readonly (number | undefined)[] {
    return [this.#publisher.nextAt, this.#recordStatus.nextAt];
  }

  /** To the peers. */
  publish(config: AgentConfig, now: number): void {
    const { book, keys, identity, pairs, node, writer, memory, log, changed, engine } =
      this.#options;
    const { own } = identity;
    // Without a key nobody would believe it, unless there is none.
    if (own === undefined || !book.isComplete) return;
    if (keys.lines.length === 0 && !identity.isOpen) return;
    // Our record says what the kernel does already.
    if (writer.hasFailed) return;
    const confirmed = pairs.all.some(
      ({ tunnels, outClosed }) => outClosed || tunnels.some((t) => t.confirmed),
    );
    const phase = nextPhase(own.publishedPhase, !config.enabled, confirmed);
    const phaseOf = (peer: string) => book.accepted.get(peer)?.record.phase;
    const isSilent = phase === 'Disabled' && mayFallSilent(pairs.all, phaseOf);
    const before = identity.record?.record;
    const record = recordOf(own, {
      type: config.type,
      devices: isSilent ? [] : engine.devices,
      // Within an epoch, an older version would be refused.
      least: before?.epoch === own.epoch ? before.protocolVersion : RECORD_VERSION.ipsec,
      phase,
      addresses: isSilent ? [] : node.addresses,
      podPrefixes: isSilent ? [] : node.podPrefixes,
      lines: isSilent ? [] : keys.lines,
      publicKeys: pairs.linePublicKeys(),
    });
    const { lines } = keys;
    const revision = this.#publisher.publish(record, own, lines, book.ownRecord, now, (error) => {
      log('warning', `the record was not written: ${(error as Error).message}`);
      changed();
    });
    if (revision === undefined) return;
    identity.setRevision(own, revision);
    memory.save(config);
  }

  /**
   * What people are told without asking: the record's status and events.
   *
   * @param isClean encryption is off, and nothing of ours was found in the kernel
   */
  tell(config: AgentConfig, isClean: boolean, now: number): void {
    const { nodeName, book, keys, identity, node, view, isReady, problems } = this.#options;
    const record = book.ownRecord;
    if (record !== undefined) {
      // Of the record: once encryption is off it names none.
      const lines = identity.own === undefined ? [] : keys.lines;
      this.#recordStatus.write(
        record,
        {
          agentVersion: VERSION,
          keyIDs: lines.map(({ keyId }) => keyId).sort((one, other) => one - other),
          podCIDRs: node.podCIDRs,
          currentKey: this.#currentKey.look(this.#findCurrentKey(config), config.type, now),
          isReady: isReady(),
          isEncrypted: this.#isEncrypted(config),
          isClean,
          problems: problems.all,
        },
        now,
      );
    }
    if (now < this.#reportAt) return;
    this.#reportAt = now + REPORT;
    this.#events.report(nodeName, peerStatuses(view()), (name) => book.nodeUID(name), now);
  }

  #isEncrypted({ enabled }: AgentConfig): boolean {
    const { book, identity, pairs } = this.#options;
    return this.#encrypted.look({
      // Until all records are read, nobody knows who the peers are.
      phase: enabled && book.isComplete ? identity.own?.publishedPhase : undefined,
      pairs: pairs.all,
      ...this.#peers(),
    });
  }

  /** Who is there to be encrypted with: a record whose Node is gone is of nobody. */
  #peers(): Pick<KeyView, 'peers' | 'phaseOf'> {
    const { book } = this.#options;
    const refused = new Set(book.refusals.map(({ node }) => node));
    return {
      peers: book.peers.filter((peer) => book.hasNode(peer)),
      // What was accepted of it before proves nothing of what it does now.
      phaseOf: (peer) => (refused.has(peer) ? undefined : book.accepted.get(peer)?.record.phase),
    };
  }

  #findCurrentKey({ enabled, type }: AgentConfig): CurrentKey | undefined {
    const { book, keys, identity, pairs } = this.#options;
    const keyID = keys.lines.at(-1)?.keyId;
    if (keyID === undefined || !enabled || identity.own === undefined) return undefined;
    if (!book.isComplete) return undefined;
    return currentKey(keyID, type, {
      pairs: pairs.all,
      dataTunnels: pairs.dataTunnels,
      ...this.#peers(),
    });
  }
}
