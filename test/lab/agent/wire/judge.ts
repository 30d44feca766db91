/** What a test asks of a recording. */
import type { Packet } from './packet.js';

/** Packets that anyone on the wire can read, of one flow or of all. */
export function readable(packets: readonly Packet[], flow?: number): Packet[] {
  return packets.filter(({ marked }) =>
    flow === undefined ? marked.length > 0 : marked.some((one) => one.flow === flow),
  );
}

/** ESP packets between two addresses, in that direction, or all. */
export function esp(packets: readonly Packet[], source?: string, destination?: string): Packet[] {
  return packets.filter(
    (packet) =>
      packet.kind === 'esp' &&
      (source ?? packet.source) === packet.source &&
      (destination ?? packet.destination) === packet.destination,
  );
}

/** UDP ports of our WireGuard devices, of odd and even generations. */
const WIREGUARD_PORTS: readonly (number | undefined)[] = [51_871, 51_872];

/**
 * The same of WireGuard: UDP between ports of our devices that no marker can be read in. Fragments but the first have
 * no ports, and are none of these.
 */
export function wireguard(
  packets: readonly Packet[],
  source?: string,
  destination?: string,
): Packet[] {
  return packets.filter(
    (packet) =>
      packet.kind === 'other' &&
      WIREGUARD_PORTS.includes(packet.sourcePort) &&
      packet.sourcePort === packet.destinationPort &&
      (source ?? packet.source) === packet.source &&
      (destination ?? packet.destination) === packet.destination,
  );
}

/** The SPIs that are in use on the wire, each once, in the order of their first packet. */
export function spis(packets: readonly Packet[]): number[] {
  return [...new Set(packets.flatMap((packet) => (packet.esp ? [packet.esp.spi] : [])))];
}

export interface Tally {
  readonly esp: number;
  readonly neighbour: number;
  readonly other: number;
  /** Readable packets by flow. */
  readonly plain: Readonly<Record<number, number>>;
}

/** How many packets there are of each kind. */
export function tally(packets: readonly Packet[]): Tally {
  const count = (kind: Packet['kind']) => packets.filter((one) => one.kind === kind).length;
  const plain: Record<number, number> = {};
  for (const packet of packets) {
    const flows = new Set(packet.marked.map(({ flow }) => flow));
    for (const flow of flows) plain[flow] = (plain[flow] ?? 0) + 1;
  }
  return { esp: count('esp'), neighbour: count('neighbour'), other: count('other'), plain };
}

/** Lines for an assertion's message: what was seen, at most as many. */
export function shown(packets: readonly Packet[], limit = 20): string[] {
  return packets.slice(0, limit).map(({ summary }) => summary);
}
