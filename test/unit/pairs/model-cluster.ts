import type { AuthenticRecord } from '../../../src/keying/index.js';
import { originID } from '../../../src/pairs/index.js';
import { ModelNode } from './model-node.js';
import type { Message } from './model-talk.js';
import type { Packet } from './model-wire.js';
import { PlaintextGuard } from './plaintext-guard.js';
import { pseudoRandom } from './pseudo-random.js';

/** In ticks: how long records, messages and data are on their way at most. */
const RECORD_LAG = 20;
const MESSAGE_LAG = 4;
const DATA_LAG = 3;

/** What befalls a node. */
export type Event =
  | { readonly kind: 'enable' | 'disable'; readonly node: number }
  /** The agent is stopped, or killed and another one started, after so many messages to the kernel. */
  | { readonly kind: 'pause'; readonly node: number; readonly ticks: number }
  | { readonly kind: 'kill'; readonly node: number; readonly ticks: number; readonly after: number }
  | { readonly kind: 'keys'; readonly node: number; readonly keyIDs: readonly number[] }
  | { readonly kind: 'no API'; readonly node: number; readonly ticks: number }
  | { readonly kind: 'lose SA'; readonly node: number; readonly index: number }
  | { readonly kind: 'flush SAs' | 'flush policies'; readonly node: number }
  /** The agent's memory goes; with a reboot the kernel's as well. */
  | { readonly kind: 'forget' | 'reboot'; readonly node: number };

/** Nodes, an API server and a wire. All that is left to chance comes from the seed. */
export class ModelCluster {
  readonly nodes: readonly ModelNode[];
  /** The part of messages that is lost, and that arrives twice, 0–1. */
  loss = 0.2;
  doubles = 0.1;
  /** Two nodes that do not take each other's records, as one has another key; by name. */
  readonly strangers = new Set<string>();
  /** Two nodes between which no ESP passes: both names, in order. */
  readonly walls = new Set<string>();

  readonly #guard: PlaintextGuard;
  readonly #random: () => number;
  #now = 0;
  readonly #store = new Map<string, { record: AuthenticRecord; at: number }>();
  readonly #old: AuthenticRecord[] = [];
  readonly #writes = new Map<string, { record: AuthenticRecord; at: number }>();
  #messages: { from: ModelNode; message: Message; at: number }[] = [];
  readonly #pausedUntil = new Map<ModelNode, number>();
  readonly #awayUntil = new Map<ModelNode, number>();
  readonly #flights = new Map<string, (readonly Packet[])[]>();
  readonly #losses = new Set<string>();

