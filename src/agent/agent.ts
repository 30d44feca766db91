import {
  DEFAULT_THRESHOLDS,
  type Desired,
  type Difference,
  desired,
  diff,
  type Failure,
  type PairWish,
  type Step,
  type Thresholds,
  thresholdsOf,
} from '../datapath/index.js';
import { type Diagnostic, diagnostic, isError } from '../errors/index.js';
import type { KeyLine } from '../key-lines/index.js';
import { type AuthenticRecord, type Phase, type PodPrefix, verifyRecord } from '../keying/index.js';
import type { Cluster, OwnNode } from '../kube/index.js';
import { formatPrefix, parsePrefix } from '../net/index.js';
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
  Steadiness,
  step,
  wantedOrigins,
  withoutLost,
  withRecord,
} from '../pairs/index.js';
import { type AgentConfig, parseConfig } from './config.js';
import type { Kernel } from './kernel.js';
import { checkOf, readKeyFile, usableLines } from './key-file.js';
import { Keyring } from './keyring.js';
import type { Log } from './log.js';
import { factsOf, type Network, type NodeFacts } from './node-facts.js';
import { firstOwn, freeNumber, recordOf, renewed } from './own.js';
import { PeerBook } from './peer-book.js';
import { ProbeSockets } from './probe-socket.js';
import { nextPhase, Publisher } from './publisher.js';
import type { AgentState, OwnState } from './state.js';
import type { StateFile } from './state-file.js';
import { Talks } from './talks.js';

/** What an agent is given. */
export interface AgentOptions {
  readonly nodeName: string;
  readonly namespace: string;
  readonly cluster: Cluster;
  readonly kernel: Kernel;
  readonly stateFile: StateFile;
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
/** The key file and the devices' settings are looked at this often, as nothing tells of them. */
const LOOK_AGAIN = 10_000;
/** How long a pair must have been left alone before old tunnels go, in milliseconds. */
const STEADY = 300_000;
const SOURCE = 'Node.spec.podCIDRs';

/** What an agent knows and does, for status, health and metrics. */
export interface AgentView {
  readonly config: AgentConfig | undefined;
  readonly own: OwnState | undefined;
  readonly facts: NodeFacts | undefined;
  readonly pairs: readonly Pair[];
  readonly book: PeerBook;
  readonly problems: readonly Diagnostic[];
  readonly isReady: boolean;
  /** Messages sent to the kernel since the start. */
  readonly kernelWrites: number;
}

/** The agent of one node: brings kernel and record to what follows from all it knows. */
export class Agent {
  readonly #options: AgentOptions;
  readonly #book: PeerBook;
  readonly #keyring = new Keyring();
  readonly #talks = new Talks((tunnel) => this.#keyring.probeKeys(tunnel));
  readonly #sockets: ProbeSockets;
  readonly #publisher: Publisher;
  readonly #problems = new Map<string, Diagnostic>();
  readonly #heardAt = new Map<string, number>();
  readonly #steadiness = new Steadiness();
  readonly #startedAt: number;

  #config: AgentConfig | undefined;
  #own: OwnState | undefined;
  #pairs = new Map<string, Pair>();
  #priorThresholds: Thresholds | undefined;
  #clusterUID: string | undefined;
  #ownNode: OwnNode | undefined;
  #network: Network | undefined;
  #facts: NodeFacts | undefined;
  #podPrefixes: readonly PodPrefix[] = [];
  #lines: readonly KeyLine[] = [];
  #checkedLines = '';
  #kernelCanDo = false;
  #firstBook = true;
  #adopted = false;
  #kernelWrites = 0;
  #lastApplyFailed = false;
  #hasConverged = false;

