import type { Engine } from '../engine/index.js';
import { type Diagnostic, diagnostic, isError } from '../errors/index.js';
import type { Cluster } from '../kube/index.js';
import { formatAddress, parseAddress } from '../net/index.js';
import { needsEpoch } from '../pairs/index.js';
import type { AgentStatus, ForgetAnswer } from '../status/index.js';
import { Announcer } from './announcer.js';
import type { ReadSetting } from './bypasses.js';
import { type AgentConfig, parseConfig } from './config.js';
import { Conversation } from './conversation.js';
import { describeNode, type NodeView } from './describe.js';
import { Identity } from './identity.js';
import { KernelRound } from './kernel-round.js';
import { KernelWriter } from './kernel-writer.js';
import { KeySource, type KeySourceOptions } from './key-source.js';
import { Keyring } from './keyring.js';
import type { Log } from './log.js';
import { Memory } from './memory.js';
import type { Measured } from './metrics.js';
import type { NodeNetwork } from './node-network.js';
import { PairTable } from './pair-table.js';
import { PeerBook } from './peer-book.js';
import { Problems } from './problems.js';
import { SequenceWatch } from './sequence-watch.js';
import { StartupTaint } from './startup-taint.js';
import type { AgentState, OwnState } from './state.js';
import type { StateFile } from './state-file.js';
import { Surroundings } from './surroundings.js';
import { Talks } from './talks.js';
import { Trust } from './trust.js';
import { watchCluster } from './watch-cluster.js';

/** What an agent is given. */
export interface AgentOptions {
  readonly nodeName: string;
  readonly namespace: string;
  /** The ConfigMap's name. */
  readonly configMap: string;
  readonly cluster: Cluster;
  readonly engine: Engine;
  readonly network: Pick<NodeNetwork, 'close' | 'read'>;
  readonly stateFile: StateFile;
  /** Of /proc/sys. */
  readonly readSetting: ReadSetting;
  readonly log: Log;
  /** Seconds since 1970. */
  readonly clock: () => number;
  /** Milliseconds that never go back. */
  readonly now: () => number;
}

/** The devices' settings are looked at this often, as nothing tells of them, in milliseconds. */
const LOOK_AGAIN = 10_000;
/** And whether the key file is another one. */
const LOOK_AT_KEYS = 1000;

/** How this node does. */
export interface AgentReport extends Measured {
  readonly status: AgentStatus;
}

/** The agent of one node: brings kernel and record to what follows from all it knows. */
export class Agent {
  readonly #options: AgentOptions;
  readonly #book: PeerBook;
  readonly #keyring: Keyring;
  readonly #talks: Talks;
  readonly #identity: Identity;
  readonly #problems: Problems;
  readonly #node: Surroundings;
  readonly #keys: KeySource;
  readonly #writer: KernelWriter;
  readonly #pairs: PairTable;
  readonly #memory: Memory;
  readonly #kernel: KernelRound;
  readonly #conversation: Conversation;
  readonly #announcer: Announcer;
  readonly #trust: Trust;
  readonly #startupTaint: StartupTaint;

  #config: AgentConfig | undefined;
  #isRunning = false;
  /** Since when it has not known who it is, in milliseconds. */
  #waitingSince: number | undefined;
  #isDirty = false;
  #isClosed = false;
  #timer: NodeJS.Timeout | undefined;
  #keyTimer: NodeJS.Timeout | undefined;

