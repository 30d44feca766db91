/**
 * Runs in the guest, bundled, on the node HERE: makes the device through which the pods of HERE and THERE
 * reach each other, with all that stands around it: `HERE THERE`.
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { type Prefix, parsePrefix } from '../../src/net/index.js';
import {
  ANY_PORT,
  addAddress,
  addLink,
  addRoute,
  addRule,
  changeLink,
  dumpLinks,
  findWireguard,
  IP_PROTOCOL,
  installExemption,
  type NetlinkRequest,
  type NetlinkSocket,
  newPolicy,
  openNetlink,
  type Policy,
  ROUTE_TYPE,
  readWireguard,
  setSpdThresholds,
  setWireguard,
  WireguardSecret,
} from '../../src/netlink/index.js';
import {
  type DesiredDevice,
  diff,
  importWireguardKey,
  LISTEN_PORT,
} from '../../src/wireguard/index.js';
import { addressesOf } from '../../test/lab/kernel/topology.js';

const DEVICE = 'podcloak_wg0';
/** That of the wire, 1500, less IPv4, UDP and what WireGuard adds (wireguard.com/protocol). */
const MTU = 1440;
/** Routing tables and their rules, metrics, and priorities of policies: docs/wireguard.md. */
const TABLE = { pods: LISTEN_PORT, hosts: LISTEN_PORT + 1 } as const;
const RULE = { pods: 70, hosts: 71 } as const;
const WORST = 0xffff_ffff;
const PRIORITY = { allow: 18, block: 20 } as const;

const [own, peer] = [nodeOf(process.argv[2]), nodeOf(process.argv[3])];
const pods = (node: BenchNode): Prefix[] => [node.podCidr, node.podCidr6].map(prefix);
const hosts = (node: BenchNode): Prefix[] => [`${node.node}/32`, `${node.node6}/128`].map(prefix);

const route = await openNetlink('route');
const generic = await openNetlink('generic');
const xfrm = await openNetlink('xfrm');
const netfilter = await openNetlink('netfilter');
await all(route, [addLink({ name: DEVICE, kind: 'wireguard', mtu: MTU })]);
const ifindex = (await route.dump(dumpLinks())).find(({ name }) => name === DEVICE)?.index ?? 0;
for (const family of ['ipv4', 'ipv6']) {
  writeFileSync(`/proc/sys/net/${family}/conf/${DEVICE}/disable_policy`, '1');
}
writeFileSync(`/proc/sys/net/ipv4/conf/${DEVICE}/rp_filter`, '2');

const wireguard = await findWireguard(generic);
const pair = [own.number, peer.number].sort().join(' ');
const wish: DesiredDevice = {
  keys: own.keys,
  listenPort: LISTEN_PORT,
  fwmark: 0,
  peers: [
    {
      publicKey: peer.keys.publicKey,
      presharedKey: new WireguardSecret(key(`shared by ${pair}`)),
      endpoint: { address: prefix(`${peer.node}/32`).address, port: LISTEN_PORT },
      allowedIps: [...pods(peer), ...hosts(peer)],
    },
  ],
};
const change = diff(await readWireguard(generic, wireguard, DEVICE), wish);
if (change !== undefined) await all(generic, setWireguard(wireguard, DEVICE, change));

await installExemption(netfilter, {
  closed: pods(peer).filter(({ family }) => family === 6),
  sources: { pods: pods(own), addresses: hosts(own).map(({ address }) => address) },
});
await all(xfrm, [setSpdThresholds(thresholds()), ...guard()]);
await all(route, [
  ...hosts(own).map((local) => addAddress({ ifindex, local })),
  changeLink(ifindex, { up: true }),
]);
await all(route, [
  ...pods(peer).flatMap((destination) => routesTo(destination, TABLE.pods)),
  ...hosts(peer).flatMap((destination) => routesTo(destination, TABLE.hosts)),
  ...([4, 6] as const).map((family) => addRule({ family, priority: RULE.pods, table: TABLE.pods })),
  ...pods(own).map((source) =>
    addRule({ family: source.family, priority: RULE.hosts, table: TABLE.hosts, source }),
  ),
]);
for (const socket of [route, generic, xfrm, netfilter]) socket.close();

type BenchNode = ReturnType<typeof nodeOf>;

function nodeOf(text: string | undefined) {
  const number = Number(text);
  return { number, ...addressesOf(number), keys: importWireguardKey(key(`node ${number}`)) };
}

/** The lengths of the pods' prefixes, from which on the kernel finds policies by hash. */
function thresholds() {
  const of = (family: number) => {
    const bits = pods(own).find((one) => one.family === family)?.length ?? 0;
    return { localBits: bits, remoteBits: bits };
  };
  return { ipv4: of(4), ipv6: of(6) };
}

/** Blocks for all selectors that IPsec would have, and what leaves through the device. */
function guard(): NetlinkRequest[] {
  const ways = [
    ...product(pods(own), pods(peer)),
    ...product(pods(own), hosts(peer)),
    ...product(hosts(own), pods(peer)),
  ];
  return ways
    .flatMap(([source, destination]) => [
      ...[policy('out', source, destination)],
      ...[
        {
          ...policy('out', source, destination, ifindex),
          priority: PRIORITY.allow,
          action: 'allow',
        } as const,
      ],
      ...(['in', 'fwd'] as const).map((direction) => policy(direction, destination, source)),
    ])
    .map(newPolicy);
}

function policy(
  direction: Policy['direction'],
  source: Prefix,
  destination: Prefix,
  device = 0,
): Policy {
  const ports = { sourcePort: ANY_PORT, destinationPort: ANY_PORT };
  const selector = {
    source,
    destination,
    protocol: IP_PROTOCOL.any,
    ...ports,
    ifindex: device,
    user: 0,
  };
  return {
    ...{ direction, selector, type: 0, priority: PRIORITY.block },
    ...{ action: 'block', flags: 0, templates: [] },
  };
}

function product(some: readonly Prefix[], others: readonly Prefix[]): [Prefix, Prefix][] {
  return some.flatMap((one) =>
    others
      .filter(({ family }) => family === one.family)
      .map((other): [Prefix, Prefix] => [one, other]),
  );
}

function routesTo(destination: Prefix, table: number): NetlinkRequest[] {
  return [
    addRoute({ type: ROUTE_TYPE.unicast, destination, table, priority: 1, ifindex }),
    addRoute({ type: ROUTE_TYPE.unreachable, destination, table, priority: WORST }),
  ];
}

async function all(socket: NetlinkSocket, requests: readonly NetlinkRequest[]): Promise<void> {
  for (const refusal of await socket.request(requests)) if (refusal !== undefined) throw refusal;
}

function key(name: string): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(`bench ${name}`).digest());
}

function prefix(text: string): Prefix {
  const parsed = parsePrefix(text);
  if (parsed === undefined) throw new Error(`no prefix: ${text}`);
  return parsed;
}
