import { isOwnPolicy } from '../../../../src/datapath/index.js';
import { covers, type Ports, type Prefix } from '../../../../src/net/index.js';
import type { Policy, PortMatch, Rule } from '../../../../src/netlink/index.js';
import { LINK_FLAG, ROUTE_TYPE, RULE_ACTION } from '../../../../src/netlink/index.js';
import type { ModelKernel } from '../../datapath/model-kernel.js';
import { address } from '../../netlink/samples.js';
import type { ModelNetwork } from './model-network.js';

/** What becomes of a packet. */
export type Fate = 'plain' | 'esp' | 'lost' | `podcloak_wg${0 | 1}`;

/** A packet between this node, number 1, and its peer, number 2. */
export interface Flow {
  readonly name: string;
  readonly here: Uint8Array;
  readonly there: Uint8Array;
  /** The node itself sends it. */
  readonly isLocal: boolean;
  /** TCP to some port unless given; the ports are those of what is sent from here. */
  readonly transport?: Transport;
}

interface Transport {
  readonly protocol: number;
  readonly sourcePort: number;
  readonly destinationPort: number;
}

const SOME_TCP: Transport = { protocol: 6, sourcePort: 45_000, destinationPort: 80 };

export const FLOWS: readonly Flow[] = (
  [
    ['pod–pod', '10.244.1.5', '10.244.2.6', false],
    ['pod–node', '10.244.1.5', '192.168.50.2', false],
    ['node–pod', '192.168.50.1', '10.244.2.6', true],
    ['pod–pod IPv6', 'fd00:244:1::5', 'fd00:244:2::6', false],
    ['pod–node IPv6', 'fd00:244:1::5', 'fd00:50::2', false],
    ['node–pod IPv6', 'fd00:50::1', 'fd00:244:2::6', true],
  ] as const
).map(([name, here, there, isLocal]) => {
  return { name, here: address(here), there: address(there), isLocal };
});

type Ends = Pick<Flow, 'here' | 'there' | 'isLocal' | 'transport'>;

const NODES: readonly Ends[] = [
  ['192.168.50.1', '192.168.50.2'],
  ['fd00:50::1', 'fd00:50::2'],
].map(([here = '', there = '']) => {
  return { here: address(here), there: address(there), isLocal: true };
});

/** @param names of each IP version. */
function betweenNodes(name: string, transport?: Transport): Flow[] {
  return NODES.map((ends) => {
    const version = ends.here.length === 4 ? '' : ' IPv6';
    return { ...ends, name: `${name}${version}`, ...(transport && { transport }) };
  });
}

const udp = (port: number): Transport => ({
  protocol: 17,
  sourcePort: port,
  destinationPort: port,
});

/** What is encrypted with `nodeEncryption` only. */
export const NODE_FLOWS: readonly Flow[] = [
  ...betweenNodes('node–node'),
  ...betweenNodes('node–node UDP', { protocol: 17, sourcePort: 51_871, destinationPort: 53 }),
  ...betweenNodes('node–node echo', { protocol: 1, sourcePort: 0, destinationPort: 0 }).map(
    (flow) =>
      flow.here.length === 4
        ? flow
        : { ...flow, transport: { protocol: 58, sourcePort: 128, destinationPort: 0 } },
  ),
];

/** What stays in plaintext all the same. */
export const EXEMPT_FLOWS: readonly Flow[] = [
  ...betweenNodes('API server', { protocol: 6, sourcePort: 45_000, destinationPort: 6443 }),
  ...betweenNodes('answers of etcd', { protocol: 6, sourcePort: 2380, destinationPort: 45_000 }),
];

/** WireGuard's own packets, of both generations. */
export const OUTER_FLOWS: readonly Flow[] = [51_871, 51_872].flatMap((port) =>
  betweenNodes(`packets of port ${port}`, udp(port)),
);

/** What agents say to each other. */
export const MESSAGE: Flow = betweenNodes('message', udp(9987))[0] as Flow;

/** The node's device below, as tables of the model do not have it. */
const ETH0 = { index: 2, name: 'eth0' };

/** Where packets go by the kernel's tables: so much of its look-ups as our policies, rules and routes need. */
export class Fates {
  readonly #kernel: ModelKernel;
  readonly #network: ModelNetwork;

  constructor(kernel: ModelKernel, network: ModelNetwork) {
    this.#kernel = kernel;
    this.#network = network;
  }

  /** What becomes of a packet that is sent from here. */
  leaving(flow: Flow): Fate {
    const { here, there, isLocal, transport = SOME_TCP } = flow;
    const device = this.#route(here, there, isLocal, transport);
    if (device === undefined) return 'lost';
    // What a node itself sends over IPv6 is asked for without a device.
    const ifindex = isLocal && here.length === 16 ? 0 : device.index;
    const policy = this.#policy('out', here, there, ifindex, transport);
    if (policy?.action === 'block') return 'lost';
    const [template] = policy?.templates ?? [];
    if (template !== undefined) {
      return this.#kernel.actual.sas.some(({ spi }) => spi === template.spi) ? 'esp' : 'lost';
    }
    const wireguard = this.#network.device(device.name);
    if (wireguard === undefined) {
      const { closed6, closedNodes6 } = this.#network.tables;
      const isIn = (prefixes: readonly Prefix[]): boolean =>
        prefixes.some((prefix) => covers(prefix, there));
      const isExempt = [...EXEMPT_FLOWS, ...OUTER_FLOWS].includes(flow);
      return isIn(closed6) || (isIn(closedNodes6) && !isExempt) ? 'lost' : 'plain';
    }
    const peer = wireguard.peers.find(({ allowedIps }) =>
      allowedIps.some((one) => covers(one, there)),
    );
    const isWay = peer?.endpoint !== undefined && wireguard.privateKey !== undefined;
    return isWay ? (device.name as Fate) : 'lost';
  }

