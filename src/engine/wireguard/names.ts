import { LISTEN_PORT } from '../../wireguard/index.js';

/** How all devices of ours begin; the next byte is the parity of the generation. */
export const DEVICE_PREFIX = 'podcloak_wg';

/** Neighbouring generations stand side by side while keys are rotated: odd ones are `podcloak_wg0`, even ones `podcloak_wg1`. */
export function deviceName(generation: number): string {
  return `${DEVICE_PREFIX}${(generation + 1) % 2}`;
}

/** All that there can be. */
export const DEVICE_NAMES: readonly string[] = [1, 2].map(deviceName);

/** Routing tables, by numbers that nobody else has: WireGuard's port and those behind it. */
export const ROUTING_TABLE = {
  /** To the pods of peers. */
  pods: LISTEN_PORT,
  /** To the peers themselves: for this node's pods, and for all with `nodeEncryption`. */
  hosts: LISTEN_PORT + 1,
  /** To the peers themselves, for messages of the agents only. */
  messages: LISTEN_PORT + 2,
} as const;

/**
 * Priorities of our rules: before the table `main` (32766), behind `local` (0). Between nodes, `exempt` goes on behind
 * `nodes`, at `end`.
 */
export const RULE_PRIORITY = {
  ...{ messages: 69, pods: 70, hosts: 71 },
  ...{ exempt: 72, nodes: 73, end: 74 },
} as const;

/** RTPROT_* of our routes and rules, a number that linux/rtnetlink.h leaves to users. */
export const ROUTE_PROTOCOL = 148;

/** The lower one wins: a route through a device, and what stands behind it when it goes. */
export const METRIC = { device: 1, unreachable: 0xffff_ffff } as const;
