import type { AuthenticRecord, Phase } from '../../../src/keying/index.js';
import {
  bestOf,
  freeReqid,
  hear,
  needsEpoch,
  newPair,
  type Origin,
  type OwnEnd,
  originID,
  type Pair,
  pairWish,
  sayingOf,
  step,
  type Tunnel,
  wantedOrigins,
  withoutLost,
  withRecord,
} from '../../../src/pairs/index.js';
import { fakeTunnel, publicKeyText, record } from './samples.js';

/** In ticks. Data is on its way for less than `SETTLE`, records and messages for less than `STEADY`. */
export const SETTLE = 6;
export const STEADY = 60;

/** What a kernel does with data for a peer; the key is that of the SA. */
export type Way =
  | { readonly kind: 'plain' }
  | { readonly kind: 'block' }
  | { readonly kind: 'protect'; readonly key: string };

/** What a kernel holds for one peer. */
export interface Link {
  readonly out: Way;
  readonly in: 'plain' | 'optional' | 'required' | 'block';
}

export interface Message {
  readonly to: string;
  readonly kind: 'probe' | 'sending' | 'answer';
  /** The keys of the SA that it is about, and of the one that it goes through. */
  readonly about: string;
  readonly via: string;
  readonly nonce: number;
}

interface Saved {
  readonly epoch: number;
  readonly generation: number;
  readonly published: Phase | undefined;
  readonly pairs: readonly Pair[];
  readonly lostMemoryAt?: number;
}

/** An agent and its kernel, with all that src/pairs leaves to them; time is counted in ticks. */
export class ModelNode {
  enabled = false;
  keyIDs: readonly number[] = [1];
  /** Records of the peers, as this node's watch has brought them. */
  readonly seen = new Map<string, AuthenticRecord>();
  /** Of this node, as the API server has it. */
  published: AuthenticRecord | undefined;
  /** Keys of the SAs. */
  readonly inbound = new Map<string, string>();
  readonly outbound = new Map<string, string>();
  readonly links = new Map<string, Link>();
  readonly violations: string[] = [];

  #now = 0;
  #epoch = 1;
  #generation = 0;
  #hasOwn = true;
  #lostMemoryAt: number | undefined;
  #pairs = new Map<string, Pair>();
  #saved: string | undefined;
  readonly #everInstalled = new Set<string>();
  #unsent = new Set<string>();
  #heardAt = new Map<string, number>();
  #changedAt = new Map<string, number>();
  #wanted = new Map<string, readonly Origin[]>();
  #nonces = new Map<string, number>();
  #attempts = new Map<string, number>();

  constructor(
    readonly name: string,
    readonly number: number,
  ) {}

