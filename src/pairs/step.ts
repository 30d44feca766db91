import type { Phase } from '../keying/index.js';
import { originID } from './origin.js';
import { forgetting, isSpent, spending, usable } from './spent.js';
import type { Origin, Pair, Tunnel } from './state.js';
import { numberOf } from './tunnel-number.js';

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
  /** The peer's last `sending`, or record, is so long ago that what it sent before has arrived: seconds. */
  readonly settled: boolean;
  /**
   * What is wanted of this pair and on which tunnels either end sends has not changed for so long that
   * both ends know all of it: `keyRotationDuration`. Old tunnels cost nothing, and the peer may still
   * move its data to one that we do not want any more, until it has seen our record.
   */
  readonly steady: boolean;
  /** Node and record have been gone for so long that nobody is there any more. */
  readonly gone: boolean;
}

/** Derives a tunnel's keys; undefined where that cannot be, as with a public key of small order. */
export type MakeTunnel = (origin: Origin, reqid: number) => Tunnel | undefined;

/** Unwanted tunnels that a pair keeps at most, for a peer that takes new keys again and again. */
const MOST_OLD_TUNNELS = 4;

/** The next state of a pair. Applied again to its own result, it changes nothing. */
export function step(pair: Pair, situation: Situation, make: MakeTunnel): Pair {
  if (situation.disabled) return disabling(pair, situation);
  if (situation.gone) return { ...spending(pair, pair.tunnels), tunnels: [] };
  const { enforced, settled, steady, peerPhase } = situation;
  const known = forgetting(pair, situation.wanted);
  const wanted = usable(known, situation.wanted);
  const made = withWanted(known, wanted, make);
  const best = bestOf(made, wanted);
  const isNew = best !== undefined && wanted.some((origin) => originID(origin) === best.id);
  // What was there when encryption was disabled proves nothing of what the peer does now.
  const peerSends = made.tunnels.some((one) => one.peerSends && !isSpent(made, one.id));
  // A node that reboots blocks where both records say `Enforced`: they must, before there is a reason to.
  const mayClose = enforced && peerPhase === 'Enforced';
  const outClosed = pair.outClosed || (isNew && mayClose);
  const inClosed = pair.inClosed || (outClosed && settled && peerSends);
  const moved = outClosed ? moving(made, best) : made;
  const mayDrop = outClosed && settled && steady;
  const kept = withoutOld(moved, mayDrop ? best : undefined, wanted);
  return { ...(outClosed ? doubting(kept, wanted) : kept), outClosed, inClosed };
}

/**
 * Walking back: plaintext is accepted at once. What we send stays encrypted until the peer says that it
 * takes plaintext, and our SAs stay until it said, a moment ago, that it sends nothing encrypted.
 */
function disabling(pair: Pair, situation: Situation): Pair {
  const { peerPhase, peerIsKeyless, settled, gone } = situation;
  const takesPlaintext = peerPhase === 'Disabled' || gone;
  const isOver = gone || (peerPhase === 'Disabled' && peerIsKeyless && settled);
  return {
    // The peer may drop its SAs from now on, and forget what it has told us.
    ...spending(pair, pair.tunnels),
    inClosed: false,
    outClosed: pair.outClosed && !takesPlaintext,
    tunnels: isOver ? [] : pair.tunnels,
  };
}

/**
 * What is neither wanted nor in use, the peer may drop before we do. Should it be wanted again, the peer has to
 * answer on it anew.
 */
function doubting(pair: Pair, wanted: readonly Origin[]): Pair {
  const ids = new Set(wanted.map(originID));
  const isStale = ({ id, confirmed }: Tunnel): boolean =>
    confirmed && id !== pair.sendsOn && !ids.has(id);
  if (!pair.tunnels.some(isStale)) return pair;
  const tunnels = pair.tunnels.map((one) => (isStale(one) ? { ...one, confirmed: false } : one));
  return { ...pair, tunnels };
}

/** Our data goes on that tunnel now: where it was moved, the peer has to be told (again). */
function moving(pair: Pair, best: Tunnel | undefined): Pair {
  if (best === undefined || pair.sendsOn === best.id) return pair;
  const tunnels = pair.tunnels.map((one) => (one.id === best.id ? { ...one, told: false } : one));
  return { ...pair, tunnels, sendsOn: best.id };
}

