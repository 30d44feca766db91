import type { NodeWish } from '../../datapath/index.js';
import { PROBE_PORT, prefixKey } from '../../datapath/index.js';
import {
  OUTER,
  type Prefix,
  parseAddress,
  parsePrefix,
  plainBetweenNodes,
} from '../../net/index.js';
import { type Family, IP_PROTOCOL, type NewRule, RULE_ACTION } from '../../netlink/index.js';
import type { Tunnel } from '../../pairs/index.js';
import { type DeviceKey, decodeKey, portOf } from '../../wireguard/index.js';
import type { Underlay } from '../asked.js';
import type { PlannedPair } from '../engine.js';
import type { RouteWish, WireguardDeviceWish, WireguardPeerWish, WireguardWish } from './model.js';
import { deviceName, ROUTE_PROTOCOL, ROUTING_TABLE, RULE_PRIORITY } from './names.js';

/** What a wish follows from, besides the pairs. */
export interface WireguardContext {
  readonly node: NodeWish;
  /** Of this node. */
  readonly devices: readonly DeviceKey[];
  readonly underlay: Underlay;
  /** Seconds; 0 for off. */
  readonly persistentKeepalive: number;
  /** Of a tunnel; undefined where its line is gone. */
  readonly psk: (tunnel: Tunnel) => WireguardPeerWish['psk'];
}

/** Bytes that WireGuard and UDP add to a packet, and its padding at most, over each IP version (wireguard.com/protocol). */
const OVERHEAD = { 4: 60, 6: 80 } as const;
/** RFC 8200 §5: no link of IPv6 has less. */
const LEAST_MTU = 1280;

/** The tunnel of WireGuard that a pair's data goes on, if it must not go in any other way. */
export function throughOf({ pair, best }: PlannedPair): Tunnel | undefined {
  return pair.outClosed && best?.origin?.devices !== undefined ? best : undefined;
}

/** What the kernel should hold of WireGuard's for these pairs. The first of several that claim a prefix has it. */
export function wireguardWish(
  planned: readonly PlannedPair[],
  context: WireguardContext,
): WireguardWish {
  const { node, underlay } = context;
  const claims = settle(planned, node);
  const routes = claims.flatMap((claim) => routesOf(claim, node));
  const isOneSided = claims.some(
    ({ planned: { pair }, tunnels }) => tunnels.length > 0 && !(pair.outClosed && pair.inClosed),
  );
  return {
    devices: devicesOf(claims, context),
    routes,
    rules: rulesOf(routes, node),
    closed6: closed6Of(claims, node),
    closedNodes6: closedNodes6Of(claims, node),
    loose: isOneSided ? underlay.arriving : [],
    probed: new Set(
      planned.flatMap(({ probe }) => (probe?.origin?.devices === undefined ? [] : [probe.id])),
    ),
  };
}

/** A pair with what is its peer's alone, and its tunnels of WireGuard. */
interface Claim {
  readonly planned: PlannedPair;
  readonly podPrefixes: readonly Prefix[];
  readonly addresses: readonly Prefix[];
  readonly tunnels: readonly Tunnel[];
}

function settle(planned: readonly PlannedPair[], node: NodeWish): Claim[] {
  const taken = new Set([...node.podPrefixes, ...node.addresses].map(prefixKey));
  const mine = (prefix: Prefix): boolean => {
    const key = prefixKey(prefix);
    if (taken.has(key)) return false;
    taken.add(key);
    return true;
  };
  return planned.map((one) => ({
    planned: one,
    podPrefixes: one.pair.podPrefixes.flatMap((text) => parsePrefix(text) ?? []).filter(mine),
    addresses: one.pair.addresses.flatMap(hostOf).filter(mine),
    tunnels: one.pair.tunnels.filter(({ origin }) => origin?.devices !== undefined),
  }));
}

