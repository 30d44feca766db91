import type { Prefix } from '../../../src/net/index.js';
import { type Direction, IP_PROTOCOL, type Policy } from '../../../src/netlink/index.js';
import { address } from '../netlink/samples.js';

export interface Packet {
  readonly from: string;
  readonly to: string;
  /** TCP if absent. */
  readonly protocol?: number;
  /** Or the type of an ICMPv6 message. */
  readonly sourcePort?: number;
  readonly destinationPort?: number;
}

/** The policy that the kernel would choose: of those that match, the one of the lowest priority. */
export function chosen(
  policies: readonly Policy[],
  direction: Direction,
  packet: Packet,
): Policy | undefined {
  return policies
    .filter((policy) => matches(policy, direction, packet))
    .sort((one, other) => one.priority - other.priority)[0];
}

/** Whether a policy is about such a packet. */
export function matches(policy: Policy, direction: Direction, packet: Packet): boolean {
  const { selector } = policy;
  return (
    policy.direction === direction &&
    (selector.protocol === 0 || selector.protocol === (packet.protocol ?? IP_PROTOCOL.tcp)) &&
    isIn(packet.from, selector.source) &&
    isIn(packet.to, selector.destination) &&
    fits(packet.sourcePort, selector.sourcePort) &&
    fits(packet.destinationPort, selector.destinationPort)
  );
}

function fits(port = 40000, { port: wanted, mask }: { port: number; mask: number }): boolean {
  return (port & mask) === wanted;
}

const parsed = new Map<string, Uint8Array>();

function isIn(text: string, prefix: Prefix): boolean {
  const one = parsed.get(text) ?? address(text);
  parsed.set(text, one);
  if (one.length !== prefix.address.length) return false;
  for (let at = 0; at * 8 < prefix.length; at += 1) {
    const spare = Math.max(0, (at + 1) * 8 - prefix.length);
    if (((one[at] ?? 0) ^ (prefix.address[at] ?? 0)) >> spare !== 0) return false;
  }
  return true;
}
