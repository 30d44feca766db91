import type { GuestProcess, Machine } from '../../kernel/guest.js';
import { addressAt, type Place } from './flow.js';

/** Where ends of flows run: places, by name. */
export interface Ground<P extends string> {
  readonly start: (place: P, program: string, args: readonly string[]) => GuestProcess;
  readonly address: (place: P, family: 4 | 6) => string;
}

/** The namespaces of a topology. */
export function topologyGround(guest: Machine): Ground<Place> {
  return {
    start: (place, program, args) => guest.start('ip', ['netns', 'exec', place, program, ...args]),
    address: addressAt,
  };
}
