import type { Heard, Pair, Saying, Tunnel } from '../../../src/pairs/index.js';
import type { Packet } from './model-wire.js';

/** Between `sending` messages about different tunnels, in ticks: longer than any is on its way. */
const IN_ORDER = 5;

/** A message between agents, and the packet that it is in. */
export interface Message {
  readonly to: string;
  readonly kind: 'probe' | 'sending' | 'answer';
  /** The fingerprint of the SA that it is about. */
  readonly about: string;
  readonly nonce: number;
  readonly packet: Packet;
}

/** What src/agent/talks.ts does, without bytes and waits. */
export class ModelTalk {
  readonly #attempts = new Map<string, number>();
  readonly #nonces = new Map<string, Map<string, number>>();
  readonly #lastSending = new Map<string, { readonly id: string; readonly at: number }>();
  #nonce = 0;

  attempt(peer: string): number {
    return this.#attempts.get(peer) ?? 0;
  }

  /** Starts over: the peer has said something new, or all is said. */
  hurry(peer: string): void {
    this.#nonces.delete(peer);
  }

  /** The message to send; undefined when it has to wait. */
  say({ peer }: Pair, { kind, tunnel }: Saying, packet: Packet, now: number): Message | undefined {
    this.#attempts.set(peer, this.attempt(peer) + 1);
    if (kind === 'sending') {
      const last = this.#lastSending.get(peer);
      const isOther = last !== undefined && last.id !== tunnel.id;
      if (isOther && now < last.at + IN_ORDER) return undefined;
      if (isOther) this.#forgetSending(peer);
      this.#lastSending.set(peer, { id: tunnel.id, at: now });
    }
    const nonces = this.#nonces.get(peer) ?? new Map<string, number>();
    this.#nonces.set(peer, nonces);
    this.#nonce += 1;
    const nonce = nonces.get(`${kind} ${tunnel.id}`) ?? this.#nonce;
    nonces.set(`${kind} ${tunnel.id}`, nonce);
    return { to: peer, kind, about: tunnel.outbound.fingerprint, nonce, packet };
  }

  #forgetSending(peer: string): void {
    const nonces = this.#nonces.get(peer);
    for (const about of nonces?.keys() ?? [])
      if (about.startsWith('sending ')) nonces?.delete(about);
  }

  /** What an answer is to; undefined for one that nobody waits for. */
  heardFrom(peer: string, tunnel: Tunnel, nonce: number): Heard | undefined {
    for (const kind of ['probe', 'sending'] as const) {
      if (this.#nonces.get(peer)?.get(`${kind} ${tunnel.id}`) === nonce) return `answer to ${kind}`;
    }
    return undefined;
  }
}
