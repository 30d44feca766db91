import {
  deleteSa,
  IP_PROTOCOL,
  isLarval,
  newSa,
  type Sa,
  type SaState,
  updateSa,
} from '../netlink/index.js';
import { isOwnSa } from './actual.js';
import type { Step } from './diff.js';
import { fingerprintOf, REDACTED } from './fingerprint.js';
import { saKey } from './identity.js';
import type { TunnelWish } from './model.js';
import { saOf } from './objects.js';

export interface SaDifference {
  readonly steps: readonly Step[];
  readonly lost: readonly TunnelWish[];
  readonly taken: readonly TunnelWish[];
}

/** The place of one SA that is wished for, and what is there. */
interface Slot {
  readonly tunnel: TunnelWish;
  readonly direction: 'inbound' | 'outbound';
  readonly key: string;
  readonly there: SaState | undefined;
  /** Whether what is there is what is wished for. */
  readonly isRight: boolean;
}

/** What has to be sent so that the kernel has the SAs of these tunnels, and no other of ours. */
export function diffSas(actual: readonly SaState[], tunnels: readonly TunnelWish[]): SaDifference {
  const slots = slotsOf(actual, tunnels);
  const lost = new Set<TunnelWish>();
  const taken = new Set<TunnelWish>();
  // Two tunnels may want one place: it stays with the one that has it.
  const occupied = new Set(slots.filter(({ isRight }) => isRight).map(({ key }) => key));
  for (const { tunnel, direction, key, there, isRight } of slots) {
    if (isRight) continue;
    if (tunnel[direction].algorithms === undefined) lost.add(tunnel);
    else if (occupied.has(key) || isForeign(there)) taken.add(tunnel);
    occupied.add(key);
  }
  const wished = new Set(slots.map(({ key }) => key));
  return {
    steps: [
      // Half a tunnel would be of no use, and its keys would be used up.
      ...slots.filter(({ tunnel }) => !lost.has(tunnel) && !taken.has(tunnel)).flatMap(stepsOf),
      ...actual
        .filter((sa) => isOwnSa(sa) && !wished.has(saKey(sa.destination, sa.spi)))
        .map((sa) => deletion('delete SA', sa)),
    ],
    lost: [...lost],
    taken: [...taken].filter((tunnel) => !lost.has(tunnel)),
  };
}

function slotsOf(actual: readonly SaState[], tunnels: readonly TunnelWish[]): Slot[] {
  const present = new Map<string, SaState>();
  for (const sa of actual) {
    if (sa.protocol !== IP_PROTOCOL.esp) continue;
    const key = saKey(sa.destination, sa.spi);
    // Foreign ones with a mark may stand beside ours.
    if (!present.has(key) || isOwnSa(sa)) present.set(key, sa);
  }
  return tunnels.flatMap((tunnel) =>
    (['inbound', 'outbound'] as const).map((direction): Slot => {
      const { spi, fingerprint } = tunnel[direction];
      const key = saKey(direction === 'inbound' ? tunnel.local : tunnel.remote, spi);
      const there = present.get(key);
      const isRight =
        there !== undefined &&
        there.reqid === tunnel.reqid &&
        !isLarval(there) &&
        [fingerprint, REDACTED].includes(fingerprintOf(there));
      return { tunnel, direction, key, there, isRight };
    }),
  );
}

function isForeign(there: SaState | undefined): boolean {
  return there !== undefined && !isOwnSa(there) && !isLarval(there);
}

function stepsOf({ tunnel, direction, there, isRight }: Slot): Step[] {
  const sa = saOf(tunnel, direction);
  if (isRight || sa === undefined) return [];
  const step = (make: typeof newSa): Step => new SaStep(direction, sa, make, tunnel);
  if (there === undefined) return [step(newSa)];
  if (isLarval(there)) return [step(updateSa)];
  // Ours, of before: after 32 generations an SPI comes back.
  return [deletion('delete stale SA', there), step(newSa)];
}

/** A message with the SA's keys is there only while it is sent. */
class SaStep implements Step {
  constructor(
    readonly direction: 'inbound' | 'outbound',
    readonly sa: Sa,
    readonly make: typeof newSa,
    readonly tunnel: TunnelWish,
  ) {}

  get stage(): Step['stage'] {
    return `add ${this.direction} SA`;
  }

  get request(): Step['request'] {
    return this.make(this.sa);
  }

  get about(): string {
    return `add ${this.direction} SA ${this.sa.spi.toString(16)}`;
  }
}

function deletion(stage: Step['stage'], sa: SaState): Step {
  return { stage, request: deleteSa(sa), about: `delete SA ${sa.spi.toString(16)}` };
}