  /** Why a packet that the peer has sent in that way is dropped here; undefined: it is not. */
  refusal({ here, there, isLocal, transport = SOME_TCP }: Flow, way: Fate): string | undefined {
    if (way === 'lost') return 'it never left';
    // The peer's answer: from there, to here.
    const back = {
      protocol: transport.protocol,
      ...{ sourcePort: transport.destinationPort, destinationPort: transport.sourcePort },
    };
    const policies = (isLocal ? ['in'] : ['in', 'fwd']) as ('in' | 'fwd')[];
    if (way === 'esp') {
      // Not judged by rp_filter, as it has a secpath.
      const has = this.#kernel.actual.sas.length > 0;
      return has &&
        policies.every((one) => this.#policy(one, there, here, 2, back)?.templates.length)
        ? undefined
        : 'no SA or policy';
    }
    const device = way === 'plain' ? ETH0.name : way;
    const wireguard = this.#network.device(device);
    if (way !== 'plain') {
      const from = wireguard?.peers.find(({ allowedIps }) =>
        allowedIps.some((one) => covers(one, there)),
      );
      if (from === undefined) return 'no peer has this source';
    }
    if (here.length === 4 && this.#isMartian(device, here, there, transport)) return 'rp_filter';
    const version = here.length === 4 ? 'ipv4' : 'ipv6';
    if (this.#network.setting(`net/${version}/conf/${device}/disable_policy`) === '1')
      return undefined;
    const bad = policies.find((one) => {
      const policy = this.#policy(one, there, here, 2, back);
      return policy?.action === 'block' || policy?.templates.some(({ optional }) => !optional);
    });
    return bad && `policy ${bad}`;
  }

  #isMartian(device: string, here: Uint8Array, there: Uint8Array, transport: Transport): boolean {
    const value = (of: string): number =>
      Number(this.#network.setting(`net/ipv4/conf/${of}/rp_filter`) ?? 0);
    const mode = Math.max(value('all'), value(device));
    if (mode === 0) return false;
    const back = this.#route(here, there, false, transport);
    return back === undefined || (mode === 1 && back.name !== device);
  }

  #route(from: Uint8Array, to: Uint8Array, isLocal: boolean, transport: Transport) {
    const { rules, routes, links } = this.#network.tables;
    const family = to.length === 4 ? 4 : 6;
    const asked = rules
      .filter((rule) => rule.family === family && asksFor(rule, transport))
      .filter(({ source }) => source === undefined || (!isLocal && covers(source, from)))
      .sort((one, other) => one.priority - other.priority);
    let next = 0;
    for (const { table, action, target, priority } of asked) {
      if (priority < next) continue;
      // One that leads to a rule which is not there is passed by.
      const isResolved = rules.some((one) => one.family === family && one.priority === target);
      if (action === RULE_ACTION.goto && isResolved) next = target ?? 0;
      if (action !== RULE_ACTION.lookup) continue;
      const [best] = routes
        .filter((route) => route.table === table && covers(route.destination, to))
        .sort(
          (one, other) =>
            other.destination.length - one.destination.length || one.priority - other.priority,
        );
      if (best === undefined) continue;
      if (best.type === ROUTE_TYPE.unreachable) return undefined;
      const link = links.find(({ index }) => index === best.nextHops[0]?.ifindex);
      if (link === undefined || (link.flags & LINK_FLAG.up) === 0) throw new Error('a dead route');
      return link;
    }
    return ETH0;
  }

  #policy(
    direction: 'in' | 'out' | 'fwd',
    source: Uint8Array,
    destination: Uint8Array,
    device: number,
    { protocol, sourcePort, destinationPort }: Transport,
  ): Policy | undefined {
    const has = (prefix: Prefix, one: Uint8Array): boolean => covers(prefix, one);
    const [first] = this.#kernel.actual.policies
      .filter((one) => isOwnPolicy(one) && one.direction === direction)
      .filter(({ selector }) => selector.protocol === 0 || selector.protocol === protocol)
      .filter(
        ({ selector }) =>
          isPort(selector.sourcePort, sourcePort) &&
          isPort(selector.destinationPort, destinationPort),
      )
      .filter(({ selector: { ifindex } }) => ifindex === 0 || ifindex === device)
      .filter(
        ({ selector }) => has(selector.source, source) && has(selector.destination, destination),
      )
      .sort((one, other) => one.priority - other.priority);
    return first;
  }
}

function isPort({ port, mask }: PortMatch, found: number): boolean {
  return (found & mask) === (port & mask);
}

function asksFor({ transport }: Rule, packet: Transport): boolean {
  if (transport === undefined) return true;
  const has = (ports: number | Ports | undefined, found: number): boolean => {
    if (ports === undefined) return true;
    if (typeof ports === 'number') return ports === found;
    return ports.first <= found && found <= ports.last;
  };
  const { protocol, sourcePort, destinationPort } = transport;
  return (
    protocol === packet.protocol &&
    has(sourcePort, packet.sourcePort) &&
    has(destinationPort, packet.destinationPort)
  );
}
