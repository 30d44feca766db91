import { NetlinkParseError } from '../errors.js';
import { attributesBehind } from '../wire/attributes.js';
import { type Family, requiredFamily } from '../wire/family.js';
import { Reader } from '../wire/reader.js';
import { align } from '../wire/writer.js';

/** Where a route sends packets. */
export interface NextHop {
  readonly ifindex: number;
  /** 4 or 16 bytes, not always of the route's family; absent when the destination is on the link. */
  readonly gateway?: Uint8Array;
  /** Its share beside those of the other paths. */
  readonly weight: number;
}

/*
 * struct rtnexthop (linux/rtnetlink.h), 8 bytes: RTA_MULTIPATH holds several
 * | offset | size | name                                             |
 * |      0 |    2 | rtnh_len: this and its attributes                |
 * |      2 |    1 | rtnh_flags                                       |
 * |      3 |    1 | rtnh_hops: weight - 1                            |
 * |      4 |    4 | rtnh_ifindex                                     |
 * |      8 |    – | attributes: RTA_GATEWAY, RTA_VIA                 |
 *
 * struct rtvia: RTA_VIA, a gateway of another family than the route's
 * | offset | size | name       |
 * |      0 |    2 | rtvia_family |
 * |      2 |    – | rtvia_addr   |
 */
const SIZE = 8;
const ATTRIBUTE = { gateway: 5, via: 18 } as const;

/** Reads RTA_MULTIPATH. @throws NetlinkParseError */
export function readNextHops(payload: Uint8Array, family: Family): NextHop[] {
  const found: NextHop[] = [];
  let at = 0;
  while (at < payload.length) {
    const rest = payload.subarray(at);
    const reader = new Reader(rest, SIZE, 'rtnexthop');
    const length = reader.u16(0);
    // Also what ends the loop: a length of 0 would never get on.
    if (length < SIZE || length > rest.length) {
      throw new NetlinkParseError(`rtnexthop claims ${length} bytes: ${rest.length} are left`);
    }
    found.push(readNextHop(reader, rest.subarray(0, length), family));
    at += align(length);
  }
  return found;
}

function readNextHop(reader: Reader, bytes: Uint8Array, family: Family): NextHop {
  let gateway: Uint8Array | undefined;
  for (const { type, payload } of attributesBehind(bytes, SIZE)) {
    if (type === ATTRIBUTE.gateway) gateway = addressOf(payload, 0, family);
    else if (type === ATTRIBUTE.via) gateway = readVia(payload);
  }
  return {
    ifindex: reader.i32(4),
    ...(gateway === undefined ? {} : { gateway }),
    weight: reader.u8(3) + 1,
  };
}

/** Reads RTA_VIA. @throws NetlinkParseError */
export function readVia(payload: Uint8Array): Uint8Array {
  const family = requiredFamily(new Reader(payload, 2, 'rtvia').u16(0), "a gateway's family");
  return addressOf(payload, 2, family);
}

function addressOf(payload: Uint8Array, at: number, family: Family): Uint8Array {
  return new Reader(payload, payload.length, 'a gateway').bytes(at, family === 4 ? 4 : 16);
}
