import {
  NEIGHBOUR_DISCOVERY,
  networkOf,
  OUTER,
  type Ports,
  type Prefix,
  plainBetweenNodes,
  type Traffic,
} from '../../net/index.js';
import { IP_PROTOCOL } from '../xfrm/index.js';
import type { Chain } from './chain.js';
import {
  CMP_OPERATOR,
  HOOK,
  KEY_TYPE,
  LOOKUP_FLAG,
  META_KEY,
  NAT_TYPE,
  NFPROTO,
  PAYLOAD_BASE,
  REGISTER,
  RT_KEY,
  SET_FLAG,
  SET_NAMES,
  VERDICT,
} from './constants.js';
import type { Expression } from './expression.js';
import type { Rule } from './rule.js';
import type { NamedSet } from './set.js';

/*
 * What nft writes as
 *
 *   table inet podcloak {
 *     set closed6 {
 *       type ipv6_addr; flags interval;
 *     }
 *     chain postrouting {
 *       type nat hook postrouting priority 99; policy accept;
 *       meta nfproto ipv4 rt ipsec exists snat ip to ip saddr comment "podcloak"
 *       meta nfproto ipv6 rt ipsec exists snat ip6 to ip6 saddr comment "podcloak"
 *       meta nfproto ipv4 oifname "podcloak_wg*" ip saddr >= 10.244.1.0 ip saddr <= 10.244.1.255 snat ip to ip saddr comment "podcloak"
 *       (the same for each pod prefix and each address of the node, of IPv6, too)
 *       meta nfproto ipv4 oifname "podcloak_wg*" snat ip to 192.168.50.1 comment "podcloak"
 *       (the same for the node's first address of IPv6)
 *     }
 *     chain guard {
 *       type filter hook postrouting priority 200; policy accept;
 *       meta nfproto ipv6 oifname != "podcloak_wg*" rt ipsec missing ip6 daddr @closed6 drop comment "podcloak"
 *     }
 *   }
 *
 * One table of both IP versions rather than one for each: it is read, replaced and removed as one.
 * That takes Linux 5.2 (NAT in such tables: nft(8)); `rt ipsec` itself is a little older. All of it is
 * always there, whichever engine is at work, but for the rules that name a device, which WireGuard alone needs: an
 * empty set drops nothing.
 *
 * The chain `postrouting`. A CNI masquerades what pods send to other nodes themselves. That comes after
 * the look for a policy and repeats it with the node's address, so the packet would leave in plaintext;
 * on a WireGuard device the peer would drop it, as no pod has that address. Here, just before, whatever
 * is on its way into an SA, or from a pod into such a device, gets its own address as the new one: a connection
 * has its source translated once, and all later chains leave it alone. What others send into a device, such as a
 * client outside to a NodePort, gets the node's address, which kube-proxy's masquerading would give it as well: the
 * peer takes no other. But what is masqueraded the kernel ends when it leaves by another device than before
 * (`nf_nat_oif_changed`), as it does once keys are rotated; what is translated to an address that is named goes on.
 *
 * A connection that was masqueraded before the table was there, or before there was a policy, stays so
 * until conntrack forgets it.
 *
 * The chain `guard`. For what a node itself sends over IPv6 the kernel looks for a policy without telling
 * it the device, so an `allow` policy that names a WireGuard device never matches, and there can be no
 * `block` policy behind it. This rule stands in its place: what goes to a prefix of the set leaves through
 * a WireGuard device, through an SA, or not at all. It asks late, and at postrouting:
 *
 * - at `output` the device is that of the first look for a route. A rule on marks or a translated
 *   destination has the packet routed again within that hook, and rules behind it still see the first
 *   device: a packet that a mark takes off our device would pass, and one to a service whose pod is
 *   behind our device would be dropped. Postrouting sees the device that the packet leaves by.
 * - after all source NAT, which is done at 100 whatever priority its chain names: one that takes a packet
 *   out of its SA has done so by then.
 *
 * Packets that are forwarded meet it, too: nothing may go there in plaintext, whoever sends it. What
 * leaves an SA or a WireGuard device comes by with the addresses of nodes, which are never in the set.
 *
 * With encryption between nodes there is more of it, for peers themselves:
 *
 *     set nodes6 {
 *       type ipv6_addr; flags interval;
 *     }
 *     chain guard {
 *       (the rule above)
 *       meta nfproto ipv4 accept
 *       meta nfproto ipv6 ip6 daddr != @nodes6 accept
 *       meta l4proto esp accept
 *       (the same of WireGuard's own packets, neighbour discovery, and what else is exempt between nodes)
 *       meta nfproto ipv6 oifname != "podcloak_wg*" rt ipsec missing ip6 daddr @nodes6 drop comment "podcloak"
 *     }
 *
 * `accept` ends this chain, not the packet's way. All rules bear the comment.
 */

