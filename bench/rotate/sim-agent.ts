/**
 * An agent on simulated time: the state machine, talks, publisher, status and book of src/agent and src/pairs as they
 * are, and around them what src/agent/agent.ts does, with its costs.
 */
import type { CurrentKey } from '../../src/agent/current-key.js';
import { CurrentKeyReport, currentKey } from '../../src/agent/current-key.js';
import { recordOf } from '../../src/agent/own.js';
import { PeerBook } from '../../src/agent/peer-book.js';
import { Publisher } from '../../src/agent/publisher.js';
import { RecordStatusWriter } from '../../src/agent/record-status.js';
import type { OwnState } from '../../src/agent/state.js';
import { Talks } from '../../src/agent/talks.js';
import { writeSpread } from '../../src/agent/write-spread.js';
import type { KeyLine } from '../../src/key-lines/index.js';
import type { BelievedRecord } from '../../src/keying/index.js';
import type { Cluster, NodeRecord } from '../../src/kube/index.js';
import {
  bestOf,
  hear,
  isSamePair,
  type Origin,
  type Pair,
  Steadiness,
  step,
  type Tunnel,
  wantedOrigins,
  withRecord,
} from '../../src/pairs/index.js';
import { fakeTunnel } from '../../test/unit/pairs/samples.js';
import type { RecordWrites } from './api-server.js';
import type { Clock } from './clock.js';
import { type Costs, SOCKET_HOLDS } from './costs.js';
import {
  addressOf,
  CLUSTER_UID,
  endOf,
  nameOf,
  ownStateOf,
  podCidrOf,
  publicKeyOfNode,
  settledPair,
} from './fleet.js';
import { type Holding, messagesBetween, shapeOf } from './kernel-messages.js';
import { Processor, type Task, type Work } from './processor.js';

/** As in src/agent/agent.ts, which keeps them to itself; milliseconds. */
const SETTLE = 2000;
const LOOK_AGAIN = 10_000;
const LOOK_AT_KEYS = 1000;
const STEADY = 300_000;
/** As in src/agent/settled-file.ts. */
const QUIET = 1000;
const SHORTEST_SLEEP = 10;
/** SAs and policies of a pair with two tunnels in an IPv4 cluster: 2 · 2 and 11, which is what a dump gives. */
const OBJECTS_PER_PEER = 15;
/** In the seventh byte of a datagram: src/agent/probe-message.ts. */
/** Datagrams that a turn of libuv's loop takes from a socket at most (`uv__udp_recvmsg`). */
const TURN = 32;
const KINDS = ['probe', 'answer', 'sending'] as const;

type Kind = (typeof KINDS)[number];

/** Where an agent is. */
export interface Surroundings {
  readonly clock: Clock;
  readonly costs: Costs;
  readonly cluster: RecordWrites;
  readonly random: () => number;
  /** Nodes of the cluster. */
  readonly nodes: number;
  /** The agent of a tunnel's end. */
  readonly at: (address: string) => SimAgent | undefined;
}

/** What has come since the last turn of the event loop. */
interface Heard {
  count: number;
  isNews: boolean;
  /** To whom. */
  readonly answers: [bytes: Uint8Array, peer: string][];
}

interface Side {
  /** What the kernel holds. */
  holding: Holding;
  wanted: readonly Origin[];
  /** What those follow from. */
  of?: { readonly peer: BelievedRecord; readonly lines: readonly KeyLine[] };
  changedAt: number;
  movedAt?: number;
}

export class SimAgent {
  /** What was sent, by kind; dropped by a full socket; netlink messages; rounds. */
  readonly sent: Record<Kind, number> = { probe: 0, answer: 0, sending: 0 };
  dropped = 0;
  kernelMessages = 0;
  rounds = 0;
  /** When its kernel was changed last. */
  heldAt = 0;
  readonly name: string;
  readonly processor: Processor;
  /** One that has all peers, if this one has not: what comes here waits as long as it would there. */
  busyAs: SimAgent | undefined;