  get pairs(): readonly Pair[] {
    return [...this.#pairs.values()];
  }

  pair(peer: string): Pair | undefined {
    return this.#pairs.get(peer);
  }

  wanted(peer: string): readonly Origin[] {
    return this.#wanted.get(peer) ?? [];
  }

  /** The agent ends, perhaps between its state file and the kernel, and another one starts. */
  restart(): void {
    const saved = this.#saved === undefined ? undefined : (JSON.parse(this.#saved) as Saved);
    if (saved === undefined) return;
    this.#epoch = saved.epoch;
    this.#generation = saved.generation;
    this.#lostMemoryAt = saved.lostMemoryAt;
    this.#pairs = new Map(saved.pairs.map((pair) => [pair.peer, pair]));
    this.#unsent = new Set();
    this.#nonces = new Map();
    this.#heardAt = new Map(saved.pairs.map(({ peer }) => [peer, this.#now]));
    this.#changedAt = new Map(saved.pairs.map(({ peer }) => [peer, this.#now]));
  }

  /** The machine starts anew: no memory, an empty kernel. */
  reboot(): void {
    this.inbound.clear();
    this.outbound.clear();
    this.links.clear();
    this.#pairs = new Map();
    this.#saved = undefined;
    this.#unsent = new Set();
    this.#renew();
    this.#lostMemoryAt = this.published?.record.phase === 'Enforced' ? this.#epoch : undefined;
  }

  /** Somebody deletes an SA. @returns whether there was one */
  loseSa(index: number): boolean {
    const all = [
      ...[...this.inbound.keys()].map((key) => () => this.inbound.delete(key)),
      ...[...this.outbound.keys()].map((key) => () => this.outbound.delete(key)),
    ];
    return all[index % Math.max(1, all.length)]?.() ?? false;
  }

  /** One round of the agent. @returns whether it got to the kernel */
  run(now: number, diesBeforeKernel = false): void {
    this.#now = now;
    this.#settleOwn();
    this.#meetPeers();
    this.#stepAll();
    for (let round = 0; round < 3 && this.#mustRenew(); round += 1) {
      this.#renew();
      this.#stepAll();
    }
    this.#save();
    if (diesBeforeKernel) {
      this.restart();
      return;
    }
    this.#apply();
    this.#finishDisabling();
  }

  /** The record that should be at the API server; undefined when it is. */
  toPublish(): AuthenticRecord | undefined {
    if (!this.#hasOwn) return undefined;
    const before = this.published?.record;
    if (!this.enabled && before === undefined) return undefined;
    const hasConfirmed = this.pairs.some(
      ({ outClosed, tunnels }) => outClosed || tunnels.some(({ confirmed }) => confirmed),
    );
    const isEnforced = before?.phase === 'Enforced' || hasConfirmed;
    const phase: Phase = !this.enabled ? 'Disabled' : isEnforced ? 'Enforced' : 'Enabling';
    const isSilent = !this.enabled && this.pairs.every(({ outClosed }) => !outClosed);
    const next = record({
      name: this.name,
      number: this.number,
      epoch: this.#epoch,
      generation: this.#generation,
      phase,
      keyIDs: isSilent ? [] : this.keyIDs,
      ...(isSilent ? { podPrefixes: [] } : {}),
      revision: (before?.revision ?? 0) + 1,
    });
    const same = (one: AuthenticRecord['record']): string =>
      JSON.stringify({ ...one, revision: 0 });
    return before !== undefined && same(before) === same(next.record) ? undefined : next;
  }

  /** What it says to each peer now, where it has something to say. */
  talk(): Message[] {
    return this.pairs.flatMap((pair): Message[] => {
      const wanted = this.enabled ? this.wanted(pair.peer) : [];
      const saying = this.#saying(pair, wanted);
      if (saying === undefined) {
        for (const about of this.#nonces.keys()) {
          if (about.startsWith(`${pair.peer} `)) this.#nonces.delete(about);
        }
        return [];
      }
      this.#attempts.set(pair.peer, (this.#attempts.get(pair.peer) ?? 0) + 1);
      const { tunnel, kind } = saying;
      const about = `${pair.peer} ${kind} ${tunnel.id}`;
      const nonce = this.#nonces.get(about) ?? Math.floor(this.#now * 1000 + this.#nonces.size);
      this.#nonces.set(about, nonce);
      const key = tunnel.outbound.fingerprint;
      if (!this.#isOutbound(tunnel)) return [];
      return [{ to: pair.peer, kind, about: key, via: key, nonce }];
    });
  }

  /** A message has come. @returns the answer */
  receive(from: string, { kind, about, via, nonce }: Message, now: number): Message | undefined {
    this.#now = now;
    const pair = this.#pairs.get(from);
    if (pair === undefined || ![...this.inbound.values()].includes(via)) return undefined;
    if (kind === 'answer') {
      const tunnel = pair.tunnels.find(({ outbound }) => outbound.fingerprint === about);
      for (const asked of ['probe', 'sending'] as const) {
        if (tunnel === undefined || this.#nonces.get(`${from} ${asked} ${tunnel.id}`) !== nonce)
          continue;
        this.#news(hear(pair, tunnel.id, `answer to ${asked}`), pair);
      }
      return undefined;
    }
    const tunnel = pair.tunnels.find(({ inbound }) => inbound.fingerprint === about);
    if (tunnel === undefined) return undefined;
    if (kind === 'sending') {
      const heard = hear(pair, tunnel.id, 'sending');
      if (heard !== pair) this.#heardAt.set(from, now);
      this.#news(heard, pair);
      // What it says must be remembered before it is told that it was heard.
      this.#save();
    } else this.#changedAt.set(from, now);
    const through = this.#probeTunnel(this.#pairs.get(from) ?? pair);
    if (through === undefined || !this.#isOutbound(through)) return undefined;
    return { to: from, kind: 'answer', about, via: through.outbound.fingerprint, nonce };
  }

  #news(next: Pair, pair: Pair): void {
    if (next === pair) return;
    this.#pairs.set(pair.peer, next);
    this.#changedAt.set(pair.peer, this.#now);
  }

  #isOutbound({ remote, outbound }: Tunnel): boolean {
    return this.outbound.get(`${remote} ${outbound.spi}`) === outbound.fingerprint;
  }

  #saying(pair: Pair, wanted: readonly Origin[]): ReturnType<typeof sayingOf> {
    return this.enabled ? sayingOf(pair, wanted, this.#attempts.get(pair.peer) ?? 0) : undefined;
  }

  #probeTunnel(pair: Pair): Tunnel | undefined {
    const wanted = this.wanted(pair.peer);
    return this.#saying(pair, wanted)?.tunnel ?? bestOf(pair, wanted) ?? pair.tunnels.at(-1);
  }

  #settleOwn(): void {
    if (this.#hasOwn || !this.enabled) return;
    this.#hasOwn = true;
    this.#renew();
  }

  #renew(): void {
    this.#epoch += 1;
    this.#generation = (this.#generation + 1) % 32;
  }

  #own(): OwnEnd {
    return {
      nodeName: this.name,
      nodeUID: `uid ${this.name}`,
      nodeNumber: this.number,
      epoch: this.#epoch,
      generation: this.#generation,
      addresses: [`192.168.50.${this.number}`],
      publicKeys: new Map(this.keyIDs.map((id) => [id, publicKeyText(this.name, id)])),
    };
  }