  constructor(count: number, seed: number) {
    this.#random = pseudoRandom(seed);
    this.nodes = Array.from({ length: count }, (_, index): ModelNode => {
      const name = String.fromCharCode(97 + index);
      return new ModelNode(name, index + 1, () => this.#kernelChanged(index));
    });
    this.#guard = new PlaintextGuard(this.nodes);
  }

  /** What must never be: plaintext, a packet that nobody reads, keys used twice. */
  violations(kinds: RegExp = /./): string[] {
    const ofNodes = this.nodes.flatMap(({ machine }) => machine.violations);
    return [...this.#losses, ...this.#guard.violations, ...ofNodes].filter((text) =>
      kinds.test(text),
    );
  }

  befall(event: Event): void {
    const node = this.nodes[event.node % this.nodes.length];
    if (node === undefined) return;
    const { kind } = event;
    if (kind === 'enable' || kind === 'disable') node.enabled = kind === 'enable';
    else if (kind === 'keys') node.own.keyIDs = event.keyIDs;
    else if (kind === 'pause') this.#pausedUntil.set(node, this.#now + event.ticks);
    else if (kind === 'no API') this.#awayUntil.set(node, this.#now + event.ticks);
    else if (kind === 'lose SA') node.machine.loseSa(event.index);
    else if (kind === 'flush SAs') node.machine.flush('SAs');
    else if (kind === 'flush policies') {
      this.#guard.excuse(node, kind);
      node.machine.flush('policies');
    } else {
      this.#writes.delete(node.name);
      if (kind === 'kill') {
        node.run(this.#now, event.after);
        node.restart();
        this.#pausedUntil.set(node, this.#now + event.ticks);
      } else {
        if (kind === 'reboot') {
          this.#guard.excuse(node, kind);
          node.machine.flush('SAs');
          node.machine.flush('policies');
        }
        node.forget();
      }
    }
    node.kernelChanged();
    this.#guard.watch(kind);
  }

  run(ticks: number): void {
    for (let tick = 0; tick < ticks; tick += 1) this.#tick();
  }

  /** What is not yet as it should be in the end. */
  unsettled(): string[] {
    return this.nodes.flatMap((one) =>
      this.nodes
        .filter((other) => other !== one && !this.areApart(one, other))
        .flatMap((other): string[] => {
          const pair = one.pair(other.name);
          const name = `${one.name}–${other.name}`;
          const [out] = one.wire.leaving(other.number);
          if (!one.enabled) {
            const { sas, policies } = one.machine.kernel.actual;
            if (pair === undefined && sas.length + policies.length === 0) return [];
            return [`${name} is not gone: ${JSON.stringify([out, pair])}`];
          }
          const ids = pair?.tunnels.map(({ id }) => id).sort();
          const wants = one.wanted(other.name).map(originID).sort();
          const isShut = pair?.inClosed && one.wire.isShut(other.number);
          const isRight = pair?.outClosed && isShut && out?.kind === 'esp';
          if (isRight && ids?.join() === wants.join()) return [];
          return [`${name}: ${JSON.stringify([out, isShut, wants, pair])}`];
        }),
    );
  }

  /** Whether two nodes can have no tunnel. */
  areApart(one: ModelNode, other: ModelNode): boolean {
    return (
      this.strangers.has(one.name) !== this.strangers.has(other.name) ||
      this.walls.has([one.name, other.name].sort().join(''))
    );
  }

  #chance(part: number): boolean {
    return this.#random() < part;
  }

  #tick(): void {
    this.#now += 1;
    for (const node of this.nodes) {
      if ((this.#pausedUntil.get(node) ?? 0) > this.#now) continue;
      const hasApi = (this.#awayUntil.get(node) ?? 0) <= this.#now;
      if (hasApi) this.#watchApi(node);
      const isRound = this.#chance(0.6);
      if (isRound) {
        node.run(this.#now);
        this.#guard.excused(node);
        this.#guard.watch(`a round at ${this.#now}`);
      }
      if (this.#chance(0.4)) {
        for (const message of node.say((name) => this.#node(name).number)) {
          this.#send(node, message);
        }
      }
      // Its record says what its kernel does already.
      const record = isRound && hasApi ? node.toPublish() : undefined;
      if (record !== undefined && !this.#writes.has(node.name)) {
        this.#writes.set(node.name, { record, at: this.#now + this.#upTo(5) });
      }
    }
    for (const [name, { record, at }] of this.#writes) {
      if (at > this.#now) continue;
      this.#writes.delete(name);
      const before = this.#store.get(name);
      if (before !== undefined) this.#old.push(before.record);
      this.#store.set(name, { record, at: this.#now });
      this.#node(name).own.published = record;
    }
    this.#deliver();
    this.#sendData();
  }

  #watchApi(node: ModelNode): void {
    const known = (name: string): boolean => !this.areStrange(node.name, name);
    if (!node.book.isListed) {
      if (!this.#chance(0.3)) return;
      node.own.published = this.#store.get(node.name)?.record;
      for (const [name, { record }] of this.#store) {
        if (name !== node.name && known(name)) node.see(record, this.#now);
      }
      node.book.isListed = true;
    }
    for (const [name, { record, at }] of this.#store) {
      if (name === node.name || !known(name) || node.book.get(name) === record) continue;
      if (this.#chance(0.2) || this.#now - at > RECORD_LAG) node.see(record, this.#now);
    }
    const old = this.#old[this.#upTo(this.#old.length)];
    // Also by somebody who replays it.
    if (
      old !== undefined &&
      node.book.get(old.owner.nodeName) !== undefined &&
      this.#chance(0.05)
    ) {
      node.see(old, this.#now);
    }
  }

  areStrange(one: string, other: string): boolean {
    return this.strangers.has(one) !== this.strangers.has(other);
  }

  #upTo(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #node(name: string): ModelNode {
    const node = this.nodes.find((one) => one.name === name);
    if (node === undefined) throw new Error(`there is no node ${name}`);
    return node;
  }

  /** Each on its own way: late, twice, in any order, or never. */
  #send(from: ModelNode, message: Message): void {
    if (message.packet.kind === 'block') return;
    const isWall = this.walls.has([from.name, message.to].sort().join(''));
    if (message.packet.kind === 'esp' && isWall) return;
    if (this.#chance(this.loss)) return;
    this.#messages.push({ from, message, at: this.#now + this.#upTo(MESSAGE_LAG) });
    if (this.#chance(this.doubles)) this.#send(from, message);
  }

  #deliver(): void {
    const due = this.#messages.filter(({ at }) => at <= this.#now);
    this.#messages = this.#messages.filter(({ at }) => at > this.#now);
    for (const { from, message } of due) {
      const node = this.#node(message.to);
      if ((this.#pausedUntil.get(node) ?? 0) > this.#now) continue;
      const answer = node.receive(from.name, from.number, message, this.#now);
      if (answer !== undefined) this.#send(node, answer);
    }
  }

  /** One packet of each flow each way, which may arrive at any moment of its way. */
  #sendData(): void {
    for (const sender of this.nodes) {
      for (const receiver of this.nodes) {
        if (sender === receiver) continue;
        const way = `${sender.name}→${receiver.name}`;
        const packets = sender.wire.leaving(receiver.number);
        const flights = [packets, ...(this.#flights.get(way) ?? [])].slice(0, DATA_LAG);
        this.#flights.set(way, flights);
        this.#judge(sender, receiver, flights);
      }
    }
  }

  #judge(sender: ModelNode, receiver: ModelNode, flights: readonly (readonly Packet[])[]): void {
    if (this.walls.has([sender.name, receiver.name].sort().join(''))) return;
    for (const [age, packets] of flights.entries()) {
      for (const fault of receiver.wire.refusals(packets, sender.number)) {
        const way = `${sender.name}→${receiver.name}`;
        this.#losses.add(`loss at ${this.#now}: ${way}, ${age} ticks old: ${fault}`);
      }
    }
  }

  /** Between two messages to a kernel. */
  #kernelChanged(index: number): void {
    const node = this.nodes[index];
    if (node === undefined) return;
    this.#guard.watch(`within a round at ${this.#now}`);
    for (const other of this.nodes) {
      if (other === node) continue;
      this.#judge(node, other, [node.wire.leaving(other.number)]);
      this.#judge(other, node, this.#flights.get(`${other.name}→${node.name}`) ?? []);
    }
  }
}
