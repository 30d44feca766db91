import type { Prefix } from '../../net/index.js';
import { NetlinkParseError } from '../errors.js';
import { attributesBehind } from '../wire/attributes.js';
import { afOf, type Family, familyOfAf, receivedPrefix } from '../wire/family.js';
import { FLAG, type NetlinkMessage } from '../wire/message.js';
import type { NetlinkQuery } from '../wire/query.js';
import { Reader } from '../wire/reader.js';
import { MESSAGE } from './constants.js';

/** An address of a device. */
export interface Address {
  readonly ifindex: number;
  /** The node's own address, and the length of the network that it is in. */
  readonly local: Prefix;
  /** The other end of a point-to-point device. */
  readonly peer?: Uint8Array;
  /** One of `SCOPE`. */
  readonly scope: number;
  /** Bits of `ADDRESS_FLAG`. */
  readonly flags: number;
}

/*
 * struct ifaddrmsg (linux/if_addr.h), 8 bytes
 * | offset | size | name                                       |
 * |      0 |    1 | ifa_family                                 |
 * |      1 |    1 | ifa_prefixlen                              |
 * |      2 |    1 | ifa_flags, the lowest 8                    |
 * |      3 |    1 | ifa_scope                                  |
 * |      4 |    4 | ifa_index                                  |
 */
const SIZE = 8;
/** IFA_*. ADDRESS is the other end where LOCAL is given as well, else the address itself. */
const ATTRIBUTE = { address: 1, local: 2, flags: 8 } as const;

/** RTM_GETADDR of all, or of one family. */
export function dumpAddresses(family?: Family): NetlinkQuery<Address> {
  const body = new Uint8Array(SIZE);
  if (family !== undefined) body[0] = afOf(family);
  const parse = (message: NetlinkMessage): Address | undefined =>
    message.type === MESSAGE.newAddress ? parseAddress(message) : undefined;
  return { type: MESSAGE.getAddress, flags: FLAG.request | FLAG.dump, body, parse };
}

/**
 * Reads RTM_NEWADDR and RTM_DELADDR.
 *
 * @returns undefined for a family other than IPv4 and IPv6
 * @throws NetlinkParseError
 */
export function parseAddress({ body }: NetlinkMessage): Address | undefined {
  const reader = new Reader(body, SIZE, 'ifaddrmsg');
  const family = familyOfAf(reader.u8(0));
  if (family === undefined) return undefined;
  let local: Uint8Array | undefined;
  let address: Uint8Array | undefined;
  let flags = reader.u8(2);
  for (const { type, payload } of attributesBehind(body, SIZE)) {
    if (type === ATTRIBUTE.local) local = bytesOf(payload, family);
    else if (type === ATTRIBUTE.address) address = bytesOf(payload, family);
    else if (type === ATTRIBUTE.flags) flags = new Reader(payload, 4, 'IFA_FLAGS').u32(0);
  }
  const own = local ?? address;
  if (own === undefined) throw new NetlinkParseError('an address message without an address');
  const peer = address !== undefined && Buffer.compare(address, own) !== 0 ? address : undefined;
  return {
    ifindex: reader.u32(4),
    local: receivedPrefix(family, own, reader.u8(1)),
    ...(peer === undefined ? {} : { peer }),
    scope: reader.u8(3),
    flags,
  };
}

function bytesOf(payload: Uint8Array, family: Family): Uint8Array {
  const size = family === 4 ? 4 : 16;
  return new Reader(payload, size, `an address of IPv${family}`).bytes(0, size);
}