  #meetPeers(): void {
    for (const [name, peer] of this.seen) {
      const known = this.#pairs.get(name);
      if (known !== undefined) {
        this.#pairs.set(name, withRecord(known, peer));
        continue;
      }
      if (!this.enabled || peer.record.phase === 'Disabled') continue;
      const reqids = new Set(this.pairs.map(({ reqid }) => reqid));
      const isClosed = this.#lostMemoryAt !== undefined && peer.record.phase === 'Enforced';
      this.#pairs.set(name, newPair(peer, freeReqid(peer.record.nodeNumber, reqids), isClosed));
      this.#heardAt.set(name, this.#now);
      this.#changedAt.set(name, this.#now);
    }
  }

  #stepAll(): void {
    for (const [name, pair] of this.#pairs) {
      const peer = this.seen.get(name);
      const wanted = peer === undefined || !this.enabled ? [] : wantedOrigins(this.#own(), peer);
      if (idsOf(wanted) !== idsOf(this.wanted(name))) this.#changedAt.set(name, this.#now);
      this.#wanted.set(name, wanted);
      const next = step(
        pair,
        {
          disabled: !this.enabled,
          enforced: this.published?.record.phase === 'Enforced',
          peerPhase: peer?.record.phase,
          peerIsKeyless: peer?.record.keys.length === 0,
          wanted,
          settled: this.#now - (this.#heardAt.get(name) ?? 0) >= SETTLE,
          steady: this.#now - (this.#changedAt.get(name) ?? 0) >= STEADY,
          gone: false,
        },
        (origin, reqid) => {
          const tunnel = fakeTunnel(origin, reqid);
          this.#unsent.add(`in ${tunnel.inbound.fingerprint}`);
          this.#unsent.add(`out ${tunnel.outbound.fingerprint}`);
          return tunnel;
        },
      );
      this.#pairs.set(name, next);
    }
  }

  /** Drops what was lost. @returns whether anything needs a new epoch */
  #mustRenew(): boolean {
    let must = false;
    for (const [name, pair] of this.#pairs) {
      const lost = pair.tunnels.filter((tunnel) => !this.#isThere(tunnel));
      if (lost.length > 0) {
        this.#pairs.set(name, withoutLost(pair, new Set(lost.map(({ id }) => id))));
      }
      must ||= lost.length > 0 || needsEpoch(pair, this.wanted(name));
    }
    return must;
  }

  #isThere({ local, remote, inbound, outbound }: Tunnel): boolean {
    const isIn = this.inbound.get(`${local} ${inbound.spi}`) === inbound.fingerprint;
    const isOut = this.outbound.get(`${remote} ${outbound.spi}`) === outbound.fingerprint;
    return (
      (isIn || this.#unsent.has(`in ${inbound.fingerprint}`)) &&
      (isOut || this.#unsent.has(`out ${outbound.fingerprint}`))
    );
  }

  #save(): void {
    const saved: Saved = {
      epoch: this.#epoch,
      generation: this.#generation,
      published: this.published?.record.phase,
      pairs: this.pairs,
      ...(this.#lostMemoryAt === undefined ? {} : { lostMemoryAt: this.#lostMemoryAt }),
    };
    this.#saved = JSON.stringify(saved);
  }

  #apply(): void {
    const tunnels = this.pairs.flatMap((pair) => pair.tunnels);
    const ins = new Map(tunnels.map((one) => [`${one.local} ${one.inbound.spi}`, one.inbound]));
    const outs = new Map(tunnels.map((one) => [`${one.remote} ${one.outbound.spi}`, one.outbound]));
    this.#install('in', this.inbound, ins);
    this.#install('out', this.outbound, outs);
    for (const pair of this.pairs) {
      const best = bestOf(pair, this.wanted(pair.peer));
      const wish = pairWish(pair, best, this.#probeTunnel(pair), () => undefined);
      const out: Way =
        wish.out.kind === 'protect'
          ? { kind: 'protect', key: wish.out.tunnel.outbound.fingerprint }
          : { kind: wish.out.kind };
      this.links.set(pair.peer, { out, in: wish.in });
    }
    for (const peer of this.links.keys()) if (!this.#pairs.has(peer)) this.links.delete(peer);
  }

  /** Each key is sent to the kernel once. */
  #install(
    direction: 'in' | 'out',
    kernel: Map<string, string>,
    wished: ReadonlyMap<string, Tunnel['inbound']>,
  ): void {
    for (const [place, { fingerprint }] of wished) {
      if (kernel.get(place) === fingerprint) continue;
      const key = `${direction} ${fingerprint}`;
      if (this.#everInstalled.has(key)) this.violations.push(`${this.name} installs twice: ${key}`);
      this.#everInstalled.add(key);
      this.#unsent.delete(key);
      kernel.set(place, fingerprint);
    }
    for (const place of kernel.keys()) if (!wished.has(place)) kernel.delete(place);
  }

  #finishDisabling(): void {
    if (this.enabled || !this.#hasOwn) return;
    const isOver = this.pairs.every(
      ({ tunnels, outClosed, inClosed }) => tunnels.length === 0 && !outClosed && !inClosed,
    );
    const { phase, keys } = this.published?.record ?? {};
    if (!isOver || phase !== 'Disabled' || keys?.length !== 0) return;
    this.#pairs.clear();
    this.links.clear();
    this.#hasOwn = false;
    this.#lostMemoryAt = undefined;
    this.#saved = undefined;
  }
}

function idsOf(wanted: readonly Origin[]): string {
  return wanted.map(originID).join();
}