  #isRunning = false;
  #isDirty = false;
  #isClosed = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: AgentOptions) {
    this.#options = options;
    this.#startedAt = options.now();
    this.#book = new PeerBook(options.nodeName);
    this.#sockets = new ProbeSockets({
      message: (bytes, remote, local) => this.#received(bytes, local, remote),
      failed: (local, error) => {
        const { code } = error as NodeJS.ErrnoException;
        this.#problem(
          'probe socket',
          diagnostic(
            code === 'EADDRINUSE' ? 'PC712' : 'PC717',
            `UDP port 9987 on ${local}: ${code}`,
          ),
        );
      },
    });
    this.#publisher = new Publisher(options.cluster, options.nodeName, options.log, (written) => {
      this.#book.changeRecord(options.nodeName, written);
      this.kick();
    });
  }

  get view(): AgentView {
    const problems = [...this.#problems.values()];
    return {
      config: this.#config,
      own: this.#own,
      facts: this.#facts,
      pairs: [...this.#pairs.values()],
      book: this.#book,
      problems,
      isReady: this.#hasConverged && !this.#lastApplyFailed && !problems.some(isError),
      kernelWrites: this.#kernelWrites,
    };
  }

  /** Reads what was remembered, watches the cluster and begins. */
  start(): void {
    const { cluster, nodeName, namespace, stateFile, log } = this.#options;
    const found = stateFile.read();
    if (found.kind === 'unusable') {
      this.#problem('state', diagnostic('PC711', found.reason));
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
      synced: ([node]) => this.#then(() => this.#setOwnNode(node)),
      changed: (_, node) => this.#then(() => this.#setOwnNode(node)),
      unavailable,
    });
    cluster.watchConfig(namespace, 'podcloak', {
      synced: ([config]) => this.#then(() => this.#setConfig(config?.data)),
      changed: (_, config) => this.#then(() => this.#setConfig(config?.data)),
      unavailable,
    });
    this.#askForCluster();
    this.kick();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#sockets.close();
    this.#options.cluster.close();
    this.#options.kernel.close();
  }

  /** Something may have changed. */
  kick(): void {
    this.#isDirty = true;
    if (this.#isRunning || this.#isClosed) return;
    this.#isRunning = true;
    setImmediate(() => void this.#run());
  }

  /** Links, addresses or routes changed. */
  networkChanged(): void {
    this.#then(() => {
      this.#network = undefined;
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
        this.#solved('loop');
      } catch (thrown) {
        const error = thrown instanceof Error ? thrown : new Error(String(thrown));
        this.#problem('loop', diagnostic('PC717', `${error.name}: ${error.message}`));
        if (process.env.PODCLOAK_DEBUG === '1') this.#options.log('error', String(error.stack));
        this.#wakeIn(1000);
      }
    }
    this.#isRunning = false;
  }

  #wakeIn(milliseconds: number): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => this.kick(), Math.max(10, milliseconds));
  }

  #remember({ own, config, podPrefixes, pairs, thresholds }: AgentState): void {
    this.#own = own;
    this.#config = config;
    this.#podPrefixes = podPrefixes;
    this.#pairs = new Map(pairs.map((pair) => [pair.peer, pair]));
    this.#priorThresholds = thresholds;
    this.#clusterUID = own.clusterUID;
  }

  #askForCluster(): void {
    this.#options.cluster.clusterUID().then(
      (uid) => this.#then(() => this.#setCluster(uid)),
      (reason: Error) => {
        this.#options.log('warning', reason.message);
        if (!this.#isClosed) setTimeout(() => this.#askForCluster(), 5000).unref();
      },
    );
  }

  #setCluster(uid: string): void {
    // With other etcd data it is another cluster: nothing of the old one's holds.
    if (this.#own !== undefined && this.#own.clusterUID !== uid) this.#own = undefined;
    this.#clusterUID = uid;
  }

  #setOwnNode(node: OwnNode | undefined): void {
    // A Node that was deleted comes back with another UID; until then we go on as we are.
    if (node !== undefined) this.#ownNode = node;
  }

  #setConfig(data: Readonly<Record<string, string>> | undefined): void {
    const parsed =
      data === undefined
        ? { problems: [diagnostic('PC714', 'the ConfigMap podcloak is not there')] }
        : parseConfig(data);
    if ('config' in parsed) {
      this.#config = parsed.config;
      this.#solved('config');
      return;
    }
    // The configuration from before stays: least of all does its absence mean that encryption is off.
    const [first] = parsed.problems;
    if (first !== undefined) this.#problem('config', first);
  }

  // ── One round ──────────────────────────────────────────────────────────────────────────────────

  async #reconcile(): Promise<void> {
    const { now: clockOf } = this.#options;
    const now = clockOf();
    const config = this.#config;
    if (config === undefined) return;
    await this.#lookAround(config);
    await this.#readKeys(config);
    const isOwnKnown = this.#settleOwn(config);
    const actual = await this.#options.kernel.read();
    if (!this.#adopted) {
      const found = adopt(actual, [...this.#pairs.values()], this.#facts?.addresses ?? []);
      for (const pair of found) this.#pairs.set(pair.peer, pair);
      this.#adopted = true;
    }
    const own = this.#own;
    // Without an identity, nothing of what stands in the kernel is touched.
    if (!isOwnKnown || own === undefined) {
      if (!config.enabled && this.#pairs.size === 0) this.#hasConverged = true;
      this.#wakeIn(LOOK_AGAIN);
      return;
    }
    this.#meetPeers(own, config, now);
    let wanted = this.#stepPairs(config, now);
    if ([...this.#pairs].some(([name, pair]) => needsEpoch(pair, wanted.get(name) ?? []))) {
      this.#own = this.#renew(own, 'keys of before are wanted again');
      wanted = this.#stepPairs(config, now);
    }
    let { wish, difference } = this.#compare(actual, config, wanted, now);
    if (difference.lost.length > 0 || difference.taken.length > 0) {
      this.#handleLoss(difference);
      ({ wish, difference } = this.#compare(actual, config, this.#stepPairs(config, now), now));
    }
    this.#save(config);
    await this.#setThresholds(config, wish.pairs);
    await this.#send(difference.steps);
    this.#keyring.keepOnly(
      new Set([...this.#pairs.values()].flatMap(({ tunnels }) => tunnels.map(({ id }) => id))),
    );
    this.#talk(now);
    this.#publish(config, now);
    this.#finishDisabling(config);
    this.#schedule(now);
  }

  /** Devices, addresses and prefixes of this node. */
  async #lookAround(config: AgentConfig): Promise<void> {
    this.#network ??= await this.#options.kernel.network();
    if (this.#ownNode !== undefined) {
      this.#podPrefixes = this.#ownNode.podCIDRs.flatMap((cidr) => {
        const prefix = parsePrefix(cidr);
        return prefix === undefined ? [] : [{ cidr: formatPrefix(prefix), source: SOURCE }];
      });
    }
    const internal = this.#ownNode?.addresses ?? [];
    const prefixes = this.#podPrefixes.flatMap(({ cidr }) => parsePrefix(cidr) ?? []);
    const facts = factsOf(
      this.#network,
      config.interfaces,
      internal.filter(({ type }) => type === 'InternalIP').map(({ address }) => address),
      prefixes,
    );
    this.#facts = facts;
    this.#check('device', facts.missing.length > 0, () =>
      diagnostic('PC706', facts.missing.map((name) => `Device ${name} does not exist`).join(', ')),
    );
    const isOn = config.enabled;
    this.#check('addresses', isOn && facts.ends.length === 0, () =>
      diagnostic('PC707', 'no global address on the devices of the tunnels'),
    );
    this.#check('prefixes', isOn && this.#ownNode !== undefined && prefixes.length === 0, () =>
      diagnostic('PC704', `Node ${this.#options.nodeName} has no spec.podCIDRs${seems(facts)}`),
    );
    const [stray] = facts.strayPods;
    this.#check('stray pods', isOn && prefixes.length > 0 && stray !== undefined, () =>
      diagnostic(
        'PC705',
        `${stray?.address} lies outside of them, it seems to be of ${stray?.cni}`,
      ),
    );
  }

  async #readKeys(config: AgentConfig): Promise<void> {
    const { namespace, kernel, log } = this.#options;
    if (config.keyWatcher || this.#lines.length === 0) {
      const file = readKeyFile(
        config.mountPath,
        config.keyFile,
        `${namespace}/${config.secretName}`,
      );
      if ('problem' in file) {
        if (config.enabled) this.#problem('key file', file.problem);
        else this.#solved('key file');
      } else {
        this.#solved('key file');
        for (const warning of file.warnings) this.#problem(`key file ${warning.code}`, warning);
        this.#takeLines(file.lines);
      }
    }
    const names = this.#lines.map((line) => checkOf(line, '')).join();
    if (config.enabled && this.#lines.length > 0 && this.#checkedLines !== names) {
      const [fault] = await kernel.check(this.#lines);
      this.#kernelCanDo = fault === undefined;
      this.#check('kernel', fault !== undefined, () => fault ?? diagnostic('PC701', ''));
      if (fault === undefined) {
        this.#checkedLines = names;
        log('info', 'keys in use', { ids: this.#lines.map(({ keyId }) => keyId).join() });
      }
    }
  }

  #takeLines(lines: readonly KeyLine[]): void {
    if (this.#clusterUID === undefined) return;
    const { usable, refused } = usableLines(lines, this.#own?.checks ?? {}, this.#clusterUID);
    this.#check('key material', refused.length > 0, () =>
      diagnostic('PC710', `key id ${refused.join(', ')} has other key material than before`),
    );
    // A line that is refused leaves the one before in use, if it was there.
    const kept = this.#lines.filter(({ keyId }) => refused.includes(keyId));
    const next = [...kept, ...usable];
    const uid = this.#clusterUID;
    const text = (all: readonly KeyLine[]): string => all.map((one) => checkOf(one, uid)).join();
    if (text(next) === text(this.#lines)) return;
    this.#lines = next;
    this.#book.judgeAllAnew();
  }

  /** Who this node is. @returns false while that cannot be known */
  #settleOwn(config: AgentConfig): boolean {
    const { clock, nodeName } = this.#options;
    const clusterUID = this.#clusterUID;
    const facts = this.#facts;
    if (clusterUID === undefined || facts === undefined) return false;
    const nodeUID = this.#ownNode?.uid ?? this.#own?.nodeUID;
    if (nodeUID === undefined) return false;
    const mayTalk = this.#lines.length > 0 && facts.ends.length > 0;
    if (this.#own === undefined) {
      const hasPast = this.#pairs.size > 0;
      if (!this.#book.isComplete || !mayTalk) return false;
      if (!config.enabled && !hasPast && this.#isQuiet(clusterUID)) return false;
      if (config.enabled && (this.#podPrefixes.length === 0 || !this.#kernelCanDo)) return false;
      this.#judge(clusterUID);
      const found = this.#ownRecord(clusterUID);
      this.#own = firstOwn(
        { clusterUID, nodeUID },
        found,
        ends(facts),
        this.#book.takenNumbers(),
        clock,
      );
      this.#options.log('info', 'a new epoch begins', { epoch: this.#own.epoch });
    }
    let own = this.#own;
    if (own.nodeUID !== nodeUID) own = this.#renew(own, 'the Node was replaced', { nodeUID });
    if (mayTalk && own.ends.join() !== ends(facts).join()) {
      own = this.#renew(own, 'the tunnel’s address has changed', { ends: ends(facts) });
    }
    const recorded = this.#ownRecord(clusterUID);
    if (recorded !== undefined && recorded.record.epoch > own.epoch) {
      own = this.#renew(own, 'our record is of a later epoch', { epoch: recorded.record.epoch });
    }
    if (this.#book.isComplete && recorded !== undefined) {
      own = { ...own, publishedPhase: recorded.record.phase };
      if (this.#book.numberLosers(recorded).has(nodeName)) {
        const nodeNumber = freeNumber(this.#book.takenNumbers());
        own = this.#renew(own, 'another node has our number', { nodeNumber });
      }
    }
    this.#own = this.#settleKeys(own, config);
    return true;
  }

  /** Nothing is to be said: we never encrypted, or have said already that we do not any more. */
  #isQuiet(clusterUID: string): boolean {
    const found = this.#ownRecord(clusterUID);
    return (
      found === undefined || (found.record.phase === 'Disabled' && found.record.keys.length === 0)
    );
  }

  #renew(own: OwnState, why: string, change: Partial<OwnState> = {}): OwnState {
    const next = renewed(own, this.#options.clock, change);
    this.#options.log('info', 'a new epoch begins', { why, epoch: next.epoch });
    return next;
  }

  /** Private keys for the lines in use, and for those whose tunnels are still there. */
  #settleKeys(own: OwnState, config: AgentConfig): OwnState {
    const inTunnels = new Set(
      [...this.#pairs.values()].flatMap(({ tunnels }) => tunnels.map(({ keyID }) => keyID)),
    );
    const lineIDs = this.#lines.map(({ keyId }) => keyId);
    const known = Object.keys(own.privateKeys).map(Number);
    const ids = [...new Set([...lineIDs, ...known.filter((id) => inTunnels.has(id))])];
    let next = own;
    if (config.enabled && lineIDs.some((id) => own.retired.includes(id))) {
      next = this.#renew(own, 'a key id has come back');
    }
    this.#keyring.setLines(own.clusterUID, this.#lines, inTunnels);
    this.#keyring.setEphemerals(ids, own.privateKeys);
    const gone = known.filter((id) => !ids.includes(id));
    const checks = Object.fromEntries(
      Object.entries(next.checks).filter(([id]) => ids.includes(Number(id))),
    );
    for (const line of this.#lines) checks[line.keyId] ??= checkOf(line, own.clusterUID);
    return {
      ...next,
      privateKeys: this.#keyring.privateKeys(),
      checks,
      retired: [...new Set([...next.retired, ...gone])],
    };
  }

  #ownRecord(clusterUID: string): AuthenticRecord | undefined {
    const object = this.#book.ownRecord;
    if (object === undefined) return undefined;
    const owner = { clusterUID, nodeName: this.#options.nodeName };
    const verdict = verifyRecord(object.spec, owner, this.#lines);
    return verdict.verdict === 'authentic' ? verdict : undefined;
  }

  #judge(clusterUID: string): void {
    const news = this.#book.judge(clusterUID, this.#lines, (name) => this.#pairs.get(name)?.mark);
    for (const name of news) {
      this.#talks.hurry(name);
      this.#heardAt.set(name, this.#options.now());
    }
  }

  /** Pairs for peers whose records were accepted; what was found in the kernel gets its name. */
  #meetPeers(own: OwnState, config: AgentConfig, now: number): void {
    this.#judge(own.clusterUID);
    for (const [name, record] of this.#book.accepted) {
      const known = this.#pairs.get(name);
      if (known !== undefined) {
        this.#pairs.set(name, withRecord(known, record));
        continue;
      }
      const isClosed = this.#mayHaveBeenEncrypted(own, record);
      const [orphan, ...others] = orphansOf(this.#pairs.values(), record);
      if (orphan !== undefined) {
        for (const { peer } of [orphan, ...others]) this.#pairs.delete(peer);
        this.#pairs.set(name, claimedPair([orphan, ...others], record, isClosed));
        continue;
      }
      // One that may have been encrypted, also when either is disabled: not before both are.
      if (!isClosed && (!config.enabled || record.record.phase === 'Disabled')) continue;
      const reqids = new Set([...this.#pairs.values()].map(({ reqid }) => reqid));
      const reqid = freeReqid(record.record.nodeNumber, reqids);
      this.#pairs.set(name, newPair(record, reqid, isClosed));
    }
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

  /** After a reboot: whoever was there before, and enforced, may have been encrypted with us. */
  #mayHaveBeenEncrypted({ lostMemoryAt }: OwnState, { record }: AuthenticRecord): boolean {
    if (lostMemoryAt === undefined || !mayBeEncrypted(record)) return false;
    return this.#firstBook || record.epoch < lostMemoryAt;
  }

  /** Every pair's next state. @returns the tunnels that each should have */
  #stepPairs(config: AgentConfig, now: number): Map<string, readonly Origin[]> {
    const own = this.#own;
    const wanted = new Map<string, readonly Origin[]>();
    if (own === undefined) return wanted;
    const recorded = this.#ownRecord(own.clusterUID);
    const losers = this.#book.numberLosers(recorded);
    const mayMake = config.enabled && this.#kernelCanDo && this.#podPrefixes.length > 0;
    const end = {
      nodeName: this.#options.nodeName,
      nodeUID: own.nodeUID,
      nodeNumber: own.nodeNumber,
      epoch: own.epoch,
      generation: own.generation,
      addresses: own.ends,
      publicKeys: this.#linePublicKeys(),
    };
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
          steady: now - this.#steadiness.since(pair, origins, now) >= STEADY,
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
      this.#lines.flatMap(({ keyId }) => {
        const key = all.get(keyId);
        return key === undefined ? [] : [[keyId, key] as const];
      }),
    );
  }

  #compare(
    actual: Parameters<typeof diff>[0],
    config: AgentConfig,
    wanted: ReadonlyMap<string, readonly Origin[]>,
    now: number,
  ): { wish: Desired & { pairs: readonly PairWish[] }; difference: Difference } {
    // Whoever is there comes before those that are gone: a prefix that moved is the new node's.
    const rank = ({ peer }: Pair): number => (this.#book.hasRecord(peer) ? 0 : 1);
    const pairs = [...this.#pairs.values()]
      .sort((one, other) => rank(one) - rank(other) || (one.peer < other.peer ? -1 : 1))
      .map((pair) => {
        const origins = wanted.get(pair.peer) ?? [];
        const best = bestOf(pair, origins);
        const saying = config.enabled ? this.#talks.saying(pair, origins, now) : undefined;
        const probe = saying?.tunnel ?? best ?? pair.tunnels.at(-1);
        return pairWish(pair, best, probe, (id, direction) => this.#keyring.unsent(id, direction));
      });
    const node = nodeWish(
      this.#podPrefixes.map(({ cidr }) => cidr),
      this.#facts?.addresses ?? [],
      config.nodeEncryption,
    );
    const wish = desired(node, pairs);
    return { wish: { ...wish, pairs }, difference: diff(actual, wish) };
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
    if (this.#own !== undefined) this.#own = this.#renew(this.#own, 'SAs were lost');
  }

  #save(config: AgentConfig): void {
    if (this.#own === undefined) return;
    this.#options.stateFile.write({
      own: this.#own,
      config,
      podPrefixes: this.#podPrefixes,
      addresses: this.#facts?.addresses ?? [],
      pairs: [...this.#pairs.values()],
      ...(this.#priorThresholds === undefined ? {} : { thresholds: this.#priorThresholds }),
    });
  }

  async #setThresholds(config: AgentConfig, pairs: readonly PairWish[]): Promise<void> {
    const { kernel } = this.#options;
    const present = await kernel.thresholds();
    const node = nodeWish(
      this.#podPrefixes.map(({ cidr }) => cidr),
      [],
      false,
    );
    if (!config.enabled || pairs.length === 0) return;
    const wish = thresholdsOf(node, pairs);
    if (JSON.stringify(wish) === JSON.stringify(present)) return;
    if (this.#priorThresholds === undefined) {
      this.#priorThresholds = present;
      this.#save(config);
    }
    await kernel.setThresholds(wish);
  }

  async #send(steps: readonly Step[]): Promise<void> {
    const { kernel, log } = this.#options;
    if (steps.length === 0) {
      this.#finishSending([]);
      return;
    }
    let failures: readonly Failure[] = [];
    const refused = new Set<Step>();
    try {
      failures = await kernel.apply(steps);
      for (const { step: one } of failures) refused.add(one);
    } finally {
      // Also after a failure in the middle: what may have been sent is never sent again.
      for (const one of steps) {
        if (one.tunnel === undefined || refused.has(one)) continue;
        const direction = one.stage === 'add inbound SA' ? 'inbound' : 'outbound';
        const id = this.#tunnelID(one.tunnel.inbound.spi);
        if (id !== undefined) this.#keyring.markSent(id, direction);
      }
    }
    this.#kernelWrites += steps.length;
    log('info', 'changed the kernel', { messages: steps.length, refused: failures.length });
    this.#finishSending(failures);
  }

  #finishSending(failures: readonly Failure[]): void {
    const [first] = failures;
    this.#lastApplyFailed = first !== undefined;
    this.#hasConverged = true;
    this.#check('apply', first !== undefined, () =>
      diagnostic('PC717', `${first?.step.about}: ${first?.error.message}`),
    );
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
    const { answer, news } = this.#talks.receive(bytes, local, remote, this.#pairs.values());
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
    const own = this.#own;
    if (own === undefined || this.#lines.length === 0 || !this.#book.isComplete) return;
    // Our record says what the kernel does already.
    if (this.#lastApplyFailed) return;
    const pairs = [...this.#pairs.values()];
    const confirmed = pairs.some(
      ({ tunnels, outClosed }) => outClosed || tunnels.some((t) => t.confirmed),
    );
    const phase: Phase = nextPhase(own.publishedPhase, !config.enabled, confirmed);
    const isSilent = phase === 'Disabled' && pairs.every(({ outClosed }) => !outClosed);
    const record = recordOf(own, {
      phase,
      addresses: isSilent ? [] : (this.#facts?.addresses ?? []),
      podPrefixes: isSilent ? [] : this.#podPrefixes,
      lines: isSilent ? [] : this.#lines,
      publicKeys: this.#linePublicKeys(),
    });
    const revision = this.#publisher.publish(
      record,
      own,
      this.#lines,
      this.#book.ownRecord,
      now,
      (error) => {
        this.#options.log('warning', `the record was not written: ${(error as Error).message}`);
        this.kick();
      },
    );
    if (revision === undefined) return;
    this.#own = { ...own, revision };
    this.#save(config);
  }

  /** Encryption is off, and every peer has said so too: nothing of ours stays. */
  #finishDisabling(config: AgentConfig): void {
    const own = this.#own;
    if (config.enabled || own === undefined || this.#lastApplyFailed) return;
    const isOver = [...this.#pairs.values()].every(
      ({ tunnels, outClosed, inClosed }) => tunnels.length === 0 && !outClosed && !inClosed,
    );
    if (!isOver || !this.#isQuiet(own.clusterUID) || own.publishedPhase !== 'Disabled') return;
    this.#pairs.clear();
    this.#own = undefined;
    this.#sockets.close();
    void this.#options.kernel.setThresholds(this.#priorThresholds ?? DEFAULT_THRESHOLDS);
    this.#priorThresholds = undefined;
    this.#options.stateFile.wipe();
    this.#options.log('info', 'encryption is disabled; nothing of ours is left in the kernel');
  }

  #schedule(now: number): void {
    const settling = [...this.#heardAt.values()].map((at) => at + SETTLE).filter((at) => at > now);
    const times = [this.#talks.nextAt(), this.#publisher.nextAt, ...settling];
    const due = times.filter((time) => time !== undefined);
    this.#wakeIn(Math.min(LOOK_AGAIN, ...due.map((time) => time - this.#options.now())));
  }

  // ── What is wrong ──────────────────────────────────────────────────────────────────────────────

  #check(name: string, isWrong: boolean, make: () => Diagnostic): void {
    if (isWrong) this.#problem(name, make());
    else this.#solved(name);
  }

  #problem(name: string, found: Diagnostic): void {
    const known = this.#problems.get(name);
    this.#problems.set(name, found);
    if (known?.message === found.message && known.code === found.code) return;
    // The guide's users look for these very words.
    const message = found.code === 'PC706' ? found.message : `${found.code}: ${found.message}`;
    this.#options.log(found.severity === 'error' ? 'error' : 'warning', message, {
      fix: found.remedy,
    });
  }

  #solved(name: string): void {
    const known = this.#problems.get(name);
    if (known === undefined) return;
    this.#problems.delete(name);
    this.#options.log('info', `solved: ${known.code}`);
  }
}

/** The tunnel ends that keys are bound to: the first of each family. */
function ends({ ends: all }: NodeFacts): string[] {
  const v4 = all.find((address) => !address.includes(':'));
  const v6 = all.find((address) => address.includes(':'));
  return [v4, v6].filter((address) => address !== undefined);
}

function seems({ strayPods: [pod] }: NodeFacts): string {
  return pod === undefined ? '' : `; its pods seem to be of ${pod.cni}`;
}
