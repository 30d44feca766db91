import {
  type Actual,
  type Desired,
  type Difference,
  desired,
  diff,
  diffStrict,
  type NodeWish,
  ownOf,
  type PairWish,
  type Step,
} from '../datapath/index.js';
import { type Diagnostic, diagnostic, isError } from '../errors/index.js';
import type { AuthenticRecord, Phase } from '../keying/index.js';
import type { Cluster } from '../kube/index.js';
import { formatAddress } from '../net/index.js';
import {
  adopt,
  bestOf,
  claimedPair,
  freeReqid,
  hear,
  mayBeEncrypted,
  needsEpoch,
  newPair,
  nodeWish,
  type Origin,
  orphansOf,
  type Pair,
  pairWish,
  type Settlement,
  Steadiness,
  settleClaims,
  step,
  type Tunnel,
  wantedOrigins,
  withoutLost,
  withoutRevoked,
  withRecord,
} from '../pairs/index.js';
import { type AgentStatus, type ForgetAnswer, parseXfrmStat } from '../status/index.js';
import { VERSION } from '../version.js';
import type { ReadSetting } from './bypasses.js';
import { collectAfter } from './collect.js';
import { type AgentConfig, parseConfig } from './config.js';
import { type CurrentKey, CurrentKeyReport, currentKey } from './current-key.js';
import { describeNode, type NodeView } from './describe.js';
import type { Exemption } from './exemption.js';
import { Identity } from './identity.js';
import type { Kernel } from './kernel.js';
import { KernelWriter } from './kernel-writer.js';
import { KeySource, type KeySourceOptions, type KeysInUse } from './key-source.js';
import { Keyring } from './keyring.js';
import type { Log } from './log.js';
import type { Measured } from './metrics.js';
import type { Network } from './node-facts.js';
import { recordOf } from './own.js';
import { PeerBook } from './peer-book.js';
import { PeerEvents } from './peer-events.js';
import { peerStatuses } from './peer-status.js';
import { Held, type Plan } from './plan.js';
import { ProbeSockets } from './probe-socket.js';
import { Problems } from './problems.js';
import { mayFallSilent, nextPhase, Publisher } from './publisher.js';
import { RecordStatusWriter } from './record-status.js';
import { SequenceWatch } from './sequence-watch.js';
import { StartupTaint } from './startup-taint.js';
import type { AgentState, OwnState } from './state.js';
import type { StateFile } from './state-file.js';
import { Surroundings } from './surroundings.js';
import { Talks } from './talks.js';
import { writeSpread } from './write-spread.js';

/** What an agent is given. */
export interface AgentOptions {
  readonly nodeName: string;
  readonly namespace: string;
  /** The ConfigMap's name. */
  readonly configMap: string;
  readonly cluster: Cluster;
  readonly kernel: Kernel;
  readonly exemption: Exemption;
  readonly stateFile: StateFile;
  /** Of /proc/sys. */
  readonly readSetting: ReadSetting;
  /** The text of /proc/net/xfrm_stat; undefined where the kernel does not count. */
  readonly readCounters: () => string | undefined;
  readonly log: Log;
  /** Seconds since 1970. */
  readonly clock: () => number;
  /** Milliseconds that never go back. */
  readonly now: () => number;
}

/** For what was sent in plaintext before the peer said that nothing is any more, in milliseconds. */
const SETTLE = 2000;
/** How long a node must be gone, Node and record, before its SAs go, in milliseconds. */
const ABSENCE = 300_000;
/** The devices' settings are looked at this often, as nothing tells of them. */
const LOOK_AGAIN = 10_000;
/** And whether the key file is another one. */
const LOOK_AT_KEYS = 1000;
/** The kernel is read again after so long although nothing seems to have changed, in milliseconds. */
const READ_AGAIN = 300_000;
/** How long a pair must have been left alone before old tunnels go, where nothing else is said; in milliseconds. */
const STEADY = 300_000;

/** How this node does. */
export interface AgentReport extends Measured {
  readonly status: AgentStatus;
}

