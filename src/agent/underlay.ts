import type { Underlay } from '../engine/index.js';
import { type Link, ROUTE_TYPE, type Route, TABLE } from '../netlink/index.js';
import type { Network } from './node-facts.js';

/** Before the network was looked at: what every link of IPv6 has at least (RFC 8200 §5). */
export const NO_UNDERLAY: Underlay = { mtu: 1280, arriving: [] };
/** Of Ethernet, where the kernel does not say. */
const USUAL_MTU = 1500;

/**
 * What carries the packets of tunnels, and where those of other nodes' pods may arrive: where tunnels end, and where
 * routes lead behind a gateway, as those of a CNI's overlay do.
 *
 * @param devices whose addresses are tunnel ends
 */
export function underlayOf({ links, routes }: Network, devices: readonly string[]): Underlay {
  const mtus = links.filter(({ name }) => devices.includes(name)).map(({ mtu }) => mtu);
  const hops = new Set(
    routes.filter(leadsAway).flatMap(({ nextHops }) => nextHops.map(({ ifindex }) => ifindex)),
  );
  const behind = links.filter((link) => hops.has(link.index) && !isOurs(link));
  return {
    mtu: Math.min(
      ...mtus.filter((mtu) => mtu > 0),
      ...(mtus.some((mtu) => mtu > 0) ? [] : [USUAL_MTU]),
    ),
    arriving: [...new Set([...devices, ...behind.map(({ name }) => name)])].sort(),
  };
}

function leadsAway({ table, type, nextHops }: Route): boolean {
  const isBehind = nextHops.some(({ gateway }) => gateway !== undefined);
  return table === TABLE.main && type === ROUTE_TYPE.unicast && isBehind;
}

function isOurs({ kind }: Link): boolean {
  return kind === 'wireguard';
}
