import { formatAddress, isRoutable, networkOf, type Prefix } from '../net/index.js';
import {
  ADDRESS_FLAG,
  type Address,
  LINK_FLAG,
  type Link,
  ROUTE_TYPE,
  type Route,
  SCOPE,
  TABLE,
} from '../netlink/index.js';

/** What rtnetlink says of this node. */
export interface Network {
  readonly links: readonly Link[];
  readonly addresses: readonly Address[];
  readonly routes: readonly Route[];
}

/** What follows from it. */
export interface NodeFacts {
  /** The devices whose addresses are tunnel ends. */
  readonly devices: readonly string[];
  /** Names that were asked for and are not there. */
  readonly missing: readonly string[];
  /** Canonical, the preferred tunnel end of each family first. */
  readonly addresses: readonly string[];
  /** Those of `addresses` that are on `devices`: tunnel ends. */
  readonly ends: readonly string[];
  /** Addresses of pods on this node that no published prefix covers. */
  readonly strayPods: readonly string[];
}

/** Devices whose addresses are no other node's business: of bridges between pods, tunnels, Services. */
const INNER_KINDS: ReadonlySet<string> = new Set([
  ...['bridge', 'veth', 'dummy', 'vxlan', 'geneve', 'ipip', 'sit', 'gre', 'ip6tnl', 'tun'],
  ...['wireguard', 'ifb', 'vrf', 'nlmon', 'xfrm', 'netkit'],
]);

/**
 * @param wanted names of devices; empty for the default routes'
 * @param internal addresses that the Node object names, preferred as tunnel ends
 * @param podPrefixes of this node
 */
export function factsOf(
  network: Network,
  wanted: readonly string[],
  internal: readonly string[],
  podPrefixes: readonly Prefix[],
): NodeFacts {
  const byName = new Map(network.links.map((link) => [link.name, link]));
  const devices = wanted.length > 0 ? wanted.filter((name) => byName.has(name)) : defaults(network);
  const indexes = new Set(devices.map((name) => byName.get(name)?.index));
  const usable = network.addresses.filter(
    ({ scope, flags, local }) =>
      scope === SCOPE.global &&
      (flags & (ADDRESS_FLAG.tentative | ADDRESS_FLAG.duplicate)) === 0 &&
      isRoutable(local.address) &&
      !podPrefixes.some((prefix) => covers(prefix, local.address)),
  );
  const isOuter = ({ ifindex }: Address): boolean => {
    const link = network.links.find(({ index }) => index === ifindex);
    if (link === undefined || (link.flags & LINK_FLAG.loopback) !== 0) return false;
    return link.kind === undefined || !INNER_KINDS.has(link.kind);
  };
  const rank = (address: Address): number =>
    (internal.includes(formatAddress(address.local.address)) ? 0 : 2) +
    // Secondary is what IPv6 calls temporary (RFC 8981): it is gone tomorrow.
    ((address.flags & (ADDRESS_FLAG.secondary | ADDRESS_FLAG.deprecated)) === 0 ? 0 : 1);
  const texts = (addresses: readonly Address[]): string[] => [
    ...new Set(addresses.map(({ local }) => formatAddress(local.address))),
  ];
  const ends = texts(
    usable.filter(({ ifindex }) => indexes.has(ifindex)).sort((a, b) => rank(a) - rank(b)),
  );
  return {
    devices,
    missing: wanted.filter((name) => !byName.has(name)),
    addresses: [...new Set([...ends, ...texts(usable.filter(isOuter))])],
    ends,
    strayPods: strayPods(network, podPrefixes),
  };
}

/** The devices of the default routes, that of the least metric first. */
function defaults({ links, routes }: Network): string[] {
  const hops = routes
    .filter(({ destination, table }) => destination.length === 0 && table === TABLE.main)
    .sort((one, other) => one.priority - other.priority)
    .flatMap(({ nextHops }) => nextHops.map(({ ifindex }) => ifindex));
  const names = hops.map((hop) => links.find(({ index }) => index === hop)?.name);
  return [...new Set(names.filter((name) => name !== undefined))];
}

/**
 * Pods to which CNIs such as Calico's and AWS VPC's route one by one: an address of its own behind a
 * veth device. Bridges have no such routes; their pods are where the node's prefix says.
 */
function strayPods({ links, routes }: Network, podPrefixes: readonly Prefix[]): string[] {
  const veths = new Set(links.filter(({ kind }) => kind === 'veth').map(({ index }) => index));
  return routes
    .filter(
      ({ destination, type, table, nextHops }) =>
        table === TABLE.main &&
        type === ROUTE_TYPE.unicast &&
        destination.length === (destination.family === 4 ? 32 : 128) &&
        nextHops.some(({ ifindex, gateway }) => gateway === undefined && veths.has(ifindex)),
    )
    .map(({ destination }) => destination.address)
    .filter((address) => !podPrefixes.some((prefix) => covers(prefix, address)))
    .map(formatAddress);
}

function covers(prefix: Prefix, address: Uint8Array): boolean {
  if (prefix.address.length !== address.length) return false;
  const network = networkOf({ ...prefix, address });
  return Buffer.compare(network.address, networkOf(prefix).address) === 0;
}
