import type { AuthenticRecord } from '../../../src/keying/index.js';
import { originID } from '../../../src/pairs/index.js';
import { type Link, type Message, ModelNode, type Way } from './model-node.js';

/** In ticks: how long records, messages and data are on their way at most. */
const RECORD_LAG = 20;
const MESSAGE_LAG = 4;
const DATA_LAG = 3;

/** What befalls a node. */
export type Event =
  | { readonly kind: 'enable' | 'disable'; readonly node: number }
  | { readonly kind: 'restart' | 'crash' | 'reboot'; readonly node: number }
  | { readonly kind: 'keys'; readonly node: number; readonly keyIDs: readonly number[] }
  | { readonly kind: 'lose SA'; readonly node: number; readonly index: number }
  | { readonly kind: 'pause'; readonly node: number; readonly ticks: number };

/** Nodes, an API server and a wire. All that is left to chance comes from the seed. */
export class ModelCluster {
  readonly nodes: readonly ModelNode[];
  /** The part of messages that is lost, 0–1. */
  loss = 0.2;

  readonly #random: () => number;
  #now = 0;
  readonly #store = new Map<string, { record: AuthenticRecord; at: number }>();
  readonly #writes = new Map<string, { record: AuthenticRecord; at: number }>();
  #messages: { from: string; message: Message; at: number }[] = [];
  readonly #paused = new Map<string, number>();
  readonly #flights = new Map<string, Way[]>();
  readonly #closed = new Set<string>();
  readonly #violations = new Set<string>();

  constructor(count: number, seed: number) {
    this.#random = mulberry32(seed);
    this.nodes = Array.from({ length: count }, (_, index) => {
      return new ModelNode(String.fromCharCode(97 + index), index + 1);
    });
  }

