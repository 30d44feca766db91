import type { Prefix } from '../../net/index.js';
import { attributesBehind } from '../wire/attributes.js';
import { afOf, type Family, familyOfAf, receivedPrefix } from '../wire/family.js';
import { FLAG, type NetlinkMessage } from '../wire/message.js';
import type { NetlinkQuery } from '../wire/query.js';
import { Reader } from '../wire/reader.js';
import { MESSAGE } from './constants.js';
import { type NextHop, readNextHops, readVia } from './next-hop.js';

/** An entry of a routing table. */
export interface Route {
  /** Length 0 is the default route. */
  readonly destination: Prefix;
  /** The packets' source; absent for any. */
  readonly source?: Prefix;
  /** One of `TABLE`, or another number. */
  readonly table: number;
  /** One of `ROUTE_TYPE`. */
  readonly type: number;
  /** One of `SCOPE`. */
  readonly scope: number;
  /** RTPROT_*: who made it, such as 2 the kernel, 3 boot, 4 static. */
  readonly protocol: number;
  /** The metric; the lowest wins. */
  readonly priority: number;
  /** Type of service (RFC 791), or 0 for any. */
  readonly tos: number;
  /** The node's own address for what it sends here. */
  readonly preferredSource?: Uint8Array;
  /** One a path; none for routes that go nowhere. */
  readonly nextHops: readonly NextHop[];
  /** A next hop object (ip-nexthop) in whose place `nextHops` stands. */
  readonly nextHopId?: number;
}

/*
 * struct rtmsg (linux/rtnetlink.h), 12 bytes
 * | offset | size | name                                            |
 * |      0 |    1 | rtm_family                                      |
 * |      1 |    1 | rtm_dst_len                                     |
 * |      2 |    1 | rtm_src_len                                     |
 * |      3 |    1 | rtm_tos                                         |
 * |      4 |    1 | rtm_table: 252 for one that needs more bits     |
 * |      5 |    1 | rtm_protocol                                    |
 * |      6 |    1 | rtm_scope                                       |
 * |      7 |    1 | rtm_type                                        |
 * |      8 |    4 | rtm_flags                                       |
 */
const SIZE = 12;
/** RTA_*. */
const ATTRIBUTE = {
  destination: 1,
  source: 2,
  outputDevice: 4,
  gateway: 5,
  priority: 6,
  preferredSource: 7,
  multipath: 9,
  table: 15,
  via: 18,
  nextHopId: 30,
} as const;
/** RTM_F_CLONED: an entry of a cache, such as a path MTU that was learned; no part of the tables. */
const CLONED = 0x200;

/**
 * RTM_GETROUTE of all tables of one family. A kernel that was booted without IPv6 answers with the routes of all
 * families it has (rtnl_dump_all, net/core/rtnetlink.c): they are left out.
 */
export function dumpRoutes(family: Family): NetlinkQuery<Route> {
  const body = new Uint8Array(SIZE);
  body[0] = afOf(family);
  const parse = (message: NetlinkMessage): Route | undefined => {
    const route = message.type === MESSAGE.newRoute ? parseRoute(message) : undefined;
    return route?.destination.family === family ? route : undefined;
  };
  return { type: MESSAGE.getRoute, flags: FLAG.request | FLAG.dump, body, parse };
}

/**
 * Reads RTM_NEWROUTE and RTM_DELROUTE.
 *
 * @returns undefined for a family other than IPv4 and IPv6 (multicast and MPLS come as such), and
 *   for entries of a cache
 * @throws NetlinkParseError
 */
export function parseRoute({ body }: NetlinkMessage): Route | undefined {
  const reader = new Reader(body, SIZE, 'rtmsg');
  const family = familyOfAf(reader.u8(0));
  if (family === undefined || reader.u32(8) & CLONED) return undefined;
  const size = family === 4 ? 4 : 16;
  const address = (payload: Uint8Array): Uint8Array =>
    new Reader(payload, size, `an address of IPv${family}`).bytes(0, size);
  const number = (payload: Uint8Array): number => new Reader(payload, 4, 'RTA_*').u32(0);
  const hop: { ifindex: number; gateway?: Uint8Array; weight: number } = { ifindex: 0, weight: 1 };
  const route: { -readonly [Key in keyof Route]: Route[Key] } = {
    destination: receivedPrefix(family, new Uint8Array(size), reader.u8(1)),
    table: reader.u8(4),
    type: reader.u8(7),
    scope: reader.u8(6),
    protocol: reader.u8(5),
    priority: 0,
    tos: reader.u8(3),
    nextHops: [],
  };
  for (const { type, payload } of attributesBehind(body, SIZE)) {
    if (type === ATTRIBUTE.destination) {
      route.destination = { ...route.destination, address: address(payload) };
    } else if (type === ATTRIBUTE.source) {
      route.source = receivedPrefix(family, address(payload), reader.u8(2));
    } else if (type === ATTRIBUTE.preferredSource) route.preferredSource = address(payload);
    else if (type === ATTRIBUTE.priority) route.priority = number(payload);
    else if (type === ATTRIBUTE.table) route.table = number(payload);
    else if (type === ATTRIBUTE.nextHopId) route.nextHopId = number(payload);
    else if (type === ATTRIBUTE.multipath) route.nextHops = readNextHops(payload, family);
    else if (type === ATTRIBUTE.outputDevice) hop.ifindex = number(payload);
    else if (type === ATTRIBUTE.gateway) hop.gateway = address(payload);
    else if (type === ATTRIBUTE.via) hop.gateway = readVia(payload);
  }
  if (route.nextHops.length === 0 && hop.ifindex !== 0) route.nextHops = [hop];
  return route;
}
