import type { Prefix } from '../../net/index.js';
import { NetlinkParseError } from '../errors.js';
import type { Reader } from './reader.js';
import type { Writer } from './writer.js';

/** An IP version. */
export type Family = 4 | 6;

/** AF_INET and AF_INET6 (bits/socket.h). */
const AF = { 4: 2, 6: 10 } as const;

/** The family of an address by its length. @throws RangeError unless it has 4 or 16 bytes */
export function familyOf(address: Uint8Array): Family {
  if (address.length === 4) return 4;
  if (address.length === 16) return 6;
  throw new RangeError(`an IP address has 4 or 16 bytes, not ${address.length}`);
}

/** The kernel's number of a family. */
export function afOf(family: Family): number {
  return AF[family];
}

/** The family of a kernel's number; undefined for any but IPv4 and IPv6. */
export function familyOfAf(af: number): Family | undefined {
  if (af === AF[4]) return 4;
  return af === AF[6] ? 6 : undefined;
}

/** {@link familyOfAf} where it must be one of the two. @throws NetlinkParseError naming the field */
export function requiredFamily(af: number, field: string): Family {
  const family = familyOfAf(af);
  if (family === undefined) throw new NetlinkParseError(`${field} is ${af}: no IP version`);
  return family;
}

/** A received prefix. @throws NetlinkParseError when it is longer than an address of its family */
export function receivedPrefix(family: Family, address: Uint8Array, length: number): Prefix {
  if (length > (family === 4 ? 32 : 128)) {
    throw new NetlinkParseError(`a prefix of IPv${family} claims ${length} bits`);
  }
  return { family, address, length };
}

/**
 * Reads xfrm_address_t (16 bytes, network order; IPv4 in the first four).
 *
 * @returns 4 or 16 bytes
 */
export function readAddress(reader: Reader, at: number, family: Family): Uint8Array {
  return reader.bytes(at, family === 4 ? 4 : 16);
}

/** Writes xfrm_address_t. @throws RangeError for an address of another family */
export function writeAddress(
  writer: Writer,
  at: number,
  address: Uint8Array,
  family: Family,
): void {
  if (familyOf(address) !== family)
    throw new RangeError('addresses of two families in one structure');
  writer.bytes(at, address);
}
