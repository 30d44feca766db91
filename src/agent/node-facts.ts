import { covers, formatAddress, isRoutable, type Prefix } from '../net/index.js';
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
  /** Pods on this node that no published prefix covers. */
  readonly strayPods: readonly StrayPod[];
}

export interface StrayPod {
  readonly address: string;
  /** Whose pod it seems to be. */
  readonly cni: string;
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

/** How CNIs that route to pods one by one name the node's end of a pod's device. */
const POD_DEVICES: Readonly<Record<string, string>> = {
  cali: 'Calico with its own IPAM',
  eni: 'the AWS VPC CNI',
  azv: 'the Azure CNI',
  gke: 'the GKE CNI',
  lxc: 'Cilium',
  veth: 'a CNI that routes to pods one by one',
};

/**
 * Pods to which the node has a route of their own behind a pod's device. Bridges have no such routes;
 * their pods are where the node's prefix says.
 */
function strayPods({ links, routes }: Network, podPrefixes: readonly Prefix[]): StrayPod[] {
  const cnis = new Map<number, string>();
  for (const { index, name } of links) {
    const prefix = /^[a-z]+/.exec(name)?.[0] ?? '';
    const cni = Object.entries(POD_DEVICES).find(([one]) => prefix.startsWith(one))?.[1];
    if (cni !== undefined) cnis.set(index, cni);
  }
  return routes.flatMap(({ destination, type, table, nextHops }): StrayPod[] => {
    const [hop] = nextHops;
    const cni = hop && hop.gateway === undefined ? cnis.get(hop.ifindex) : undefined;
    const isOne = destination.length === (destination.family === 4 ? 32 : 128);
    if (cni === undefined || !isOne || table !== TABLE.main || type !== ROUTE_TYPE.unicast)
      return [];
    if (!isRoutable(destination.address)) return [];
    if (podPrefixes.some((prefix) => covers(prefix, destination.address))) return [];
    return [{ address: formatAddress(destination.address), cni }];
  });
}