function devicesOf(claims: readonly Claim[], context: WireguardContext): WireguardDeviceWish[] {
  const { node, devices, underlay, persistentKeepalive } = context;
  const isOver6 = claims.some(({ tunnels }) => tunnels.some(({ remote }) => remote.includes(':')));
  const used = claims.flatMap(({ tunnels }) => tunnels.flatMap((one) => generationOf(one) ?? []));
  const generations = new Set([...devices.map(({ generation }) => generation), ...used]);
  return [...generations].sort(ascending).map((generation) => {
    const known = devices.find((one) => one.generation === generation);
    return {
      name: deviceName(generation),
      ...(known === undefined ? {} : { keys: known.keys }),
      listenPort: known?.listenPort ?? portOf(generation),
      mtu: Math.max(LEAST_MTU, underlay.mtu - OVERHEAD[isOver6 ? 6 : 4]),
      addresses: node.addresses,
      peers: peersOf(claims, generation, context),
      persistentKeepalive,
    };
  });
}

function peersOf(
  claims: readonly Claim[],
  generation: number,
  { psk }: WireguardContext,
): WireguardPeerWish[] {
  const keys = new Set<string>();
  return claims.flatMap(({ planned, tunnels, podPrefixes, addresses }): WireguardPeerWish[] => {
    const through = throughOf(planned);
    // A node that lost its key has another one in the same generation, and nothing to say under the first.
    const tunnel = tunnels.findLast((one) => generationOf(one) === generation);
    const peer = tunnel?.origin?.devices?.peer;
    const publicKey = peer && decodeKey(peer.publicKey);
    const address = tunnel && parseAddress(tunnel.remote);
    if (tunnel === undefined || peer === undefined) return [];
    if (publicKey === undefined || address === undefined) return [];
    // Two nodes of one key are one to the kernel: the first has it.
    if (keys.has(peer.publicKey)) return [];
    keys.add(peer.publicKey);
    return [
      {
        publicKey,
        psk: psk(tunnel),
        endpoint: { address, port: peer.listenPort },
        allowedIps: [...podPrefixes, ...addresses],
        isInUse: through !== undefined && generationOf(through) === generation,
      },
    ];
  });
}

function routesOf({ planned, podPrefixes, addresses }: Claim, node: NodeWish): RouteWish[] {
  const through = throughOf(planned);
  const probe = planned.probe;
  const [device, probeDevice] = [through, probe].map((one) => {
    const generation = one && generationOf(one);
    return generation === undefined ? undefined : deviceName(generation);
  });
  const routes: RouteWish[] = [];
  if (device !== undefined) {
    const lead = (destination: Prefix, table: number): void => {
      const source = sourceOf(destination.family, node);
      routes.push({ destination, table, device, ...(source === undefined ? {} : { source }) });
      routes.push({ destination, table });
    };
    for (const prefix of podPrefixes) lead(prefix, ROUTING_TABLE.pods);
    for (const address of addresses) lead(address, ROUTING_TABLE.hosts);
  }
  if (probe !== undefined && probeDevice !== undefined) {
    for (const destination of hostOf(probe.remote)) {
      routes.push({ destination, table: ROUTING_TABLE.messages, device: probeDevice });
    }
  }
  return routes;
}

/** The node's own address of that family; the tunnels' ends come first. */
function sourceOf(family: Family, { addresses }: NodeWish): Uint8Array | undefined {
  return addresses.find((one) => one.family === family)?.address;
}

