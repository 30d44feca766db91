import { type Difference, desired, diff, type Step } from '../../../src/datapath/index.js';
import type { AuthenticRecord } from '../../../src/keying/index.js';
import type { Algorithms } from '../../../src/netlink/index.js';
import {
  adopt,
  bestOf,
  hear,
  needsEpoch,
  nodeWish,
  type Origin,
  type Pair,
  pairWish,
  type Saying,
  Steadiness,
  sayingOf,
  step,
  withoutLost,
} from '../../../src/pairs/index.js';
import { ModelBook } from './model-book.js';
import { ModelMachine } from './model-machine.js';
import { ModelOwn, type Own } from './model-own.js';
import { type Message, ModelTalk } from './model-talk.js';
import type { Wire } from './model-wire.js';
import { fakeAlgorithms, fakeTunnel } from './samples.js';

/** In ticks. Data is on its way for less than `SETTLE`, records and messages for less than `STEADY`. */
const SETTLE = 6;
const STEADY = 60;
const ABSENCE = 100;

/** The state file; all in it is plain JSON. */
interface Saved {
  readonly own?: Own | undefined;
  readonly pairs?: readonly Pair[];
}

/** An agent and its kernel: the real core, with what src/agent does around it; a clock of ticks. */
export class ModelNode {
  enabled = false;
  readonly own: ModelOwn;
  readonly machine: ModelMachine;
  book = new ModelBook();

  #now = 0;
  #saved: Saved = {};
  #pairs = new Map<string, Pair>();
  #isAdopted = false;
  #unsent = new Map<string, Algorithms>();
  #wanted = new Map<string, readonly Origin[]>();
  #heardAt = new Map<string, number>();
  #startedAt = 0;
  #steadiness = new Steadiness();
  #talk = new ModelTalk();
  #applied = '';
  readonly #absentSince = new Map<string, number>();

  /** @param onMessage called after each message to the kernel */
  constructor(
    readonly name: string,
    readonly number: number,
    onMessage: () => void,
  ) {
    this.own = new ModelOwn(name, number);
    this.machine = new ModelMachine(name, number, onMessage);
  }

  /** What the kernel does now. */
  get wire(): Wire {
    return this.machine.wire;
  }