/** The agent of one node: brings kernel and record to what follows from all it knows. */
export class Agent {
  readonly #options: AgentOptions;
  readonly #book: PeerBook;
  readonly #keyring = new Keyring();
  readonly #talks = new Talks((tunnel) => this.#keyring.probeKeys(tunnel));
  readonly #sockets: ProbeSockets;
  readonly #identity: Identity;
  readonly #publisher: Publisher;
  readonly #problems: Problems;
  readonly #node: Surroundings;
  readonly #keys: KeySource;
  readonly #writer: KernelWriter;
  readonly #events: PeerEvents;
  readonly #recordStatus: RecordStatusWriter;
  readonly #startupTaint: StartupTaint;
  readonly #sequences: SequenceWatch;
  readonly #currentKey = new CurrentKeyReport();
  readonly #held = new Held();
  readonly #heardAt = new Map<string, number>();
  readonly #steadiness = new Steadiness();
  readonly #startedAt: number;

  #config: AgentConfig | undefined;
  #pairs = new Map<string, Pair>();
  #dataTunnels = new Map<string, Tunnel>();
  #disputes: Settlement['disputes'] = new Map();
  #reportAt = 0;
  #firstBook = true;
  #adopted = false;

  #isRunning = false;
  #isDirty = false;
  #isClosed = false;
  #timer: NodeJS.Timeout | undefined;
  #keyTimer: NodeJS.Timeout | undefined;

