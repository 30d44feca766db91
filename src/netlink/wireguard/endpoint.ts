import { afOf, familyOf, requiredFamily } from '../wire/family.js';
import type { Reader } from '../wire/reader.js';
import type { Writer } from '../wire/writer.js';
import { PEER } from './constants.js';

/** Where a peer's UDP is sent to. */
export interface Endpoint {
  /** 4 or 16 bytes, network order. */
  readonly address: Uint8Array;
  /** 1–65535; the kernel takes no notice of an endpoint whose port is 0. */
  readonly port: number;
  /** The index of the device that a link-local IPv6 address is on; absent for 0. */
  readonly scope?: number;
}

/*
 * struct sockaddr_in (netinet/in.h, linux/in.h), 16 bytes
 * | offset | size | name                                |
 * |      0 |    2 | sin_family, order of the machine    |
 * |      2 |    2 | sin_port, network order             |
 * |      4 |    4 | sin_addr, network order             |
 * |      8 |    8 | padding                             |
 *
 * struct sockaddr_in6 (linux/in6.h), 28 bytes
 * | offset | size | name                                |
 * |      0 |    2 | sin6_family, order of the machine   |
 * |      2 |    2 | sin6_port, network order            |
 * |      4 |    4 | sin6_flowinfo, network order        |
 * |      8 |   16 | sin6_addr                           |
 * |     24 |    4 | sin6_scope_id, order of the machine |
 */
const SIZE = { 4: 16, 6: 28 } as const;
const ADDRESS_AT = { 4: 4, 6: 8 } as const;
const SCOPE_AT = 24;

/** Writes WGPEER_A_ENDPOINT. @throws RangeError for an address that has not 4 or 16 bytes */
export function writeEndpoint(writer: Writer, { address, port, scope }: Endpoint): void {
  const family = familyOf(address);
  const at = writer.attribute(PEER.endpoint, SIZE[family]);
  writer.u16(at, afOf(family));
  writer.be16(at + 2, port);
  writer.bytes(at + ADDRESS_AT[family], address);
  if (family === 6 && scope !== undefined) writer.u32(at + SCOPE_AT, scope);
}

/** Reads WGPEER_A_ENDPOINT between its ends. @throws NetlinkParseError */
export function readEndpoint(reader: Reader, at: number, end: number): Endpoint {
  reader.check(at, end, 2, 'sockaddr');
  const family = requiredFamily(reader.u16(at), "an endpoint's family");
  reader.check(at, end, SIZE[family], family === 4 ? 'sockaddr_in' : 'sockaddr_in6');
  const scope = family === 6 ? reader.u32(at + SCOPE_AT) : 0;
  const address = reader.bytes(at + ADDRESS_AT[family], family === 4 ? 4 : 16);
  const port = reader.be16(at + 2);
  return scope === 0 ? { address, port } : { address, port, scope };
}

/** The bytes that the attribute takes in a message, its header included. */
export function endpointSize({ address }: Endpoint): number {
  return 4 + SIZE[familyOf(address)];
}
