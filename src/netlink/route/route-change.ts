import type { Prefix } from '../../net/index.js';
import { afOf } from '../wire/family.js';
import { FLAG, type NetlinkRequest } from '../wire/message.js';
import { packBody } from '../wire/writer.js';
import { MESSAGE, ROUTE_TYPE, SCOPE } from './constants.js';

/* struct rtmsg (linux/rtnetlink.h), 12 bytes: see route.ts. */
const SIZE = 12;
/** RTA_*. */
const ATTRIBUTE = {
  destination: 1,
  outputDevice: 4,
  priority: 6,
  preferredSource: 7,
  table: 15,
} as const;
const TABLE_UNSPECIFIED = 0;

interface Entry {
  /** Its host bits are zero, or the kernel refuses it (EINVAL). */
  readonly destination: Prefix;
  /** One of `TABLE`, or another number of 32 bits. */
  readonly table: number;
  /**
   * The metric; the lowest wins. 0 is IPv4's default; for IPv6 the kernel makes 1024 of it.
   */
  readonly priority: number;
  /** RTPROT_*: who made it; 3, boot, unless given. */
  readonly protocol?: number;
}

/** A route that sends packets through a device, as they are. */
export interface DeviceRoute extends Entry {
  readonly type: typeof ROUTE_TYPE.unicast;
  readonly ifindex: number;
  /** The node's own address for what it sends here: 4 or 16 bytes. */
  readonly preferredSource?: Uint8Array;
}

/** A route that tells the sender that there is none. It needs no device, and outlives all. */
export interface UnreachableRoute extends Entry {
  readonly type: typeof ROUTE_TYPE.unreachable;
}

export type NewRoute = DeviceRoute | UnreachableRoute;

/** RTM_NEWROUTE: EEXIST if the table has a route of this destination and metric. */
export function addRoute(route: NewRoute): NetlinkRequest {
  return routeRequest(MESSAGE.newRoute, FLAG.create | FLAG.exclusive, route);
}

/** RTM_NEWROUTE in place of the route of this destination and metric, if there is one. */
export function replaceRoute(route: NewRoute): NetlinkRequest {
  return routeRequest(MESSAGE.newRoute, FLAG.create | FLAG.replace, route);
}

/** RTM_DELROUTE of what is like this: ESRCH if there is none. */
export function deleteRoute(route: NewRoute): NetlinkRequest {
  return routeRequest(MESSAGE.deleteRoute, 0, route);
}

function routeRequest(type: number, flags: number, route: NewRoute): NetlinkRequest {
  const { destination, table, priority, protocol = 3 } = route;
  const isDeleted = type === MESSAGE.deleteRoute;
  const body = packBody((writer) => {
    const at = writer.structure(SIZE);
    writer.u8(at, afOf(destination.family));
    writer.u8(at + 1, destination.length);
    writer.u8(at + 4, table < 256 ? table : TABLE_UNSPECIFIED);
    writer.u8(at + 5, isDeleted && route.protocol === undefined ? 0 : protocol);
    writer.u8(at + 6, scopeOf(route, isDeleted));
    writer.u8(at + 7, route.type);
    writer.attributeBytes(ATTRIBUTE.destination, destination.address);
    if ('preferredSource' in route && route.preferredSource !== undefined) {
      writer.attributeBytes(ATTRIBUTE.preferredSource, route.preferredSource);
    }
    if (table >= 256) writer.attributeU32(ATTRIBUTE.table, table);
    if (priority !== 0) writer.attributeU32(ATTRIBUTE.priority, priority);
    if ('ifindex' in route) writer.attributeU32(ATTRIBUTE.outputDevice, route.ifindex);
  });
  return { type, flags: FLAG.request | FLAG.ack | flags, body };
}

/** IPv6 knows no scopes of routes. `nowhere` is any for a deletion; without a gateway one is on the link. */
function scopeOf({ destination, type }: NewRoute, isDeleted: boolean): number {
  if (destination.family === 6) return SCOPE.global;
  if (isDeleted) return SCOPE.nowhere;
  return type === ROUTE_TYPE.unicast ? SCOPE.link : SCOPE.global;
}
