/** The network that nodes and this machine are on: a bridge, which is the wire, and a tap a node. */
import type { Machine } from '../lab/kernel/guest.js';
import type { GuestTap } from '../lab/kernel/nic.js';

/** This machine's address there: the API server's, and that of a host which is no node. */
export const HOST = '192.168.50.254';

export function nodeAddress(i: number): string {
  return `192.168.50.${i}`;
}

export function tapOf(i: number): GuestTap {
  return { tap: `tap${i}`, hardware: `52:54:00:00:00:0${i}` };
}

/**
 * Lays the wire for so many nodes, at most 9, in this process' network namespace. It goes with the
 * namespace.
 */
export async function layWire(machine: Machine, count: number): Promise<void> {
  const taps = Array.from({ length: count }, (_, index) => tapOf(index + 1).tap);
  await machine.script(`
    ip link set lo up
    ip link add wire0 type bridge
    ip addr add ${HOST}/24 dev wire0
    ip link set wire0 up
    for tap in ${taps.join(' ')}; do
      ip tuntap add "$tap" mode tap
      ip link set "$tap" master wire0 up
    done`);
}