/** They match nothing but what is ours: of prefixes that a table has no route to, the next rule decides. */
function rulesOf(
  routes: readonly RouteWish[],
  { podPrefixes, nodeEncryption }: NodeWish,
): NewRule[] {
  const port = PROBE_PORT;
  return ([4, 6] as const).flatMap((family): NewRule[] => {
    const has = (table: number): boolean =>
      routes.some((one) => one.table === table && one.destination.family === family);
    const rule = (name: keyof typeof ROUTING_TABLE): NewRule => ({
      ...{ family, priority: RULE_PRIORITY[name], table: ROUTING_TABLE[name] },
      protocol: ROUTE_PROTOCOL,
    });
    const transport = { protocol: IP_PROTOCOL.udp, sourcePort: port, destinationPort: port };
    return [
      ...(has(ROUTING_TABLE.messages) ? [{ ...rule('messages'), transport }] : []),
      ...(has(ROUTING_TABLE.pods) ? [rule('pods')] : []),
      ...(has(ROUTING_TABLE.hosts)
        ? podPrefixes
            .filter((one) => one.family === family)
            .map((source) => ({ ...rule('hosts'), source }))
        : []),
      ...(nodeEncryption && has(ROUTING_TABLE.hosts) ? rulesBetweenNodes(family) : []),
    ];
  });
}

/**
 * What goes between nodes, by its protocol. *All but what is exempt* would be fewer rules, but when the kernel looks
 * for the way of ESP it names no protocol (6.1): ESP would go into a device, and its probes prove nothing.
 */
const BETWEEN_NODES: Readonly<Record<Family, readonly number[]>> = {
  4: [
    ...[IP_PROTOCOL.tcp, IP_PROTOCOL.udp, IP_PROTOCOL.icmp, IP_PROTOCOL.sctp],
    ...[IP_PROTOCOL.ipip, IP_PROTOCOL.ipv6, IP_PROTOCOL.gre],
  ],
  6: [
    ...[IP_PROTOCOL.tcp, IP_PROTOCOL.udp, IP_PROTOCOL.icmpv6, IP_PROTOCOL.sctp],
    ...[IP_PROTOCOL.ipip, IP_PROTOCOL.ipv6, IP_PROTOCOL.gre],
  ],
};

/** In the order in which they are made, so that no packet is led astray: where to go on, what is exempt, all else. */
export function rulesBetweenNodes(family: Family): NewRule[] {
  const { exempt, nodes, end } = RULE_PRIORITY;
  const common = { family, protocol: ROUTE_PROTOCOL };
  return [
    { ...common, priority: end, table: 0, action: RULE_ACTION.nothing },
    // WireGuard's own packets would go into the device that they come from: the kernel drops those.
    ...[OUTER, ...plainBetweenNodes(family)].map((transport) => {
      return {
        ...{ ...common, priority: exempt, table: 0, transport },
        ...{ action: RULE_ACTION.goto, target: end },
      };
    }),
    ...BETWEEN_NODES[family].map((protocol) => {
      return { ...common, priority: nodes, table: ROUTING_TABLE.hosts, transport: { protocol } };
    }),
  ];
}

/** What the node itself must send by no other device: XFRM's block cannot tell (`isAskedWithoutDevice`). */
function closed6Of(claims: readonly Claim[], { addresses }: NodeWish): Prefix[] {
  if (!addresses.some(({ family }) => family === 6)) return [];
  return claims
    .filter(({ planned }) => throughOf(planned) !== undefined)
    .flatMap(({ podPrefixes }) => podPrefixes.filter(({ family }) => family === 6));
}

/** With `nodeEncryption`, peers that it must send to by no other device, but for what is exempt. */
function closedNodes6Of(
  claims: readonly Claim[],
  { addresses: own, nodeEncryption }: NodeWish,
): Prefix[] {
  if (!nodeEncryption || !own.some(({ family }) => family === 6)) return [];
  return claims
    .filter(({ planned }) => throughOf(planned) !== undefined)
    .flatMap(({ addresses }) => addresses.filter(({ family }) => family === 6));
}

export function generationOf({ origin }: Tunnel): number | undefined {
  return origin?.devices?.generation;
}

function hostOf(text: string): Prefix[] {
  const address = parseAddress(text);
  if (address === undefined) return [];
  return [{ family: address.length === 4 ? 4 : 6, address, length: address.length * 8 }];
}

function ascending(one: number, other: number): number {
  return one - other;
}
