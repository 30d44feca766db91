import { attributesBehind, parseAttributes } from '../wire/attributes.js';
import { FLAG, type NetlinkMessage } from '../wire/message.js';
import type { NetlinkQuery } from '../wire/query.js';
import { decodeText, Reader } from '../wire/reader.js';
import { MESSAGE } from './constants.js';

/** A network device. */
export interface Link {
  readonly index: number;
  readonly name: string;
  /** Bits of `LINK_FLAG`. */
  readonly flags: number;
  /** Bytes; 0 where the kernel does not say. */
  readonly mtu: number;
  /** Such as `veth` or `wireguard`; absent for hardware and the loopback device. */
  readonly kind?: string;
  /** The index of the bridge or bond that it belongs to. */
  readonly master?: number;
  /** The link-layer address; empty where it has none. */
  readonly hardwareAddress: Uint8Array;
}

/*
 * struct ifinfomsg (linux/rtnetlink.h), 16 bytes
 * | offset | size | name                                     |
 * |      0 |    1 | ifi_family: 0; 7 is a bridge's port      |
 * |      1 |    1 | padding                                  |
 * |      2 |    2 | ifi_type                                 |
 * |      4 |    4 | ifi_index                                |
 * |      8 |    4 | ifi_flags                                |
 * |     12 |    4 | ifi_change                               |
 */
const SIZE = 16;
const AF_UNSPEC = 0;
/** IFLA_* (linux/if_link.h). */
const ATTRIBUTE = { address: 1, name: 3, mtu: 4, master: 10, info: 18 } as const;
const INFO_KIND = 1;

/** RTM_GETLINK of all. */
export function dumpLinks(): NetlinkQuery<Link> {
  const parse = (message: NetlinkMessage): Link | undefined =>
    message.type === MESSAGE.newLink ? parseLink(message) : undefined;
  const flags = FLAG.request | FLAG.dump;
  return { type: MESSAGE.getLink, flags, body: new Uint8Array(SIZE), parse };
}

/**
 * Reads RTM_NEWLINK and RTM_DELLINK.
 *
 * @returns undefined for what is not about the device itself: when a bridge loses a port it sends a
 *   RTM_DELLINK of the family AF_BRIDGE, and the device lives on
 * @throws NetlinkParseError
 */
export function parseLink({ body }: NetlinkMessage): Link | undefined {
  const reader = new Reader(body, SIZE, 'ifinfomsg');
  if (reader.u8(0) !== AF_UNSPEC) return undefined;
  const link: { -readonly [Key in keyof Link]: Link[Key] } = {
    index: reader.i32(4),
    name: '',
    flags: reader.u32(8),
    mtu: 0,
    hardwareAddress: new Uint8Array(0),
  };
  for (const { type, payload } of attributesBehind(body, SIZE)) {
    if (type === ATTRIBUTE.name) link.name = decodeText(payload);
    else if (type === ATTRIBUTE.mtu) link.mtu = new Reader(payload, 4, 'IFLA_MTU').u32(0);
    else if (type === ATTRIBUTE.master) link.master = new Reader(payload, 4, 'IFLA_MASTER').u32(0);
    else if (type === ATTRIBUTE.address) link.hardwareAddress = new Uint8Array(payload);
    else if (type === ATTRIBUTE.info) {
      const kind = parseAttributes(payload).find((one) => one.type === INFO_KIND);
      if (kind !== undefined) link.kind = decodeText(kind.payload);
    }
  }
  return link;
}
