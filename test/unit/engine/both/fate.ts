import { isOwnPolicy } from '../../../../src/datapath/index.js';
import { covers, type Prefix } from '../../../../src/net/index.js';
import type { Policy } from '../../../../src/netlink/index.js';
import { LINK_FLAG, ROUTE_TYPE } from '../../../../src/netlink/index.js';
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
}

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
  leaving({ here, there, isLocal }: Flow): Fate {
    const device = this.#route(here, there, isLocal);
    if (device === undefined) return 'lost';
    // What a node itself sends over IPv6 is asked for without a device.
    const ifindex = isLocal && here.length === 16 ? 0 : device.index;
    const policy = this.#policy('out', here, there, ifindex);
    if (policy?.action === 'block') return 'lost';
    const [template] = policy?.templates ?? [];
    if (template !== undefined) {
      return this.#kernel.actual.sas.some(({ spi }) => spi === template.spi) ? 'esp' : 'lost';
    }
    const wireguard = this.#network.device(device.name);
    if (wireguard === undefined) {
      const { closed6 } = this.#network.tables;
      return closed6.some((prefix) => covers(prefix, there)) ? 'lost' : 'plain';
    }
    const peer = wireguard.peers.find(({ allowedIps }) =>
      allowedIps.some((one) => covers(one, there)),
    );
    const isWay = peer?.endpoint !== undefined && wireguard.privateKey !== undefined;
    return isWay ? (device.name as Fate) : 'lost';
  }

  /** Why a packet that the peer has sent in that way is dropped here; undefined: it is not. */
  refusal({ here, there, isLocal }: Flow, way: Fate): string | undefined {
    if (way === 'lost') return 'it never left';
    // The peer's answer: from there, to here.
    const policies = (isLocal ? ['in'] : ['in', 'fwd']) as ('in' | 'fwd')[];
    if (way === 'esp') {
      // Not judged by rp_filter, as it has a secpath.
      const has = this.#kernel.actual.sas.length > 0;
      return has && policies.every((one) => this.#policy(one, there, here, 2)?.templates.length)
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
    if (here.length === 4 && this.#isMartian(device, here, there)) return 'rp_filter';
    const version = here.length === 4 ? 'ipv4' : 'ipv6';
    if (this.#network.setting(`net/${version}/conf/${device}/disable_policy`) === '1')
      return undefined;
    const bad = policies.find((one) => {
      const policy = this.#policy(one, there, here, 2);
      return policy?.action === 'block' || policy?.templates.some(({ optional }) => !optional);
    });
    return bad && `policy ${bad}`;
  }

  #isMartian(device: string, here: Uint8Array, there: Uint8Array): boolean {
    const value = (of: string): number =>
      Number(this.#network.setting(`net/ipv4/conf/${of}/rp_filter`) ?? 0);
    const mode = Math.max(value('all'), value(device));
    if (mode === 0) return false;
    const back = this.#route(here, there, false);
    return back === undefined || (mode === 1 && back.name !== device);
  }

  #route(from: Uint8Array, to: Uint8Array, isLocal: boolean) {
    const { rules, routes, links } = this.#network.tables;
    const family = to.length === 4 ? 4 : 6;
    const asked = rules
      .filter((rule) => rule.family === family && rule.transport === undefined)
      .filter(({ source }) => source === undefined || (!isLocal && covers(source, from)))
      .sort((one, other) => one.priority - other.priority);
    for (const { table } of asked) {
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
  ): Policy | undefined {
    const has = (prefix: Prefix, one: Uint8Array): boolean => covers(prefix, one);
    const [first] = this.#kernel.actual.policies
      .filter((one) => isOwnPolicy(one) && one.direction === direction)
      .filter(({ selector }) => selector.protocol === 0)
      .filter(({ selector: { ifindex } }) => ifindex === 0 || ifindex === device)
      .filter(
        ({ selector }) => has(selector.source, source) && has(selector.destination, destination),
      )
      .sort((one, other) => one.priority - other.priority);
    return first;
  }
}