/** The name of our table. */
export const TABLE = 'podcloak';

/** What marks a rule as ours: kernels before 5.10 keep no text of a table, and all keep one of a rule. */
export const MARK = 'podcloak';

/** How the names of our WireGuard devices begin. */
const DEVICES = 'podcloak_wg';

/** The set that our table always has: prefixes that nothing may go to in plaintext. */
export const CLOSED: NamedSet = {
  table: TABLE,
  name: SET_NAMES.pods,
  flags: SET_FLAG.interval,
  keyType: KEY_TYPE.ipv6Address,
  keyLength: 16,
};

/** The set of addresses that nothing may go to in plaintext, but for what is exempt between nodes. */
export const CLOSED_NODES: NamedSet = { ...CLOSED, name: SET_NAMES.nodes };

const NAT: Chain = {
  table: TABLE,
  name: 'postrouting',
  // NF_IP_PRI_NAT_SRC, that of every CNI's masquerading, is 100.
  base: { type: 'nat', hook: HOOK.postrouting, priority: 99, policy: VERDICT.accept },
};

const GUARD: Chain = {
  table: TABLE,
  name: 'guard',
  base: { type: 'filter', hook: HOOK.postrouting, priority: 200, policy: VERDICT.accept },
};

/** All chains of our table. */
export const CHAINS: readonly Chain[] = [NAT, GUARD];

// Where the addresses stand in the IP header: RFC 791 §3.1, RFC 8200 §3.
const SOURCE = { offset: 12, length: 4 };
const SOURCE6 = { offset: 8, length: 16 };
const DESTINATION6 = { offset: 24, length: 16 };

const INTO_SA = [load('rt', RT_KEY.xfrm), compare('equal', 1)];
const INTO_DEVICE = [load('meta', META_KEY.outputName), compare('equal', DEVICES)];

/** Whose packets have which source on WireGuard devices. */
export interface Sources {
  /** Of this node's pods: they keep theirs. */
  readonly pods: readonly Prefix[];
  /** This node's addresses: they are kept, and the first of an IP version is what all others get. */
  readonly addresses: readonly Uint8Array[];
}

/** Where there is no WireGuard device. */
export const NO_SOURCES: Sources = { pods: [], addresses: [] };

/**
 * All rules of our table, chain by chain in their order.
 *
 * @param hasNodes whether there is the set of nodes
 */
export function rulesFor({ pods, addresses }: Sources, hasNodes: boolean): readonly Rule[] {
  const first = [4, 16].flatMap((length) => addresses.find((one) => one.length === length) ?? []);
  return [
    keepSource(NFPROTO.ipv4, INTO_SA, SOURCE),
    keepSource(NFPROTO.ipv6, INTO_SA, SOURCE6),
    ...pods.map(keepInto),
    ...addresses.map((address) => keepInto(prefixOf(address))),
    ...first.map(ofNode),
    guardOf(CLOSED),
    ...(hasNodes ? RULES_OF_NODES : []),
  ];
}

function prefixOf(address: Uint8Array): Prefix {
  return { family: address.length === 4 ? 4 : 6, address, length: address.length * 8 };
}

function keepInto(prefix: Prefix): Rule {
  const [nfproto, place] = prefix.family === 4 ? [NFPROTO.ipv4, SOURCE] : [NFPROTO.ipv6, SOURCE6];
  return keepSource(nfproto, [...INTO_DEVICE, ...within(prefix, place)], place);
}

function ofNode(address: Uint8Array): Rule {
  const family = address.length === 4 ? NFPROTO.ipv4 : NFPROTO.ipv6;
  const value = { destination: REGISTER.first, value: address };
  return translate(family, [...INTO_DEVICE, { name: 'immediate', fields: value }]);
}

function guardOf(set: NamedSet): Rule {
  return rule(GUARD, [
    ...ofFamily(NFPROTO.ipv6),
    load('meta', META_KEY.outputName),
    compare('notEqual', DEVICES),
    load('rt', RT_KEY.xfrm),
    compare('equal', 0),
    ...isIn(set),
    verdict('drop'),
  ]);
}

