/** Neighbouring port numbers, both ends included. */
export interface Ports {
  readonly first: number;
  readonly last: number;
}

/** Packets of a transport protocol (IANA protocol numbers), from and to some of its ports; absent: any. */
export interface Traffic {
  readonly protocol: number;
  readonly sourcePort?: Ports;
  readonly destinationPort?: Ports;
}

const TCP = 6;
const UDP = 17;

/** Router and neighbour discovery, redirects (RFC 4861): types of ICMPv6. */
export const NEIGHBOUR_DISCOVERY: Ports = { first: 133, last: 137 };

/**
 * What nodes say to each other before or without their agents, or what must go on to get them started:
 * the API server, the kubelet, etcd. All of it is TLS.
 */
const STARTING: readonly Ports[] = [
  { first: 6443, last: 6443 },
  { first: 10_250, last: 10_250 },
  { first: 2379, last: 2380 },
];

/** DHCP and DHCPv6, servers and clients. */
const ADDRESSING: Readonly<Record<4 | 6, Ports>> = {
  4: { first: 67, last: 68 },
  6: { first: 546, last: 547 },
};

/** WireGuard's own packets, from one device of ours to another: of odd generations, and of even ones. */
export const OUTER: Traffic = {
  protocol: UDP,
  sourcePort: { first: 51_871, last: 51_872 },
  destinationPort: { first: 51_871, last: 51_872 },
};

/**
 * What between nodes stays as it is with `nodeEncryption`, by its ports: requests and answers. Neighbour discovery,
 * which has none, is not among it.
 */
export function plainBetweenNodes(family: 4 | 6): Traffic[] {
  const either = (protocol: number, ports: Ports): Traffic[] => [
    { protocol, sourcePort: ports },
    { protocol, destinationPort: ports },
  ];
  return [...STARTING.flatMap((ports) => either(TCP, ports)), ...either(UDP, ADDRESSING[family])];
}