  readonly #world: Surroundings;
  readonly #number: number;
  readonly #book: PeerBook;
  readonly #talks: Talks;
  readonly #publisher: Publisher;
  readonly #status: RecordStatusWriter;
  readonly #report = new CurrentKeyReport();
  readonly #steadiness = new Steadiness();
  readonly #pairs = new Map<string, Pair>();
  readonly #sides = new Map<string, Side>();
  readonly #heardAt = new Map<string, number>();
  /** Of whom something has changed since a round last looked. */
  #touched = new Set<string>();
  /** Pairs with old tunnels, which go one day. */
  readonly #several = new Set<string>();
  #own: OwnState;
  #lines: readonly KeyLine[];
  #file: { readonly lines: readonly KeyLine[]; readonly settledAt: number } | undefined;
  #isHeld = true;
  #heard: Heard = { count: 0, isNews: false, answers: [] };
  /** The record says all: asked again, the publisher would have nothing to write. */
  #hasPublished = false;
  readonly #specs = new Map<string, unknown>();
  #isRunning = false;
  #isDirty = false;
  #timer = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #current: CurrentKey | undefined;

  constructor(i: number, lines: readonly KeyLine[], world: Surroundings) {
    this.#world = world;
    this.#number = i;
    this.name = nameOf(i);
    this.#lines = lines;
    this.#own = ownStateOf(i);
    this.#book = new PeerBook(this.name);
    this.processor = new Processor(world.clock);
    const probes = { inbound: NO_SECRET, outbound: NO_SECRET };
    this.#talks = new Talks(() => probes, world.random);
    const cluster = world.cluster as Cluster;
    const log = (): void => {};
    this.#publisher = new Publisher(
      cluster,
      this.name,
      log,
      (written) => {
        this.#book.changeRecord(this.name, written);
        this.#hasPublished = false;
        this.kick();
      },
      () => writeSpread(world.nodes, world.random()),
    );
    this.#status = new RecordStatusWriter(cluster, this.name, log, () => new Date(0));
  }

  /** Starts as one that has been here for long, with these records of the peers that are simulated and its own. */
  begin(records: readonly NodeRecord[]): void {
    this.#book.setNodes(records.map(({ name }) => ({ name, uid: `uid-${name}` })));
    this.#book.setRecords(records);
    for (const { name, spec } of records) this.#specs.set(name, spec);
    this.#book.judge(CLUSTER_UID, this.#lines, () => undefined);
    const end = endOf(this.#number, this.#lines);
    for (const [name, peer] of this.#book.accepted) {
      const pair = settledPair(end, peer);
      const [tunnel] = pair.tunnels;
      this.#pairs.set(name, pair);
      this.#heardAt.set(name, Number.NEGATIVE_INFINITY);
      this.#sides.set(name, {
        holding: { pair, best: tunnel, probe: tunnel },
        wanted: wantedOrigins(end, peer),
        changedAt: Number.NEGATIVE_INFINITY,
      });
    }
    this.#world.clock.at(LOOK_AGAIN * this.#world.random(), () => this.kick());
  }

  forgetCounts(): void {
    Object.assign(this.sent, { probe: 0, answer: 0, sending: 0 });
    [this.dropped, this.kernelMessages, this.rounds, this.processor.busy] = [0, 0, 0, 0];
  }

  /** When data of each pair went to another key. */
  get movedAt(): readonly number[] {
    return [...this.#sides.values()].flatMap(({ movedAt }) => movedAt ?? []);
  }

  /** Whether nothing of an old key is left in the kernel. */
  get isDone(): boolean {
    return [...this.#sides.values()].every(({ holding }) => holding.pair.tunnels.length === 1);
  }

  /** The kubelet has brought another key file. */
  changeFile(lines: readonly KeyLine[]): void {
    const { clock, random } = this.#world;
    this.#file = { lines, settledAt: clock.now + QUIET };
    const look = (): void => {
      if (this.#file?.lines !== lines) return;
      this.kick();
      clock.at(clock.now + LOOK_AT_KEYS, look);
    };
    clock.at(clock.now + LOOK_AT_KEYS * random(), look);
  }

  /** An event of the watch. */
  see(name: string, record: NodeRecord): void {
    const { event } = this.#world.costs;
    this.#arrive(() => {
      // A record whose status alone has changed is not proven again.
      const isNew = this.#specs.get(name) !== record.spec;
      if (isNew || name === this.name) this.#book.changeRecord(name, record);
      this.#specs.set(name, record.spec);
      this.#hasPublished = false;
      this.kick();
      return { cost: event };
    });
  }

  /** A datagram. */
  receive(bytes: Uint8Array, tunnel: Tunnel): void {
    const queue = this.busyAs?.processor ?? this.processor;
    if (queue.length >= SOCKET_HOLDS) {
      this.dropped += 1;
      return;
    }
    const from = this.#world.at(tunnel.local);
    const pair = from && this.#pairs.get(from.name);
    // The kernel drops what comes in an SA that it has not got.
    const held = from && this.#sides.get(from.name)?.holding.pair.tunnels;
    if (from === undefined || !held?.some(({ outbound }) => isSame(outbound, tunnel))) return;
    if (pair === undefined) return;
    this.#arrive(() => this.#hear(from, bytes, tunnel));
  }

  /** Something may have changed. */
  kick(): void {
    this.#isDirty = true;
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.processor.do(() => this.#look());
  }

  #arrive(work: Work): void {
    const wait = this.busyAs?.processor.wait ?? 0;
    if (wait === 0) this.processor.do(work);
    else this.#world.clock.at(this.#world.clock.now + wait, () => this.processor.do(work));
  }

  // ── What src/agent/agent.ts does ───────────────────────────────────────────────────────────────

  #hear(from: SimAgent, bytes: Uint8Array, way: Tunnel): Task {
    const { clock, costs } = this.#world;
    const pair = this.#pairs.get(from.name);
    if (pair === undefined) return { cost: costs.message };
    const { answer, news, asked } = this.#talks.receive(bytes, way.remote, way.local, [pair]);
    if (asked !== undefined) this.#steadiness.disturb(asked);
    const next = news === undefined ? pair : hear(pair, news.tunnelID, news.heard);
    const heard = this.#heard;
    heard.count += 1;
    if (heard.count === 1) this.processor.do(() => this.#answer());
    if (answer !== undefined) heard.answers.push([answer.bytes, from.name]);
    if (next !== pair) {
      heard.isNews = true;
      this.#pairs.set(from.name, next);
    }
    // What a turn of the event loop takes from a socket at most.
    const whole = heard.count % TURN === 0 ? this.#answer() : { cost: 0 };
    const done = (): void => {
      whole.done?.();
      if (next === pair) return;
      if (news?.heard === 'sending') this.#heardAt.set(from.name, clock.now);
      this.#talks.hurry(from.name);
      this.#touch(from.name);
      this.kick();
    };
    return { cost: costs.message + whole.cost, done };
  }

  /** What was heard in a turn is remembered, and then answered. */
  #answer(): Task {
    const { costs, nodes } = this.#world;
    const { answers, isNews } = this.#heard;
    this.#heard = { count: 0, isNews: false, answers: [] };
    return {
      cost: (isNews ? costs.savePerPeer * (nodes - 1) : 0) + answers.length * costs.message,
      done: () => {
        for (const [bytes, name] of answers) this.#send(bytes, this.#probeTunnel(name));
      },
    };
  }

  #probeTunnel(peer: string): Tunnel | undefined {
    return this.#sides.get(peer)?.holding.probe;
  }

  #send(bytes: Uint8Array, tunnel: Tunnel | undefined): void {
    if (tunnel === undefined) return;
    const { clock, costs, at } = this.#world;
    const kind = KINDS[(bytes[5] ?? 0) - 1];
    if (kind !== undefined) this.sent[kind] += 1;
    const peer = at(tunnel.remote);
    clock.at(clock.now + costs.roundTrip / 2, () => peer?.receive(bytes, tunnel));
  }

  #touch(peer: string): void {
    this.#touched.add(peer);
  }

  /** The first part of a round: keys, records, the next states. */
  #look(): Task {
    const { clock, costs, nodes } = this.#world;
    this.#isDirty = false;
    this.#timer += 1;
    this.rounds += 1;
    const { now } = clock;
    let judged = 0;
    if (this.#file !== undefined && now >= this.#file.settledAt) {
      this.#lines = this.#file.lines;
      this.#file = undefined;
      this.#hasPublished = false;
      this.#book.judgeAllAnew();
      judged = nodes - 1;
      for (const name of this.#pairs.keys()) this.#touch(name);
    }
    const marks = (name: string) => this.#pairs.get(name)?.mark;
    for (const name of this.#book.judge(CLUSTER_UID, this.#lines, marks)) {
      this.#talks.hurry(name);
      this.#heardAt.set(name, now);
      this.#touch(name);
      judged = Math.max(judged, 1);
    }
    for (const name of this.#several) {
      const changedAt = this.#sides.get(name)?.changedAt ?? now;
      if (now - changedAt >= STEADY) this.#touch(name);
    }
    const seen = this.#takeTouched();
    const derived = this.#step(seen, now);
    const isSame = this.#isHeld && !this.#plan(seen, now).some(({ isNew }) => isNew);
    const cost = costs.roundPerPeer * (nodes - 1) + judged * costs.judge + derived * costs.derive;
    return {
      cost,
      done: () =>
        this.processor.do(() =>
          isSame ? this.#finish(seen, now, 0) : this.#bringKernel(seen, now),
        ),
    };
  }

  /** The kernel is read and compared, and what differs is sent. */
  #bringKernel(before: readonly string[], now: number): Task {
    const { costs, nodes } = this.#world;
    const read = costs.readPerObject * OBJECTS_PER_PEER;
    const perPeer = read + costs.roundPerPeer + costs.comparePerPeer + costs.savePerPeer;
    return {
      cost: perPeer * (nodes - 1),
      done: () => {
        const seen = [...new Set([...before, ...this.#takeTouched()])];
        this.#step(seen, now);
        const plan = this.#plan(seen, now).filter(({ isNew }) => isNew);
        const messages = plan.reduce((sum, { side, next }) => {
          return sum + messagesBetween(this.#number, side.holding, next);
        }, 0);
        this.kernelMessages += messages;
        this.processor.do(() => ({
          cost: messages * costs.writePerMessage,
          done: () => {
            for (const { side, next } of plan) this.#hold(side, next);
            this.#isHeld = messages === 0;
            this.processor.do(() => this.#finish(seen, now, messages));
          },
        }));
      },
    };
  }

  /** The kernel holds what is planned. */
  #hold(side: Side, next: Holding): void {
    const before = side.holding.best?.keyID;
    side.holding = next;
    this.heldAt = this.#world.clock.now;
    if (next.best?.keyID !== before) side.movedAt = this.#world.clock.now;
    const { peer, tunnels } = next.pair;
    if (tunnels.length > 1) this.#several.add(peer);
    else this.#several.delete(peer);
  }

  #takeTouched(): readonly string[] {
    const touched = [...this.#touched];
    this.#touched = new Set();
    return touched;
  }

  /** @returns how many tunnels were made */
  #step(names: readonly string[], now: number): number {
    if (names.length === 0) return 0;
    let derived = 0;
    const end = endOf(this.#number, this.#lines);
    for (const name of names) {
      const [pair, peer] = [this.#pairs.get(name), this.#book.accepted.get(name)];
      const side = this.#sides.get(name);
      if (pair === undefined || peer === undefined || side === undefined) continue;
      const isKnown = side.of?.peer === peer && side.of.lines === this.#lines;
      const wanted = isKnown ? side.wanted : wantedOrigins(end, peer);
      side.of = { peer, lines: this.#lines };
      const known = withRecord(pair, peer);
      const since = this.#steadiness.since(known, wanted, now);
      const next = step(
        known,
        {
          ...{ disabled: false, enforced: true, peerPhase: peer.record.phase, wanted },
          ...{ peerIsKeyless: peer.record.keys.length === 0, gone: false },
          settled: now - (this.#heardAt.get(name) ?? now) >= SETTLE,
          steady: now - since >= STEADY,
        },
        (origin, reqid) => {
          derived += 1;
          return fakeTunnel(origin, reqid);
        },
      );
      side.wanted = wanted;
      side.changedAt = since;
      this.#pairs.set(name, next);
      // The next round looks at what this one has made of it.
      if (!isSamePair(next, known)) this.#touch(name);
    }
    return derived;
  }

  #plan(names: readonly string[], now: number): { side: Side; next: Holding; isNew: boolean }[] {
    return names.flatMap((name) => {
      const [pair, side] = [this.#pairs.get(name), this.#sides.get(name)];
      if (pair === undefined || side === undefined) return [];
      const best = bestOf(pair, side.wanted);
      const saying = this.#talks.saying(pair, side.wanted, now);
      const next = { pair, best, probe: saying?.tunnel ?? best ?? pair.tunnels.at(-1) };
      const isNew = shapeOf(side.holding) !== shapeOf(next);
      return [{ side, next, isNew }];
    });
  }

  /** What is said to others. */
  #finish(seen: readonly string[], now: number, changed: number): Task {
    const { costs } = this.#world;
    let count = 0;
    for (const { bytes, tunnel } of this.#talks.due(now)) {
      count += 1;
      this.#send(bytes, tunnel);
    }
    const isLoud = changed > 0 || count > 0;
    // Whoever waits for an answer may have something else to say in the next round.
    for (const name of seen) {
      const [pair, side] = [this.#pairs.get(name), this.#sides.get(name)];
      if (pair && side && this.#talks.saying(pair, side.wanted, now)) this.#touched.add(name);
    }
    this.#publish(now);
    if (isLoud || now - this.#lookedAt >= LOOK_AGAIN) this.#tell(now);
    return {
      cost: count * costs.message,
      done: () => {
        this.#isRunning = false;
        if (this.#isDirty) this.kick();
        else this.#schedule();
      },
    };
  }

  #publish(now: number): void {
    if (this.#hasPublished) return;
    const publicKeys = new Map(
      this.#lines.map(({ keyId }) => [keyId, publicKeyOfNode(this.#number, keyId)]),
    );
    const record = recordOf(this.#own, {
      ...{ type: 'ipsec', devices: [], least: 1 },
      ...{ phase: 'Enforced', addresses: [addressOf(this.#number)], publicKeys },
      podPrefixes: [{ cidr: podCidrOf(this.#number), source: 'Node.spec.podCIDRs' }],
      lines: this.#lines,
    });
    const found = this.#book.ownRecord;
    const failed = (): void => {
      this.#hasPublished = false;
      this.kick();
    };
    const revision = this.#publisher.publish(record, this.#own, this.#lines, found, now, failed);
    if (revision !== undefined) this.#own = { ...this.#own, revision };
    this.#hasPublished = revision === undefined && this.#publisher.nextAt === undefined;
  }

  #tell(now: number): void {
    this.#lookedAt = now;
    const keyID = this.#lines.at(-1)?.keyId ?? 0;
    const dataTunnels = new Map<string, Tunnel>();
    for (const [name, { holding }] of this.#sides) {
      if (holding.best !== undefined) dataTunnels.set(name, holding.best);
    }
    const found = currentKey(keyID, 'ipsec', {
      ...{ peers: this.#book.peers, pairs: this.#pairs.values(), dataTunnels },
      phaseOf: (peer) => this.#book.accepted.get(peer)?.record.phase,
    });
    this.#current = this.#report.look(found, 'ipsec', now);
    this.#status.write(
      this.#book.ownRecord,
      {
        ...{ agentVersion: '0', podCIDRs: [podCidrOf(this.#number)], currentKey: this.#current },
        keyIDs: this.#lines.map(({ keyId }) => keyId),
        ...{ isReady: true, isEncrypted: true, isClean: false, problems: [] },
      },
      now,
    );
  }

  /** The next round without a cause; a later one takes its place. */
  #schedule(): void {
    const { clock } = this.#world;
    const { now } = clock;
    const settling = [...this.#several]
      .map((name) => (this.#heardAt.get(name) ?? 0) + SETTLE)
      .filter((time) => time > now);
    const times = [this.#talks.nextAt(), this.#publisher.nextAt, this.#status.nextAt];
    // One of few peers that has nothing to wait for only waits.
    const again = this.busyAs === undefined || this.#several.size > 0 ? LOOK_AGAIN : STEADY;
    const due = [now + again, ...settling, ...times.filter((time) => time !== undefined)];
    const timer = this.#timer;
    clock.at(Math.max(now + SHORTEST_SLEEP, Math.min(...due)), () => {
      if (timer === this.#timer && !this.#isRunning) this.kick();
    });
  }
}

const NO_SECRET = new Uint8Array(32);

/** Whether our outbound SA is of the same tunnel as what the peer sends on. */
function isSame(one: Tunnel['outbound'], { inbound }: Tunnel): boolean {
  return one.fingerprint === inbound.fingerprint;
}