  constructor(options: AgentOptions) {
    this.#options = options;
    this.#startedAt = options.now();
    this.#problems = new Problems(options.log);
    const { kernel, exemption, nodeName, namespace, readSetting, log } = options;
    const problems = this.#problems;
    const readNetwork = (): Promise<Network> => kernel.network();
    this.#node = new Surroundings({ nodeName, readNetwork, readSetting, problems });
    const check: KeySourceOptions['check'] = (lines, families) => kernel.check(lines, families);
    this.#keys = new KeySource({ namespace, check, problems, log });
    this.#writer = new KernelWriter({ kernel, exemption, problems, log });
    this.#events = new PeerEvents(options.cluster);
    this.#recordStatus = new RecordStatusWriter(options.cluster, options.nodeName, options.log);
    this.#startupTaint = new StartupTaint({ cluster: options.cluster, problems, log });
    this.#sequences = new SequenceWatch({ cluster: options.cluster, problems });
    this.#book = new PeerBook(options.nodeName);
    this.#identity = new Identity({
      ...{ nodeName, log, clock: options.clock },
      ...{ book: this.#book, keys: this.#keys, keyring: this.#keyring, node: this.#node },
    });
    this.#sockets = new ProbeSockets({
      message: (bytes, remote, local) => this.#received(bytes, local, remote),
      bound: (local) => this.#problems.end(`probe socket ${local}`),
      failed: (local, error) => {
        const { code } = error as NodeJS.ErrnoException;
        this.#problems.begin(
          `probe socket ${local}`,
          diagnostic(
            code === 'EADDRINUSE' ? 'PC712' : 'PC717',
            `UDP port 9987 on ${local}: ${code}`,
          ),
        );
      },
    });
    this.#publisher = new Publisher(
      options.cluster,
      options.nodeName,
      options.log,
      (written) => {
        this.#book.changeRecord(options.nodeName, written);
        this.kick();
      },
      () => writeSpread(this.#book.accepted.size, Math.random()),
    );
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
    const actual = await this.#options.kernel.read();
    const counters = this.#options.readCounters();
    const own = new Set(this.#node.addresses);
    return {
      status: describeNode(
        this.#nodeView(),
        actual,
        counters === undefined ? null : parseXfrmStat(counters),
      ),
      actual,
      isOwnAddress: (address) => own.has(formatAddress(address)),
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
      keyID: this.#keys.lines.at(-1)?.keyId,
      devices: this.#node.facts?.devices ?? [],
      problems: this.problems,
      pairs: [...this.#pairs.values()],
      book: this.#book,
      dataTunnels: this.#dataTunnels,
      disputes: this.#disputes,
      attempts: (peer) => this.#talks.attempts(peer),
      numberLosers: this.#book.numberLosers(this.#identity.record),
    };
  }

  /** Reads what was remembered, watches the cluster and begins. */
  start(): void {
    const { cluster, nodeName, namespace, configMap, stateFile, log } = this.#options;
    const found = stateFile.read();
    if (found.kind === 'unusable') {
      this.#problems.begin('state', diagnostic('PC711', found.reason));
    }
    if (found.kind === 'state') this.#remember(found.state);
    const unavailable = (reason: Error): void => {
      log('warning', reason.message);
    };
    cluster.watchNodes({
      synced: (nodes) => this.#then(() => this.#book.setNodes(nodes)),
      changed: (name, node) => this.#then(() => this.#book.changeNode(name, node)),
      unavailable,
    });
    cluster.watchRecords({
      synced: (records) => this.#then(() => this.#book.setRecords(records)),
      changed: (name, record) => this.#then(() => this.#book.changeRecord(name, record)),
      unavailable,
    });
    cluster.watchOwnNode(nodeName, {
      synced: ([node]) => this.#then(() => this.#node.setNode(node)),
      changed: (_, node) => this.#then(() => this.#node.setNode(node)),
      unavailable,
    });
    cluster.watchConfig(namespace, configMap, {
      synced: ([config]) => this.#then(() => this.#setConfig(config?.data)),
      changed: (_, config) => this.#then(() => this.#setConfig(config?.data)),
      unavailable,
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
    this.#sockets.close();
    this.#options.cluster.close();
    this.#options.kernel.close();
    this.#options.exemption.close();
  }

  /** Something may have changed. */
  kick(): void {
    this.#isDirty = true;
    if (this.#isRunning || this.#isClosed) return;
    this.#isRunning = true;
    setImmediate(() => void this.#run());
  }

  /** SAs or policies of ours changed, and not by us. */
  kernelChanged(): void {
    this.#then(() => this.#held.forget());
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
        this.#held.forget();
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

  #remember({ own, config, podPrefixes, pairs, thresholds }: AgentState): void {
    this.#identity.remember(own);
    this.#config = config;
    this.#node.remember(podPrefixes);
    this.#pairs = new Map(pairs.map((pair) => [pair.peer, pair]));
    this.#writer.remember(thresholds);
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
    const { now: clockOf } = this.#options;
    const now = clockOf();
    const config = this.#config;
    if (config === undefined) return;
    await this.#node.look(config);
    const { families } = this.#node;
    if (await this.#keys.look(config, this.#keysInUse(), families, now)) this.#book.judgeAllAnew();
    if (this.#keys.lines.length > 0) this.#judge();
    const keyIDs = this.#keyIDsInTunnels();
    const isOwnKnown = this.#identity.settle(config, { hasPairs: this.#pairs.size > 0, keyIDs });
    if (!this.#adopted) {
      const actual = await this.#options.kernel.read();
      const found = adopt(actual, [...this.#pairs.values()], this.#node.addresses);
      for (const pair of found) this.#pairs.set(pair.peer, pair);
      this.#adopted = true;
    }
    this.#revoke();
    const { own } = this.#identity;
    // Without an identity, nothing of what stands in the kernel is touched, but for strict mode.
    if (!isOwnKnown || own === undefined) {
      this.#held.forget();
      const actual = await this.#options.kernel.read();
      this.#watchSequences(actual);
      const isStrict = config.enabled && config.strict !== undefined;
      if (!isStrict || this.#node.podCIDRs.length > 0) {
        const steps = diffStrict(actual, this.#nodeWish(config));
        await this.#writer.send(steps, (step) => this.#markSent(step));
      }
      if (!config.enabled && this.#pairs.size === 0) {
        await this.#options.exemption.remove();
        this.#writer.settle();
        const { sas, policies } = ownOf(actual);
        this.#tell(now, own === undefined && sas.length === 0 && policies.length === 0);
      }
      this.#wakeIn(LOOK_AGAIN);
      return;
    }
    this.#problems.set('exemption', await this.#options.exemption.ensure());
    this.#meetPeers(own, config, now);
    let wanted = this.#stepPairs(config, now);
    if ([...this.#pairs].some(([name, pair]) => needsEpoch(pair, wanted.get(name) ?? []))) {
      this.#identity.renew('keys of before are wanted again');
      wanted = this.#stepPairs(config, now);
    }
    if (this.#writer.hasFailed || !this.#held.has(this.#plan(config, wanted, now), now)) {
      await this.#bringKernel(config, now);
    }
    await this.#writer.forgetMasqueraded(this.#node, this.#pairs.values());
    this.#keyring.keepOnly(
      new Set([...this.#pairs.values()].flatMap(({ tunnels }) => tunnels.map(({ id }) => id))),
    );
    this.#talk(now);
    this.#publish(config, now);
    await this.#finishDisabling(config);
    this.#tell(now, false);
    this.#schedule(now);
  }

  /** Compares the kernel with what it should hold, and changes what differs. */
  async #bringKernel(config: AgentConfig, now: number): Promise<void> {
    const { kernel, now: clockOf } = this.#options;
    // What changes from here on asks for another look.
    const holds = this.#held.begin();
    const actual = await kernel.read();
    this.#watchSequences(actual);
    const planNow = (): Plan => this.#plan(config, this.#stepPairs(config, now), now);
    let plan = planNow();
    let { wish, difference } = this.#compare(actual, config, plan);
    if (difference.lost.length > 0 || difference.taken.length > 0) {
      this.#handleLoss(difference);
      plan = planNow();
      ({ wish, difference } = this.#compare(actual, config, plan));
    }
    this.#save(config);
    if (config.enabled) {
      const saving = (): void => this.#save(config);
      await this.#writer.setThresholds(this.#node.podCIDRs, wish.pairs, saving);
    }
    await this.#writer.send(difference.steps, (step) => this.#markSent(step));
    this.#writer.settle();
    // What was changed is read once more, in the next round, before it is relied on.
    if (difference.steps.length === 0) holds(plan, clockOf() + READ_AGAIN);
    collectAfter(actual.sas.length + actual.policies.length);
  }

  #watchSequences(actual: Actual): void {
    const { nodeName: name } = this.#options;
    this.#sequences.look(actual, { name, uid: this.#node.node?.uid });
  }

  /** What is under a revoked key goes at once, whatever else there is: pairs without another key are shut. */
  #revoke(): void {
    const revoked = this.#keys.revokedIDs(this.#identity.own?.checks ?? {});
    if (revoked.size === 0) return;
    this.#book.revoke(revoked);
    let count = 0;
    for (const [name, pair] of this.#pairs) {
      const next = withoutRevoked(pair, revoked);
      this.#pairs.set(name, next);
      count += pair.tunnels.length - next.tunnels.length;
    }
    if (count === 0) return;
    const ids = [...revoked].join();
    this.#options.log('warning', 'dropped the tunnels of revoked keys', { ids, count });
    // Their private keys go in the next round.
    this.kick();
  }

  #keysInUse(): KeysInUse | undefined {
    const { clusterUID, own } = this.#identity;
    if (clusterUID === undefined) return undefined;
    return { clusterUID, checks: own?.checks ?? {}, keyIDs: this.#keyIDsInTunnels() };
  }

  #keyIDsInTunnels(): Set<number> {
    return new Set(
      [...this.#pairs.values()].flatMap(({ tunnels }) => tunnels.map(({ keyID }) => keyID)),
    );
  }

  #judge(): void {
    const { clusterUID } = this.#identity;
    if (clusterUID === undefined) return;
    const news = this.#book.judge(
      clusterUID,
      this.#keys.lines,
      (name) => this.#pairs.get(name)?.mark,
    );
    for (const name of news) {
      this.#talks.hurry(name);
      this.#heardAt.set(name, this.#options.now());
    }
  }

  /** Pairs for peers whose records were accepted; what was found in the kernel gets its name. */
  #meetPeers(own: OwnState, config: AgentConfig, now: number): void {
    const before = new Map(this.#pairs);
    const after: Pair[] = [];
    const reqids = new Set([...before.values()].map(({ reqid }) => reqid));
    for (const [name, record] of this.#book.accepted) {
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
    if (this.#book.isComplete) this.#firstBook = false;
    for (const [name, pair] of this.#pairs) {
      const since = this.#book.absentSince(name, now);
      if (since === undefined) continue;
      if (pair.outClosed || pair.inClosed) continue;
      // While it has tunnels, its record may come back, and their keys must not be used again.
      if (pair.tunnels.length > 0 && now - since < ABSENCE) continue;
      this.#pairs.delete(name);
      this.#book.forget(name);
    }
  }

  #settleClaims(before: ReadonlyMap<string, Pair>, after: readonly Pair[]): void {
    const { podCIDRs: podPrefixes, addresses } = this.#node;
    const own = { node: this.#options.nodeName, podPrefixes, addresses };
    const { pairs, disputes } = settleClaims(own, before, after, (peer) =>
      this.#book.hasRecord(peer),
    );
    for (const pair of pairs) this.#pairs.set(pair.peer, pair);
    this.#disputes = disputes;
  }

  /** After a reboot: whoever was there before, and enforced, may have been encrypted with us. */
  #mayHaveBeenEncrypted({ lostMemoryAt }: OwnState, { record }: AuthenticRecord): boolean {
    if (lostMemoryAt === undefined || !mayBeEncrypted(record)) return false;
    return this.#firstBook || record.epoch < lostMemoryAt;
  }

  /** Every pair's next state. @returns the tunnels that each should have */
  #stepPairs(config: AgentConfig, now: number): Map<string, readonly Origin[]> {
    const { own } = this.#identity;
    const wanted = new Map<string, readonly Origin[]>();
    if (own === undefined) return wanted;
    const losers = this.#book.numberLosers(this.#identity.record);
    const mayMake =
      config.enabled &&
      this.#keys.kernelCanDo &&
      !this.#problems.has('exemption') &&
      this.#node.podPrefixes.length > 0;
    const end = {
      nodeName: this.#options.nodeName,
      nodeUID: own.nodeUID,
      nodeNumber: own.nodeNumber,
      epoch: own.epoch,
      generation: own.generation,
      addresses: own.ends,
      publicKeys: this.#linePublicKeys(),
    };
    const keep = config.keyRotationDuration ?? STEADY;
    for (const [name, pair] of this.#pairs) {
      const record = this.#book.accepted.get(name);
      const origins =
        record === undefined || losers.has(name) || !mayMake ? [] : wantedOrigins(end, record);
      wanted.set(name, origins);
      const heardAt = this.#heardAt.get(name) ?? this.#startedAt;
      const absentSince = this.#book.absentSince(name, now);
      const next = step(
        pair,
        {
          disabled: !config.enabled,
          enforced: own.publishedPhase === 'Enforced',
          peerPhase: record?.record.phase,
          peerIsKeyless: record?.record.keys.length === 0,
          wanted: origins,
          settled: now - heardAt >= SETTLE,
          steady: now - this.#steadiness.since(pair, origins, now) >= keep,
          gone: absentSince !== undefined && now - absentSince >= ABSENCE,
        },
        (origin, reqid) => this.#keyring.make(origin, reqid),
      );
      this.#pairs.set(name, next);
    }
    return wanted;
  }

  /** In the order of the key file: the last one is preferred. */
  #linePublicKeys(): Map<number, string> {
    const all = this.#keyring.publicKeys();
    return new Map(
      this.#keys.lines.flatMap(({ keyId }) => {
        const key = all.get(keyId);
        return key === undefined ? [] : [[keyId, key] as const];
      }),
    );
  }

  #plan(config: AgentConfig, wanted: ReadonlyMap<string, readonly Origin[]>, now: number): Plan {
    // Whoever is there comes before those that are gone: a prefix that moved is the new node's.
    const rank = ({ peer }: Pair): number => (this.#book.hasRecord(peer) ? 0 : 1);
    const pairs = [...this.#pairs.values()]
      .sort((one, other) => rank(one) - rank(other) || (one.peer < other.peer ? -1 : 1))
      .map((pair) => {
        const origins = wanted.get(pair.peer) ?? [];
        const best = bestOf(pair, origins);
        if (best === undefined) this.#dataTunnels.delete(pair.peer);
        else this.#dataTunnels.set(pair.peer, best);
        const saying = config.enabled ? this.#talks.saying(pair, origins, now) : undefined;
        return { pair, best, probe: saying?.tunnel ?? best ?? pair.tunnels.at(-1) };
      });
    const { podPrefixes, addresses } = this.#node;
    const own = { ...this.#identity.own, privateKeys: [...this.#keyring.publicKeys()] };
    return { node: JSON.stringify([podPrefixes, addresses, config, own]), pairs };
  }

  #compare(
    actual: Parameters<typeof diff>[0],
    config: AgentConfig,
    plan: Plan,
  ): { wish: Desired & { pairs: readonly PairWish[] }; difference: Difference } {
    const pairs = plan.pairs.map(({ pair, best, probe }) =>
      pairWish(pair, best, probe, (id, direction) => this.#keyring.unsent(id, direction)),
    );
    const wish = desired(this.#nodeWish(config), pairs);
    return { wish: { ...wish, pairs }, difference: diff(actual, wish) };
  }

  #nodeWish(config: AgentConfig): NodeWish {
    return nodeWish(
      this.#node.podCIDRs,
      this.#node.addresses,
      config.nodeEncryption,
      config.enabled ? config.strict : undefined,
    );
  }

  /** SAs of ours are gone, or a foreign one is in their place: their keys must not be used again. */
  #handleLoss({ lost, taken }: Difference): void {
    const spis = new Set([...lost, ...taken].map(({ inbound }) => inbound.spi));
    const ids = new Set<string>();
    for (const [name, pair] of this.#pairs) {
      for (const { id, inbound } of pair.tunnels) if (spis.has(inbound.spi)) ids.add(id);
      this.#pairs.set(name, withoutLost(pair, ids));
    }
    this.#options.log('warning', 'SAs are not in the kernel as they should be', {
      lost: lost.length,
      taken: taken.length,
    });
    this.#identity.renew('SAs were lost');
  }

  #save(config: AgentConfig): void {
    const { own } = this.#identity;
    if (own === undefined) return;
    const thresholds = this.#writer.priorThresholds;
    this.#options.stateFile.write({
      own,
      config,
      podPrefixes: this.#node.podPrefixes,
      addresses: this.#node.addresses,
      pairs: [...this.#pairs.values()],
      ...(thresholds === undefined ? {} : { thresholds }),
    });
  }

  /** What may have been sent is never sent again. */
  #markSent({ tunnel, stage }: Step): void {
    if (tunnel === undefined) return;
    const id = this.#tunnelID(tunnel.inbound.spi);
    const direction = stage === 'add inbound SA' ? 'inbound' : 'outbound';
    if (id !== undefined) this.#keyring.markSent(id, direction);
  }

  #tunnelID(inboundSpi: number): string | undefined {
    for (const { tunnels } of this.#pairs.values()) {
      const found = tunnels.find(({ inbound }) => inbound.spi === inboundSpi);
      if (found !== undefined) return found.id;
    }
    return undefined;
  }

  // ── What is said to others ─────────────────────────────────────────────────────────────────────

  #talk(now: number): void {
    const tunnels = [...this.#pairs.values()].flatMap((pair) => pair.tunnels);
    this.#sockets.bind([...new Set(tunnels.map(({ local }) => local))]);
    this.#talks.keepOnly(new Set(this.#pairs.keys()));
    for (const { bytes, tunnel } of this.#talks.due(now)) {
      this.#sockets.send(bytes, tunnel.local, tunnel.remote);
    }
  }

  #received(bytes: Uint8Array, local: string, remote: string): void {
    const received = this.#talks.receive(bytes, local, remote, this.#pairs.values());
    const { answer, news, asked } = received;
    if (asked !== undefined) this.#steadiness.disturb(asked);
    const pair = news && this.#pairs.get(news.peer);
    const next = news && pair && hear(pair, news.tunnelID, news.heard);
    if (news !== undefined && next !== undefined && next !== pair) {
      this.#pairs.set(news.peer, next);
      // What was answered is not said again: it must be remembered before.
      if (this.#config !== undefined) this.#save(this.#config);
    }
    if (answer !== undefined) this.#sockets.send(answer.bytes, answer.local, answer.remote);
    if (news === undefined || next === pair) return;
    if (news.heard === 'sending') this.#heardAt.set(news.peer, this.#options.now());
    this.#talks.hurry(news.peer);
    this.#options.log('info', `heard: ${news.heard}`, { peer: news.peer });
    this.kick();
  }

  #publish(config: AgentConfig, now: number): void {
    // Without a key nobody would believe it.
    if (this.#keys.lines.length === 0) return;
    const { own } = this.#identity;
    if (own === undefined || this.#keys.lines.length === 0 || !this.#book.isComplete) return;
    // Our record says what the kernel does already.
    if (this.#writer.hasFailed) return;
    const pairs = [...this.#pairs.values()];
    const confirmed = pairs.some(
      ({ tunnels, outClosed }) => outClosed || tunnels.some((t) => t.confirmed),
    );
    const phase: Phase = nextPhase(own.publishedPhase, !config.enabled, confirmed);
    const phaseOf = (peer: string) => this.#book.accepted.get(peer)?.record.phase;
    const isSilent = phase === 'Disabled' && mayFallSilent(pairs, phaseOf);
    const record = recordOf(own, {
      phase,
      addresses: isSilent ? [] : this.#node.addresses,
      podPrefixes: isSilent ? [] : this.#node.podPrefixes,
      lines: isSilent ? [] : this.#keys.lines,
      publicKeys: this.#linePublicKeys(),
    });
    const revision = this.#publisher.publish(
      record,
      own,
      this.#keys.lines,
      this.#book.ownRecord,
      now,
      (error) => {
        this.#options.log('warning', `the record was not written: ${(error as Error).message}`);
        this.kick();
      },
    );
    if (revision === undefined) return;
    this.#identity.setRevision(own, revision);
    this.#save(config);
  }

  /** Encryption is off, and every peer has said so too: nothing of ours stays. */
  async #finishDisabling(config: AgentConfig): Promise<void> {
    const { own } = this.#identity;
    if (config.enabled || own === undefined || this.#writer.hasFailed) return;
    const isOver = [...this.#pairs.values()].every(
      ({ tunnels, outClosed, inClosed }) => tunnels.length === 0 && !outClosed && !inClosed,
    );
    if (!isOver || !this.#identity.isQuiet || own.publishedPhase !== 'Disabled') return;
    // First, so that all of this is tried again where the kernel refuses it, or the agent dies.
    await this.#writer.restore();
    this.#pairs.clear();
    this.#identity.forget();
    this.#sockets.close();
    this.#options.stateFile.wipe();
    // To look whether that is so, and to say it.
    this.kick();
    this.#options.log('info', 'encryption is disabled; nothing of ours is left in the kernel');
  }

  /**
   * What people are told without asking: the record's status and events.
   *
   * @param isClean encryption is off, and nothing of ours was found in the kernel
   */
  #tell(now: number, isClean: boolean): void {
    const record = this.#book.ownRecord;
    if (record !== undefined) {
      this.#recordStatus.write(
        record,
        {
          agentVersion: VERSION,
          // Of the record: once encryption is off it names none.
          keyIDs:
            this.#identity.own === undefined
              ? []
              : this.#keys.lines.map(({ keyId }) => keyId).sort((one, other) => one - other),
          podCIDRs: this.#node.podCIDRs,
          currentKey: this.#currentKey.look(this.#findCurrentKey(), now),
          isReady: this.isReady,
          isClean,
          problems: this.problems,
        },
        now,
      );
    }
    if (now < this.#reportAt) return;
    this.#reportAt = now + LOOK_AGAIN;
    const { nodeName } = this.#options;
    this.#events.report(
      nodeName,
      peerStatuses(this.#nodeView()),
      (node) => this.#book.nodeUID(node),
      now,
    );
  }

  #findCurrentKey(): CurrentKey | undefined {
    const keyID = this.#keys.lines.at(-1)?.keyId;
    if (keyID === undefined || this.#config?.enabled !== true) return undefined;
    if (this.#identity.own === undefined) return undefined;
    const book = this.#book;
    return currentKey(keyID, {
      pairs: this.#pairs.values(),
      dataTunnels: this.#dataTunnels,
      refused: book.refusals.map(({ node }) => node),
      hasRecord: (peer) => book.hasRecord(peer),
      phaseOf: (peer) => book.accepted.get(peer)?.record.phase,
    });
  }

  #schedule(now: number): void {
    const settling = [...this.#heardAt.values()].map((at) => at + SETTLE).filter((at) => at > now);
    const times = [
      this.#talks.nextAt(),
      this.#publisher.nextAt,
      this.#recordStatus.nextAt,
      ...settling,
    ];
    const due = times.filter((time) => time !== undefined);
    this.#wakeIn(Math.min(LOOK_AGAIN, ...due.map((time) => time - this.#options.now())));
  }
}