  get pairs(): readonly Pair[] {
    return [...this.#pairs.values()];
  }

  pair(peer: string): Pair | undefined {
    return this.#pairs.get(peer);
  }

  wanted(peer: string): readonly Origin[] {
    return this.#wanted.get(peer) ?? [];
  }

  /** A record has come, perhaps an old one. */
  see(peer: AuthenticRecord, now: number): void {
    this.#now = now;
    const name = peer.owner.nodeName;
    if (this.book.see(peer, this.#pairs.get(name))) this.#heardAt.set(name, this.#now);
  }

  /** The agent ends and another one starts, with the state file that there is. */
  restart(): void {
    const { own, pairs = [] } = JSON.parse(JSON.stringify(this.#saved)) as Saved;
    this.own.state = own;
    this.#pairs = new Map(pairs.map((pair) => [pair.peer, pair]));
    this.book = new ModelBook();
    this.#absentSince.clear();
    this.own.published = undefined;
    this.#isAdopted = false;
    this.#unsent = new Map();
    this.#wanted = new Map();
    this.#heardAt = new Map();
    this.#startedAt = this.#now;
    this.#steadiness = new Steadiness();
    this.#talk = new ModelTalk();
    this.#applied = '';
  }

  /** The state file is gone as well. */
  forget(): void {
    this.#saved = {};
    this.restart();
  }

  /** The kernel has changed without us. */
  kernelChanged(): void {
    this.#applied = '';
  }

  /** One round of the agent; it is killed after so many messages to the kernel, if there are as many. */
  run(now: number, killedAfter = Number.POSITIVE_INFINITY): void {
    this.#now = now;
    const isOwnKnown = this.own.settle(this.book.isListed, this.enabled || this.#pairs.size > 0);
    if (!this.#isAdopted) {
      const found = adopt(this.machine.kernel.actual, this.pairs, [`192.168.50.${this.number}`]);
      for (const pair of found) this.#pairs.set(pair.peer, pair);
      this.#isAdopted = true;
    }
    if (!isOwnKnown) return;
    this.book.meet(this.#pairs, this.own.state?.lostMemoryAt, this.enabled);
    this.#stepAll();
    if (this.pairs.some((pair) => needsEpoch(pair, this.wanted(pair.peer)))) {
      this.own.renew();
      this.#stepAll();
    }
    let difference = this.#compare();
    const { lost = [], taken = [] } = difference ?? {};
    if (lost.length + taken.length > 0) {
      const spis = new Set([...lost, ...taken].map(({ inbound }) => inbound.spi));
      for (const pair of this.pairs) {
        const ids = pair.tunnels.filter(({ inbound }) => spis.has(inbound.spi)).map(({ id }) => id);
        this.#pairs.set(pair.peer, withoutLost(pair, new Set(ids)));
      }
      this.own.renew();
      this.#stepAll();
      difference = this.#compare();
    }
    this.#save();
    const steps = difference?.steps ?? [];
    for (const one of steps.slice(0, killedAfter)) this.#send(one);
    if (steps.length > killedAfter) this.restart();
    else this.#finishDisabling();
  }

  /** The record that should be at the API server; undefined when it is. */
  toPublish(): AuthenticRecord | undefined {
    return this.book.isListed
      ? this.own.toPublish(this.pairs, this.enabled, (peer) => this.book.get(peer)?.record.phase)
      : undefined;
  }

  /** What it says to each peer now, where it has something to say. */
  say(number: (peer: string) => number): Message[] {
    return this.pairs.flatMap((pair): Message[] => {
      const saying = this.#saying(pair);
      if (saying === undefined) {
        this.#talk.hurry(pair.peer);
        return [];
      }
      const packet = this.wire.probeTo(number(pair.peer));
      const message = this.#talk.say(pair, saying, packet, this.#now);
      return message === undefined ? [] : [message];
    });
  }

  /** A message has come. @returns the answer */
  receive(from: string, number: number, message: Message, now: number): Message | undefined {
    this.#now = now;
    const { kind, about, nonce, packet } = message;
    const pair = this.#pairs.get(from);
    if (pair === undefined || this.wire.refusesProbe(packet, number)) return undefined;
    const way = kind === 'answer' ? 'outbound' : 'inbound';
    const tunnel = pair.tunnels.find((one) => one[way].fingerprint === about);
    if (tunnel === undefined) return undefined;
    const heard = kind === 'answer' ? this.#talk.heardFrom(from, tunnel, nonce) : kind;
    const next = heard === undefined || heard === 'probe' ? pair : hear(pair, tunnel.id, heard);
    if (next !== pair) {
      this.#pairs.set(from, next);
      if (heard === 'sending') this.#heardAt.set(from, now);
      this.#talk.hurry(from);
      this.#save();
    }
    if (kind === 'answer') return undefined;
    if (kind === 'probe') this.#steadiness.disturb(from);
    return { to: from, kind: 'answer', about, nonce, packet: this.wire.probeTo(number) };
  }

  // ── What src/agent/agent.ts does ───────────────────────────────────────────────────────────────

  #stepAll(): void {
    const { end } = this.own;
    const enforced = this.own.state?.publishedPhase === 'Enforced';
    for (const [name, pair] of this.#pairs) {
      const isEmpty = pair.tunnels.length === 0 && !pair.outClosed && !pair.inClosed;
      if (isEmpty && this.#isGone(name)) {
        this.#pairs.delete(name);
        continue;
      }
      const peer = this.book.get(name);
      const wanted = this.enabled ? this.book.origins(end, name) : [];
      this.#wanted.set(name, wanted);
      const situation = {
        disabled: !this.enabled,
        enforced,
        peerPhase: peer?.record.phase,
        peerIsKeyless: peer?.record.keys.length === 0,
        wanted,
        settled: this.#now - (this.#heardAt.get(name) ?? this.#startedAt) >= SETTLE,
        steady: this.#now - this.#steadiness.since(pair, wanted, this.#now) >= STEADY,
        gone: this.#isGone(name),
      };
      this.#pairs.set(
        name,
        step(pair, situation, (origin, reqid) => {
          const tunnel = fakeTunnel(origin, reqid);
          const { own, peer: other } = origin;
          const { inbound, outbound } = tunnel;
          this.#unsent.set(inbound.fingerprint, fakeAlgorithms(origin, other, own));
          this.#unsent.set(outbound.fingerprint, fakeAlgorithms(origin, own, other));
          return tunnel;
        }),
      );
    }
  }

  /** Peers do not leave; what was found in the kernel may be of one that nobody can name any more. */
  #isGone(name: string): boolean {
    if (!this.book.isListed || !name.startsWith('adopted/')) return false;
    const since = this.#absentSince.get(name) ?? this.#now;
    this.#absentSince.set(name, since);
    return this.#now - since >= ABSENCE;
  }

  /** @returns undefined when neither the wish nor the kernel is other than at the last time */
  #compare(): Difference | undefined {
    const ways = this.pairs.map((pair) => {
      const best = bestOf(pair, this.wanted(pair.peer));
      return { pair, best, probe: this.#saying(pair)?.tunnel ?? best ?? pair.tunnels.at(-1) };
    });
    const text = JSON.stringify([this.pairs, ways.map(({ best, probe }) => [best?.id, probe?.id])]);
    if (text === this.#applied) return undefined;
    this.#applied = text;
    const wishes = ways
      .sort(({ pair: { peer: one } }, { pair: { peer: other } }) => {
        const rank = (name: string): number => (this.book.get(name) === undefined ? 1 : 0);
        return rank(one) - rank(other) || (one < other ? -1 : 1);
      })
      .map(({ pair, best, probe }) =>
        pairWish(pair, best, probe, (id, way) => this.#keysOf(pair, id, way)),
      );
    const { number } = this;
    const node = nodeWish([`10.244.${number}.0/24`], [`192.168.50.${number}`], false);
    return diff(this.machine.kernel.actual, desired(node, wishes));
  }

  #keysOf({ tunnels }: Pair, id: string, way: 'inbound' | 'outbound'): Algorithms | undefined {
    const fingerprint = tunnels.find((one) => one.id === id)?.[way].fingerprint;
    return this.#unsent.get(fingerprint ?? '');
  }

  #saying(pair: Pair): Saying | undefined {
    if (!this.enabled) return undefined;
    return sayingOf(pair, this.wanted(pair.peer), this.#talk.attempt(pair.peer));
  }

  #save(): void {
    this.#saved = { own: this.own.state, pairs: this.pairs };
  }

  #send(one: Step): void {
    const { stage, tunnel } = one;
    if (tunnel !== undefined) {
      const way = stage === 'add inbound SA' ? 'inbound' : 'outbound';
      this.#unsent.delete(tunnel[way].fingerprint);
    }
    this.machine.send(one);
  }

  #finishDisabling(): void {
    const isOver = this.pairs.every(
      ({ tunnels, outClosed, inClosed }) => tunnels.length === 0 && !outClosed && !inClosed,
    );
    if (this.enabled || !isOver || !this.own.isQuiet || !this.own.published) return;
    this.#pairs.clear();
    this.own.state = undefined;
    this.#saved = {};
  }
}
