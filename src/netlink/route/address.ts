import type { Prefix } from '../../net/index.js';
import { NetlinkParseError } from '../errors.js';
import { attributesBehind } from '../wire/attributes.js';
import { afOf, type Family, familyOfAf, receivedPrefix } from '../wire/family.js';
import { FLAG, type NetlinkMessage, type NetlinkRequest } from '../wire/message.js';
import type { NetlinkQuery } from '../wire/query.js';
import { Reader } from '../wire/reader.js';
import { packBody } from '../wire/writer.js';
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

/** An address to give to a device, or to take from it. */
export interface NewAddress {
  readonly ifindex: number;
  /** The address, and the length of the network that it is in. */
  readonly local: Prefix;
  /** One of `SCOPE`; `SCOPE.global` unless given. */
  readonly scope?: number;
}

/** RTM_NEWADDR: EEXIST if the device has it, ENODEV if there is no such device. */
export function addAddress(address: NewAddress): NetlinkRequest {
  return changeAddress(MESSAGE.newAddress, FLAG.create | FLAG.exclusive, address);
}

/** RTM_DELADDR: EADDRNOTAVAIL if the device has no such address. */
export function deleteAddress(address: NewAddress): NetlinkRequest {
  return changeAddress(MESSAGE.deleteAddress, 0, address);
}

function changeAddress(
  type: number,
  flags: number,
  { ifindex, local, scope = 0 }: NewAddress,
): NetlinkRequest {
  const body = packBody((writer) => {
    const at = writer.structure(SIZE);
    writer.u8(at, afOf(local.family));
    writer.u8(at + 1, local.length);
    writer.u8(at + 3, scope);
    writer.u32(at + 4, ifindex);
    writer.attributeBytes(ATTRIBUTE.local, local.address);
    writer.attributeBytes(ATTRIBUTE.address, local.address);
  });
  return { type, flags: FLAG.request | FLAG.ack | flags, body };
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