/** The last one says all that it is about, so that those before it can only open. */
const RULES_OF_NODES: readonly Rule[] = [
  ofFamily(NFPROTO.ipv4),
  [...ofFamily(NFPROTO.ipv6), ...isIn(CLOSED_NODES, LOOKUP_FLAG.inverted)],
  // What comes out of an SA.
  ofTransport(IP_PROTOCOL.esp),
  [...ofTransport(IP_PROTOCOL.icmpv6), ...between({ offset: 0, length: 1 }, NEIGHBOUR_DISCOVERY)],
  ...[OUTER, ...plainBetweenNodes(6)].map(ofTraffic),
]
  .map((expressions) => rule(GUARD, [...expressions, verdict('accept')]))
  .concat(guardOf(CLOSED_NODES));

function ofTransport(protocol: number): Expression[] {
  return [load('meta', META_KEY.transport), compare('equal', protocol)];
}

function ofTraffic({ protocol, sourcePort, destinationPort }: Traffic): Expression[] {
  return [
    ...ofTransport(protocol),
    ...(sourcePort === undefined ? [] : between({ offset: 0, length: 2 }, sourcePort)),
    ...(destinationPort === undefined ? [] : between({ offset: 2, length: 2 }, destinationPort)),
  ];
}

/** Of a number in the transport's header, of one byte or two: RFC 768, RFC 9293 §3.1, RFC 4443 §2.1. */
function between(place: Place, { first, last }: Ports): Expression[] {
  const bytes = (value: number): Uint8Array =>
    Uint8Array.of(value >> 8, value & 0xff).subarray(2 - place.length);
  const base = PAYLOAD_BASE.transport;
  return [
    { name: 'payload', fields: { destination: REGISTER.first, base, ...place } },
    ...[compare('atLeast', bytes(first)), compare('atMost', bytes(last))],
  ];
}

function isIn({ name }: NamedSet, flags = 0): Expression[] {
  const source = REGISTER.first;
  const fields = { source, set: name, ...(flags === 0 ? {} : { flags }) };
  return [loadAddress(DESTINATION6), { name: 'lookup', fields }];
}

function verdict(name: keyof typeof VERDICT): Expression {
  const fields = { destination: REGISTER.verdict, verdict: VERDICT[name] };
  return { name: 'immediate', fields };
}

/** From the first address of a prefix to its last one. */
function within(prefix: Prefix, place: Place): Expression[] {
  const { address, length } = networkOf(prefix);
  const last = address.map(
    (byte, at) => byte | (0xff >> Math.min(8, Math.max(0, length - at * 8))),
  );
  return [
    ...[loadAddress(place), compare('atLeast', address)],
    ...[loadAddress(place), compare('atMost', last)],
  ];
}

function keepSource(family: number, way: readonly Expression[], source: Place): Rule {
  return translate(family, [...way, loadAddress(source)]);
}

/** To the address in the register. */
function translate(family: number, before: readonly Expression[]): Rule {
  const fields = { type: NAT_TYPE.source, family, firstAddress: REGISTER.first };
  return rule(NAT, [...ofFamily(family), ...before, { name: 'nat', fields }]);
}

function rule(chain: Chain, expressions: readonly Expression[]): Rule {
  return { table: TABLE, chain: chain.name, expressions, comment: MARK };
}

function ofFamily(family: number): Expression[] {
  return [load('meta', META_KEY.nfproto), compare('equal', family)];
}

function load(name: 'meta' | 'rt', key: number): Expression {
  return { name, fields: { key, destination: REGISTER.first } };
}

/** Bytes in a header, both numbers in bytes. */
interface Place {
  readonly offset: number;
  readonly length: number;
}

function loadAddress(place: Place): Expression {
  const base = PAYLOAD_BASE.network;
  return { name: 'payload', fields: { destination: REGISTER.first, base, ...place } };
}

/** @param value a byte, bytes, or how a text begins */
function compare(
  operator: keyof typeof CMP_OPERATOR,
  value: number | string | Uint8Array,
): Expression {
  const bytes =
    typeof value === 'number'
      ? Uint8Array.of(value)
      : typeof value === 'string'
        ? new TextEncoder().encode(value)
        : value;
  const fields = { source: REGISTER.first, operator: CMP_OPERATOR[operator], value: bytes };
  return { name: 'cmp', fields };
}