  /** What must never be: plaintext, a packet that nobody reads, keys used twice. */
  violations(kinds: RegExp = /./): string[] {
    const all = [...this.#violations, ...this.nodes.flatMap(({ violations }) => violations)];
    return all.filter((text) => kinds.test(text));
  }

  befall(event: Event): void {
    const node = this.nodes[event.node % this.nodes.length];
    if (node === undefined) return;
    if (event.kind === 'enable' || event.kind === 'disable') node.enabled = event.kind === 'enable';
    else if (event.kind === 'keys') node.keyIDs = event.keyIDs;
    else if (event.kind === 'restart') node.restart();
    else if (event.kind === 'crash') node.run(this.#now, true);
    else if (event.kind === 'reboot') node.reboot();
    else if (event.kind === 'lose SA') node.loseSa(event.index);
    else if (event.kind === 'pause') this.#paused.set(node.name, this.#now + event.ticks);
    this.#watch(event.kind);
  }

  run(ticks: number): void {
    for (let tick = 0; tick < ticks; tick += 1) this.#tick();
  }

  /** What is not yet as it should be in the end. */
  unsettled(): string[] {
    return this.nodes.flatMap((one) =>
      this.nodes
        .filter((other) => other !== one)
        .flatMap((other) => {
          const pair = one.pair(other.name);
          const link = one.links.get(other.name);
          const name = `${one.name}–${other.name}`;
          if (!one.enabled) {
            const isGone = link === undefined && pair === undefined && one.inbound.size === 0;
            return isGone
              ? []
              : [`${name} is not gone: ${JSON.stringify([link, pair?.tunnels.length])}`];
          }
          const has = pair?.tunnels
            .map(({ id }) => id)
            .sort()
            .join();
          const wants = one.wanted(other.name).map(originID).sort().join();
          const isRight =
            pair?.outClosed &&
            pair.inClosed &&
            link?.out.kind === 'protect' &&
            link.in === 'required' &&
            has === wants;
          if (isRight) return [];
          const bits = pair?.tunnels.map((t) => [t.keyID, t.confirmed, t.peerSends, t.told]);
          return [
            `${name}: ${JSON.stringify([link, bits, pair?.outClosed, pair?.inClosed, wants])}`,
          ];
        }),
    );
  }

  #chance(part: number): boolean {
    return this.#random() < part;
  }

  #tick(): void {
    this.#now += 1;
    for (const node of this.nodes) {
      if ((this.#paused.get(node.name) ?? 0) > this.#now) continue;
      this.#watchRecords(node);
      if (this.#chance(0.6)) node.run(this.#now);
      this.#watch('a round');
      if (this.#chance(0.4)) for (const message of node.talk()) this.#send(node.name, message);
      const record = node.toPublish();
      if (record !== undefined && !this.#writes.has(node.name)) {
        this.#writes.set(node.name, { record, at: this.#now + Math.floor(this.#random() * 5) });
      }
    }
    for (const [name, { record, at }] of this.#writes) {
      if (at > this.#now) continue;
      this.#writes.delete(name);
      this.#store.set(name, { record, at: this.#now });
      const node = this.nodes.find((one) => one.name === name);
      if (node !== undefined) node.published = record;
    }
    this.#deliver();
    this.#sendData();
  }

  #watchRecords(node: ModelNode): void {
    for (const [name, { record, at }] of this.#store) {
      if (name === node.name || node.seen.get(name) === record) continue;
      if (this.#chance(0.2) || this.#now - at > RECORD_LAG) node.seen.set(name, record);
    }
  }

  /** In their order, as they are sent at intervals longer than their way. */
  #send(from: string, message: Message): void {
    if (this.#chance(this.loss)) return;
    const last = this.#messages.findLast(
      (one) => one.from === from && one.message.to === message.to,
    );
    const at = this.#now + Math.floor(this.#random() * MESSAGE_LAG);
    this.#messages.push({ from, message, at: Math.max(at, last?.at ?? 0) });
  }

  #deliver(): void {
    const due = this.#messages.filter(({ at }) => at <= this.#now);
    this.#messages = this.#messages.filter(({ at }) => at > this.#now);
    for (const { from, message } of due) {
      const node = this.nodes.find(({ name }) => name === message.to);
      if (node === undefined || (this.#paused.get(node.name) ?? 0) > this.#now) continue;
      const answer = node.receive(from, message, this.#now);
      if (answer !== undefined) this.#send(node.name, answer);
    }
  }

  /** One packet each way, which may arrive at any moment of its way. */
  #sendData(): void {
    for (const sender of this.nodes) {
      for (const receiver of this.nodes) {
        if (sender === receiver) continue;
        const way = `${sender.name}→${receiver.name}`;
        const out = sender.links.get(receiver.name)?.out ?? { kind: 'plain' };
        const flights = [out, ...(this.#flights.get(way) ?? [])].slice(0, DATA_LAG);
        this.#flights.set(way, flights);
        for (const [age, packet] of flights.entries()) {
          const fault = refusal(packet, receiver, receiver.links.get(sender.name)?.in ?? 'plain');
          if (fault === undefined) continue;
          this.#violations.add(`loss at ${this.#now}: ${way}, ${age} ticks old: ${fault}`);
        }
      }
    }
  }

  /** What was closed stays so, unless the node itself was told to stop. */
  #watch(event: string): void {
    for (const node of this.nodes) {
      for (const peer of this.nodes) {
        if (peer === node) continue;
        const link = node.links.get(peer.name);
        const pair = node.pair(peer.name);
        const agreed =
          !node.enabled &&
          (node.seen.get(peer.name)?.record.phase === 'Disabled' || !pair?.tunnels.length);
        const isReboot = event === 'reboot';
        this.#guard(`${node.name} sends to ${peer.name}`, {
          isClosed: link !== undefined && link.out.kind !== 'plain',
          mayOpen: agreed || isReboot,
        });
        this.#guard(`${node.name} takes from ${peer.name}`, {
          isClosed: link?.in === 'required' || link?.in === 'block',
          mayOpen: !node.enabled || isReboot,
        });
      }
    }
  }

  #guard(what: string, { isClosed, mayOpen }: { isClosed: boolean; mayOpen: boolean }): void {
    if (isClosed) this.#closed.add(what);
    else if (this.#closed.delete(what) && !mayOpen) {
      this.#violations.add(`plaintext at ${this.#now}: ${what}`);
    }
  }
}

/** Why the receiver's kernel drops a packet. */
function refusal(packet: Way, receiver: ModelNode, arriving: Link['in']): string | undefined {
  if (packet.kind === 'block') return 'blocked';
  if (packet.kind === 'plain') {
    return arriving === 'required' || arriving === 'block' ? 'plaintext is refused' : undefined;
  }
  if (arriving === 'block' || arriving === 'plain') return `ESP meets ${arriving}`;
  return [...receiver.inbound.values()].includes(packet.key) ? undefined : 'no such SA';
}

/** A small generator of pseudo-random numbers, 0–1: the same for the same seed. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
