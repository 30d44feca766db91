import type { Phase } from '../keying/index.js';
import { originID } from './origin.js';
import type { Origin, Pair, Tunnel } from './state.js';

/** What a pair's next state depends on, besides the last. */
export interface Situation {
  /** Own configuration says that nothing is to be encrypted. */
  readonly disabled: boolean;
  /** Our record, as the API server has it, says `Enforced`: a reboot cannot forget this pair. */
  readonly enforced: boolean;
  /** Of the peer's last accepted record, if there is one. */
  readonly peerPhase: Phase | undefined;
  /** The peer's last record names no key: it sends nothing encrypted any more. */
  readonly peerIsKeyless: boolean;
  /** The preferred one last. */
  readonly wanted: readonly Origin[];
  /** The peer's `sending` is long enough ago that nothing in plaintext is on its way any more. */
  readonly settled: boolean;
}

/** Derives a tunnel's keys; undefined where that cannot be, as with a public key of small order. */
export type MakeTunnel = (origin: Origin, reqid: number) => Tunnel | undefined;

/** Unwanted tunnels that a pair keeps at most, for a peer that takes new keys again and again. */
const MOST_OLD_TUNNELS = 4;

/** The next state of a pair. Applied again to its own result, it changes nothing. */
export function step(pair: Pair, situation: Situation, make: MakeTunnel): Pair {
  if (situation.disabled) return disabling(pair, situation);
  const { wanted, enforced, settled } = situation;
  const tunnels = withWanted(pair, wanted, make);
  const best = bestOf(tunnels, wanted);
  const outClosed = pair.outClosed || (best !== undefined && enforced);
  const peerSends = tunnels.some((tunnel) => tunnel.peerSends);
  const inClosed = pair.inClosed || (outClosed && settled && peerSends);
  const mayDrop = outClosed && settled;
  return {
    ...pair,
    tunnels: withoutOld(tunnels, mayDrop ? best : undefined, wanted),
    outClosed,
    inClosed,
  };
}

/**
 * Walking back: plaintext is accepted at once. What we send stays encrypted until the peer says that it
 * takes plaintext, and our SAs stay until it says that it sends nothing encrypted.
 */
function disabling(pair: Pair, { peerPhase, peerIsKeyless }: Situation): Pair {
  const takesPlaintext = peerPhase === 'Disabled' || pair.tunnels.length === 0;
  const isOver = peerPhase === 'Disabled' && peerIsKeyless;
  return {
    ...pair,
    inClosed: false,
    outClosed: pair.outClosed && !takesPlaintext,
    tunnels: isOver ? [] : pair.tunnels,
  };
}

function withWanted(pair: Pair, wanted: readonly Origin[], make: MakeTunnel): readonly Tunnel[] {
  let { tunnels } = pair;
  for (const origin of wanted) {
    const id = originID(origin);
    if (tunnels.some((tunnel) => tunnel.id === id)) continue;
    const made = make(origin, pair.reqid);
    if (made === undefined) continue;
    // After 32 generations an SPI comes back: what still has it gives way.
    tunnels = [...tunnels.filter((tunnel) => !shareAnSa(tunnel, made)), made];
  }
  return tunnels;
}

function shareAnSa(one: Tunnel, other: Tunnel): boolean {
  return (
    (one.local === other.local && one.inbound.spi === other.inbound.spi) ||
    (one.remote === other.remote && one.outbound.spi === other.outbound.spi)
  );
}

/**
 * The tunnel that data is sent on: of those that the peer can read, the most preferred of the wanted
 * ones, or else the newest.
 */
export function bestOf(tunnels: readonly Tunnel[], wanted: readonly Origin[]): Tunnel | undefined {
  const confirmed = tunnels.filter((tunnel) => tunnel.confirmed);
  const ids = wanted.map(originID);
  return (
    confirmed.findLast(({ id }) => id === ids.findLast((one) => has(confirmed, one))) ??
    confirmed.at(-1)
  );
}

function has(tunnels: readonly Tunnel[], id: string): boolean {
  return tunnels.some((tunnel) => tunnel.id === id);
}

/**
 * Without the tunnels that carry nothing any more.
 *
 * @param best given once the old ones may go: then, when the peer sends on it as well
 */
function withoutOld(
  tunnels: readonly Tunnel[],
  best: Tunnel | undefined,
  wanted: readonly Origin[],
): readonly Tunnel[] {
  const ids = new Set(wanted.map(originID));
  const old = tunnels.filter(({ id }) => !ids.has(id) && id !== best?.id);
  if (best?.peerSends) return tunnels.filter((tunnel) => !old.includes(tunnel));
  const idle = old.filter(({ confirmed, peerSends }) => !confirmed && !peerSends);
  const surplus = new Set(idle.slice(0, Math.max(0, idle.length - MOST_OLD_TUNNELS)));
  return tunnels.filter((tunnel) => !surplus.has(tunnel));
}

/** What to say to the peer next, in band on which tunnel; undefined when all is said. */
export interface Saying {
  readonly tunnel: Tunnel;
  readonly kind: 'probe' | 'sending';
}

/**
 * The most urgent thing to say. Where there are two, they take turns, as either may never be answered.
 *
 * @param attempt counts what was said already
 */
export function sayingOf(
  pair: Pair,
  wanted: readonly Origin[],
  attempt: number,
): Saying | undefined {
  const sayings: Saying[] = [];
  const preferred = wanted.at(-1);
  const id = preferred && originID(preferred);
  const candidate = pair.tunnels.find((tunnel) => tunnel.id === id);
  if (candidate !== undefined && !candidate.confirmed) {
    sayings.push({ tunnel: candidate, kind: 'probe' });
  }
  const best = bestOf(pair.tunnels, wanted);
  if (pair.outClosed && best !== undefined && !best.told && best.origin !== undefined) {
    sayings.push({ tunnel: best, kind: 'sending' });
  }
  return sayings[attempt % Math.max(1, sayings.length)];
}