function withWanted(pair: Pair, wanted: readonly Origin[], make: MakeTunnel): Pair {
  let next = pair;
  for (const origin of wanted) {
    const id = originID(origin);
    if (has(next.tunnels, id)) continue;
    const made = make(origin, pair.reqid);
    if (made === undefined) continue;
    // After 32 generations a number comes back: what still has it gives way.
    const gone = next.tunnels.filter((tunnel) => shareANumber(tunnel, made));
    const tunnels = [...next.tunnels.filter((tunnel) => !gone.includes(tunnel)), made];
    next = spending({ ...next, tunnels }, gone);
  }
  return next;
}

function shareANumber(one: Tunnel, other: Tunnel): boolean {
  const isSame = (direction: 'inbound' | 'outbound'): boolean =>
    numberOf(one, direction) === numberOf(other, direction);
  return (
    (one.local === other.local && isSame('inbound')) ||
    (one.remote === other.remote && isSame('outbound'))
  );
}

/**
 * The tunnel that data is sent on: of those that the peer can read, the most preferred of the wanted
 * ones, or else the one that it goes on already, as the peer may have dropped others, or else the newest.
 */
export function bestOf(
  { tunnels, sendsOn }: Pick<Pair, 'tunnels' | 'sendsOn'>,
  wanted: readonly Origin[],
): Tunnel | undefined {
  const confirmed = tunnels.filter((tunnel) => tunnel.confirmed);
  const preferred = wanted.map(originID).findLast((id) => has(confirmed, id));
  return (
    confirmed.find(({ id }) => id === preferred) ??
    confirmed.find(({ id }) => id === sendsOn) ??
    confirmed.at(-1)
  );
}

function has(tunnels: readonly Tunnel[], id: string): boolean {
  return tunnels.some((tunnel) => tunnel.id === id);
}

/**
 * Without the tunnels that carry nothing any more.
 *
 * @param best given once the old ones may go: then, when it and the peer's are wanted ones; those that nobody uses
 *   also before
 */
function withoutOld(pair: Pair, best: Tunnel | undefined, wanted: readonly Origin[]): Pair {
  const ids = new Set(wanted.map(originID));
  const old = pair.tunnels.filter(({ id }) => !ids.has(id));
  const bothMoved =
    best !== undefined &&
    ids.has(best.id) &&
    pair.tunnels.some(({ id, peerSends }) => peerSends && ids.has(id));
  const idle = old.filter(({ confirmed, peerSends }) => !confirmed && !peerSends);
  // Where both send is known, and what is wanted may wait for the place of one that nobody uses: there are two devices.
  const isUseless = best !== undefined && pair.tunnels.some(({ peerSends }) => peerSends);
  const surplus = idle.slice(0, Math.max(0, idle.length - (isUseless ? 0 : MOST_OLD_TUNNELS)));
  const gone = new Set(bothMoved ? old : surplus);
  if (gone.size === 0) return pair;
  const tunnels = pair.tunnels.filter((tunnel) => !gone.has(tunnel));
  return spending({ ...pair, tunnels }, [...gone]);
}

/** What to say to the peer next, in band on which tunnel; undefined when all is said. */
export interface Saying {
  readonly tunnel: Tunnel;
  readonly kind: 'probe' | 'sending';
}

/**
 * The most urgent thing to say. Where there are several, they take turns, as any may never be answered.
 *
 * @param attempt counts what was said already
 */
export function sayingOf(
  pair: Pair,
  wanted: readonly Origin[],
  attempt: number,
): Saying | undefined {
  const best = bestOf(pair, wanted);
  const ids = usable(pair, wanted).map(originID);
  // Those that are preferred to the one in use; all, while none of the wanted is.
  const better = ids.slice(best === undefined ? 0 : ids.indexOf(best.id) + 1).reverse();
  const sayings = better.flatMap((id): Saying[] => {
    const tunnel = pair.tunnels.find((one) => one.id === id);
    return tunnel === undefined || tunnel.confirmed ? [] : [{ tunnel, kind: 'probe' }];
  });
  // Not before data has been moved there: it may yet be moved elsewhere, and the peer not told again.
  const isThere = pair.outClosed && best !== undefined && pair.sendsOn === best.id;
  if (isThere && !best.told && best.origin !== undefined) {
    sayings.push({ tunnel: best, kind: 'sending' });
  }
  return sayings[attempt % Math.max(1, sayings.length)];
}
