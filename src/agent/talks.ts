import { randomBytes } from 'node:crypto';
import type { ProbeKeys } from '../engine/index.js';
import type { Heard, Origin, Pair, Saying, Tunnel } from '../pairs/index.js';
import { numberOf, sayingOf } from '../pairs/index.js';
import { isAuthentic, NONCE_BYTES, packProbe, parseProbe } from './probe-message.js';

/** Milliseconds between the first two attempts; each wait is twice the one before, up to the last. */
const FIRST_WAIT = 250;
const LONGEST_WAIT = 30_000;
/**
 * Between `sending` messages about different tunnels, in milliseconds: the peer goes by the one that it heard
 * last, so they must not overtake each other. As long as anything may be on its way.
 */
const IN_ORDER = 2000;

/** It is sent to where the question came from. */
export interface Answer {
  readonly bytes: Uint8Array;
  readonly local: string;
  readonly remote: string;
}

/** News change a pair. */
export interface Received {
  readonly answer?: Answer;
  readonly news?: { readonly peer: string; readonly tunnelID: string; readonly heard: Heard };
  /** The peer that has asked whether we read a tunnel: it may send on it from now on. */
  readonly asked?: string;
}

/** What is being said to one peer, and since when it waits for an answer. */
interface Talk {
  attempt: number;
  /** In the caller's milliseconds. */
  nextAt: number;
  /** The {@link nextAt} that an attempt was counted for. */
  countedFor?: number;
  saying?: Saying;
  /** Of each thing said, so that a late answer to an early attempt counts as well. */
  readonly nonces: Map<string, Uint8Array>;
}

/** The messages to and from the peers: what to send when, and what was heard. */
export class Talks {
  readonly #talks = new Map<string, Talk>();
  readonly #lastSending = new Map<string, { readonly tunnelID: string; readonly at: number }>();
  readonly #keys: (tunnel: Tunnel) => ProbeKeys | undefined;
  readonly #random: () => number;

  constructor(keys: (tunnel: Tunnel) => ProbeKeys | undefined, random: () => number = Math.random) {
    this.#keys = keys;
    this.#random = random;
  }

  /** What to say to a peer now: the tunnel that its probe policy must pin. Asked twice, it says the same. */
  saying(pair: Pair, wanted: readonly Origin[], now: number): Saying | undefined {
    const talk: Talk = this.#talks.get(pair.peer) ?? { attempt: 0, nextAt: now, nonces: new Map() };
    this.#talks.set(pair.peer, talk);
    if (now >= talk.nextAt && talk.countedFor !== talk.nextAt) {
      talk.attempt += 1;
      talk.countedFor = talk.nextAt;
    }
    const saying = sayingOf(pair, wanted, talk.attempt);
    if (saying === undefined) {
      this.#talks.delete(pair.peer);
      return undefined;
    }
    talk.saying = saying;
    return saying;
  }

  /** Messages to a peer without an answer since it last said something new. */
  attempts(peer: string): number {
    return this.#talks.get(peer)?.attempt ?? 0;
  }

  /** Starts over with short waits: the peer has said something new. */
  hurry(peer: string): void {
    this.#talks.delete(peer);
  }

  /** The messages that are due, with their ways; each is due again later, until it is answered. */
  *due(now: number): Generator<{ bytes: Uint8Array; tunnel: Tunnel }> {
    for (const [peer, talk] of this.#talks) {
      const { saying } = talk;
      if (saying === undefined || now < talk.nextAt) continue;
      const last = this.#lastSending.get(peer);
      if (saying.kind === 'sending') {
        const isOther = last !== undefined && last.tunnelID !== saying.tunnel.id;
        if (isOther && now < last.at + IN_ORDER) {
          talk.nextAt = last.at + IN_ORDER;
          continue;
        }
        // A late answer to what was said of this tunnel before the other must not pass for one to this.
        if (isOther) forgetSending(talk.nonces);
        this.#lastSending.set(peer, { tunnelID: saying.tunnel.id, at: now });
      }
      const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(talk.attempt - 1, 10));
      talk.nextAt = now + wait * (0.8 + 0.4 * this.#random());
      const keys = this.#keys(saying.tunnel);
      if (keys === undefined) continue;
      const about = `${saying.kind} ${saying.tunnel.id}`;
      const nonce = talk.nonces.get(about) ?? new Uint8Array(randomBytes(NONCE_BYTES));
      talk.nonces.set(about, nonce);
      const number = numberOf(saying.tunnel, 'outbound');
      yield { bytes: packProbe(saying.kind, number, nonce, keys.outbound), tunnel: saying.tunnel };
    }
  }

  /** When the next message is due, in the caller's milliseconds; undefined for never. */
  nextAt(): number | undefined {
    const times = [...this.#talks.values()].map(({ nextAt }) => nextAt);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Drops talks with peers that are no more. */
  keepOnly(peers: ReadonlySet<string>): void {
    for (const map of [this.#talks, this.#lastSending]) {
      for (const peer of map.keys()) if (!peers.has(peer)) map.delete(peer);
    }
  }

  /** Judges what has arrived; forged and foreign bytes are nothing. */
  receive(bytes: Uint8Array, local: string, remote: string, pairs: Iterable<Pair>): Received {
    const message = parseProbe(bytes);
    if (message === undefined) return {};
    const isAnswer = message.kind === 'answer';
    const direction = isAnswer ? 'outbound' : 'inbound';
    const found = find(
      pairs,
      local,
      remote,
      (tunnel) => numberOf(tunnel, direction) === message.spi,
    );
    const keys = found && this.#keys(found.tunnel);
    if (found === undefined || keys === undefined) return {};
    const key = isAnswer ? keys.outbound : keys.inbound;
    if (!isAuthentic(message, key)) return {};
    const { pair, tunnel } = found;
    const news = (heard: Heard): NonNullable<Received['news']> => ({
      peer: pair.peer,
      tunnelID: tunnel.id,
      heard,
    });
    if (isAnswer) {
      const nonces = this.#talks.get(pair.peer)?.nonces;
      for (const kind of ['probe', 'sending'] as const) {
        const nonce = nonces?.get(`${kind} ${tunnel.id}`);
        if (nonce !== undefined && Buffer.compare(nonce, message.nonce) === 0) {
          return { news: news(kind === 'probe' ? 'answer to probe' : 'answer to sending') };
        }
      }
      return {};
    }
    return {
      answer: { bytes: packProbe('answer', message.spi, message.nonce, key), local, remote },
      ...(message.kind === 'sending' ? { news: news('sending') } : { asked: pair.peer }),
    };
  }
}

function forgetSending(nonces: Map<string, Uint8Array>): void {
  for (const about of nonces.keys()) if (about.startsWith('sending ')) nonces.delete(about);
}

function find(
  pairs: Iterable<Pair>,
  local: string,
  remote: string,
  fits: (tunnel: Tunnel) => boolean,
): { pair: Pair; tunnel: Tunnel } | undefined {
  for (const pair of pairs) {
    for (const tunnel of pair.tunnels) {
      if (tunnel.local === local && tunnel.remote === remote && fits(tunnel)) {
        return { pair, tunnel };
      }
    }
  }
  return undefined;
}