  constructor(options: AgentOptions) {
    this.#options = options;
    const { engine, network, nodeName, namespace, readSetting, cluster, log, now } = options;
    const problems = new Problems(log);
    const book = new PeerBook(nodeName);
    const keyring = new Keyring(engine);
    const talks = new Talks((tunnel) => keyring.probeKeys(tunnel));
    const readNetwork: NodeNetwork['read'] = () => network.read();
    const node = new Surroundings({ nodeName, readNetwork, readSetting, problems });
    const check: KeySourceOptions['check'] = (...asked) => engine.check(...asked);
    const keys = new KeySource({ namespace, check, problems, log });
    const writer = new KernelWriter({ engine, problems, log });
    const identity = new Identity({
      ...{ nodeName, log, clock: options.clock },
      ...{ book, keys, keyring, node },
    });
    const pairs = new PairTable({
      ...{ nodeName, book, keys, keyring, identity, node, problems, engine },
      startedAt: now(),
    });
    const memory = new Memory({ stateFile: options.stateFile, identity, node, pairs, engine });
    const changed = (): void => this.kick();
    this.#kernel = new KernelRound({
      ...{ nodeName, engine, writer, pairs, identity, keyring, memory, node, talks, log, now },
      sequences: new SequenceWatch({ cluster, problems }),
    });
    this.#conversation = new Conversation({
      ...{ talks, pairs, engine, problems, log, now, changed },
      saving: () => {
        if (this.#config !== undefined) memory.save(this.#config);
      },
    });
    this.#announcer = new Announcer({
      ...{ nodeName, engine, cluster, book, keys, identity, pairs, node, writer },
      ...{ memory, problems, log, changed },
      view: () => this.#nodeView(),
      isReady: () => this.isReady,
    });
    this.#trust = new Trust({ book, keys, identity, pairs, node, talks, log, now, changed });
    this.#startupTaint = new StartupTaint({ cluster, problems, log });
    this.#problems = problems;
    this.#book = book;
    this.#keyring = keyring;
    this.#talks = talks;
    this.#node = node;
    this.#keys = keys;
    this.#writer = writer;
    this.#identity = identity;
    this.#pairs = pairs;
    this.#memory = memory;
  }

  /** The kernel holds what this agent wants, as far as it knows. */
  get isReady(): boolean {
    return this.#writer.isDone && !this.#problems.all.some(isError);
  }

  get problems(): readonly Diagnostic[] {
    return this.#problems.all;
  }

  /** @throws as `NetlinkSocket.dump` */
  async report(): Promise<AgentReport> {
    const { engine } = this.#options;
    const actual = await engine.read();
    const found = engine.describe(actual);
    const own = new Set(this.#node.addresses);
    return {
      status: describeNode(this.#nodeView(), found),
      figures: engine.figuresOf(actual, found, (address) => own.has(formatAddress(address))),
      isReady: this.isReady,
      kernelWrites: this.#writer.count,
      problems: this.problems.map(({ code }) => code),
    };
  }

  /**
   * Lets packets to and from a node that is gone for good pass in plaintext: until now they are blocked,
   * as it may have been encrypted.
   */
  forget(node: string): ForgetAnswer {
    const pair = this.#pairs.get(node);
    if (pair === undefined) return { outcome: 'unknown', node };
    const alive = (reason: string): ForgetAnswer => ({ outcome: 'alive', node, reason });
    if (!this.#book.isComplete) return alive('the API server could not be asked yet');
    if (this.#book.hasNode(node)) return alive('its Node is there');
    if (this.#book.hasRecord(node)) return alive('its record is there');
    this.#pairs.delete(node);
    this.#book.forget(node);
    this.#options.log('warning', 'a node was forgotten by hand', { peer: node });
    this.kick();
    return { outcome: 'forgotten', node, podCIDRs: pair.podPrefixes };
  }

  #nodeView(): NodeView {
    return {
      node: this.#options.nodeName,
      enabled: this.#config?.enabled ?? false,
      type: this.#config?.type ?? 'ipsec',
      keyID: this.#keys.lines.at(-1)?.keyId,
      devices: this.#node.facts?.devices ?? [],
      problems: this.problems,
      pairs: this.#pairs.all,
      book: this.#book,
      dataTunnels: this.#pairs.dataTunnels,
      disputes: this.#pairs.disputes,
      attempts: (peer) => this.#talks.attempts(peer),
      numberLosers: this.#book.numberLosers(this.#identity.record),
    };
  }

  /** Reads what was remembered, watches the cluster and begins. */
  start(): void {
    const found = this.#options.stateFile.read();
    if (found.kind === 'unusable') {
      this.#problems.begin('state', diagnostic('PC711', found.reason));
    }
    if (found.kind === 'state') this.#remember(found.state);
    watchCluster(this.#options, {
      book: this.#book,
      node: this.#node,
      config: (data) => this.#setConfig(data),
      changed: () => this.kick(),
    });
    this.#keyTimer = setInterval(() => {
      const config = this.#config;
      if (config !== undefined && this.#keys.isDue(config, this.#options.now())) this.kick();
    }, LOOK_AT_KEYS);
    this.#askForCluster();
    this.kick();
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#keyTimer);
    clearTimeout(this.#timer);
    this.#conversation.close();
    this.#options.cluster.close();
    this.#options.engine.close();
    this.#options.network.close();
  }

  /** Something may have changed. */
  kick(): void {
    this.#isDirty = true;
    if (this.#isRunning || this.#isClosed) return;
    this.#isRunning = true;
    setImmediate(() => void this.#run());
  }

  /** What is ours in the kernel has changed, and not by us. */
  kernelChanged(): void {
    this.#then(() => this.#kernel.forget());
  }

  /** Links, addresses or routes changed. */
  networkChanged(): void {
    this.#then(() => {
      this.#node.networkChanged();
    });
  }

  #then(change: () => void): void {
    change();
    this.kick();
  }

  async #run(): Promise<void> {
    while (this.#isDirty && !this.#isClosed) {
      this.#isDirty = false;
      clearTimeout(this.#timer);
      try {
        await this.#reconcile();
        this.#problems.end('loop');
        this.#untaint();
      } catch (thrown) {
        const error = thrown instanceof Error ? thrown : new Error(String(thrown));
        this.#problems.begin('loop', diagnostic('PC717', `${error.name}: ${error.message}`));
        if (process.env.PODCLOAK_DEBUG === '1') this.#options.log('error', String(error.stack));
        this.#kernel.forget();
        this.#wakeIn(1000);
      }
    }
    this.#isRunning = false;
  }

  /** Lets pods onto this node once its kernel is as it should be. */
  #untaint(): void {
    const { node } = this.#node;
    const key = this.#config?.startupTaint;
    this.#startupTaint.look({ node, key, isReady: this.isReady }, this.#options.now());
  }

  #wakeIn(milliseconds: number): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => this.kick(), Math.max(10, milliseconds));
  }

  #remember(state: AgentState): void {
    this.#identity.remember(state.own);
    this.#config = state.config;
    this.#node.remember(state.podPrefixes);
    this.#pairs.remember(state.pairs);
    this.#options.engine.remember(state);
  }

  #askForCluster(): void {
    this.#options.cluster.clusterUID().then(
      (uid) => this.#then(() => this.#identity.setCluster(uid)),
      (reason: Error) => {
        this.#options.log('warning', reason.message);
        if (!this.#isClosed) setTimeout(() => this.#askForCluster(), 5000).unref();
      },
    );
  }

  #setConfig(data: Readonly<Record<string, string>> | undefined): void {
    const parsed =
      data === undefined
        ? {
            problems: [
              diagnostic('PC714', `the ConfigMap ${this.#options.configMap} is not there`),
            ],
          }
        : parseConfig(data);
    if ('config' in parsed) {
      this.#config = parsed.config;
      this.#problems.end('config');
      return;
    }
    // The configuration from before stays: least of all does its absence mean that encryption is off.
    const [first] = parsed.problems;
    if (first !== undefined) this.#problems.begin('config', first);
  }

  // ── One round ──────────────────────────────────────────────────────────────────────────────────

  async #reconcile(): Promise<void> {
    const now = this.#options.now();
    if (this.#config === undefined) return;
    await this.#node.look(this.#config);
    await this.#trust.look(this.#possible(this.#config), now);
    const inUse = { hasPairs: this.#pairs.size > 0, keyIDs: this.#pairs.keyIDs };
    // Once more, as a Secret may have been read.
    const config = this.#possible(this.#config);
    const isOwnKnown = this.#identity.settle(config, inUse);
    await this.#kernel.adopt();
    this.#trust.revoke();
    const { own } = this.#identity;
    if (!isOwnKnown || own === undefined) {
      const isClean = await this.#kernel.bringStrict(config);
      this.#waitingSince ??= now;
      // At a start it is a matter of moments; after that, what a former life said of itself must not stand.
      if (isClean !== undefined || now - this.#waitingSince >= LOOK_AGAIN) {
        this.#announcer.tell(config, own === undefined && isClean === true, now);
      }
      this.#wakeIn(LOOK_AGAIN);
      return;
    }
    this.#waitingSince = undefined;
    this.#problems.set('engine', await this.#ask(config, own));
    this.#problems.set('preparation', await this.#options.engine.prepare());
    this.#pairs.meet(own, config, now);
    let wanted = this.#pairs.step(config, now);
    if (this.#pairs.all.some((pair) => needsEpoch(pair, wanted.get(pair.peer) ?? []))) {
      this.#identity.renew('keys of before are wanted again');
      wanted = this.#pairs.step(config, now);
    }
    await this.#kernel.bring(config, wanted, now);
    await this.#writer.endPlaintextConnections(this.#node, this.#pairs.values());
    this.#keyring.keepOnly(new Set(this.#pairs.tunnels.map(({ id }) => id)));
    this.#conversation.talk(now);
    this.#announcer.publish(config, now);
    await this.#finishDisabling(config);
    this.#announcer.tell(config, false, now);
    this.#schedule(now);
  }

  /** The configuration, as far as it can be followed without a Secret. */
  #possible(config: AgentConfig): AgentConfig {
    const isWaiting = this.#identity.isOpen && config.type === 'ipsec';
    const message = 'this node has no Secret, and goes on with WireGuard';
    this.#problems.set('ipsec', isWaiting ? diagnostic('PC740', message) : undefined);
    return isWaiting ? { ...config, type: 'wireguard' } : config;
  }

  /** Tells the engine what it is to do in this round. @returns what keeps it from that */
  #ask(config: AgentConfig, own: OwnState): Promise<Diagnostic | undefined> {
    const { engine, nodeName } = this.#options;
    const record = this.#identity.record?.record;
    return engine.ask({
      ...{ type: config.type, enabled: config.enabled, epoch: own.epoch },
      isPossible: this.#keys.kernelCanDo,
      owner: { clusterUID: own.clusterUID, nodeName, nodeUID: own.nodeUID },
      isOpen: this.#identity.isOpen,
      lines: this.#keys.lines,
      allLines: this.#keyring.lines,
      records: [
        ...[...this.#book.accepted.values()].map((one) => one.record),
        ...(record === undefined ? [] : [record]),
      ],
      generations: new Set(
        this.#pairs.tunnels.flatMap(({ origin }) => origin?.devices?.generation ?? []),
      ),
      podPrefixes: this.#node.prefixes,
      addresses: this.#node.addresses.flatMap((text) => parseAddress(text) ?? []),
      persistentKeepalive: config.persistentKeepalive,
      underlay: this.#node.underlay,
    });
  }

  /** Encryption is off, and every peer has said so too: nothing of ours stays. */
  async #finishDisabling(config: AgentConfig): Promise<void> {
    const { own } = this.#identity;
    if (config.enabled || own === undefined || this.#writer.hasFailed) return;
    const isOver = this.#pairs.all.every(
      ({ tunnels, outClosed, inClosed }) => tunnels.length === 0 && !outClosed && !inClosed,
    );
    if (!isOver || !this.#identity.isQuiet || own.publishedPhase !== 'Disabled') return;
    // First, so that all of this is tried again where the kernel refuses it, or the agent dies.
    await this.#options.engine.restore();
    this.#pairs.clear();
    this.#identity.forget();
    this.#conversation.close();
    this.#memory.wipe();
    // To look whether that is so, and to say it.
    this.kick();
    this.#options.log('info', 'encryption is disabled; nothing of ours is left in the kernel');
  }

  #schedule(now: number): void {
    const times = [
      this.#talks.nextAt(),
      ...this.#announcer.times,
      ...this.#pairs.settlingAfter(now),
    ];
    const due = times.filter((time) => time !== undefined);
    this.#wakeIn(Math.min(LOOK_AGAIN, ...due.map((time) => time - this.#options.now())));
  }
}
