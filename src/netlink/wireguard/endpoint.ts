import { requiredFamily } from '../wire/family.js';
import type { Reader } from '../wire/reader.js';
import type { Writer } from '../wire/writer.js';

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
export const SOCKADDR_SIZE = { 4: 16, 6: 28 } as const;
const PORT_AT = 2;
const ADDRESS_AT = { 4: 4, 6: 8 } as const;
const SCOPE_AT = 24;

/** Writes what a sockaddr of its family says, to where one is. */
export function writeSockaddr(
  writer: Writer,
  at: number,
  { address, port, scope }: Endpoint,
): void {
  const addressAt = address.length === 4 ? ADDRESS_AT[4] : ADDRESS_AT[6];
  writer.be16(at + PORT_AT, port);
  writer.bytes(at + addressAt, address);
  if (scope !== undefined && addressAt === ADDRESS_AT[6]) writer.u32(at + SCOPE_AT, scope);
}

/** Reads WGPEER_A_ENDPOINT between its ends. @throws NetlinkParseError */
export function readEndpoint(reader: Reader, at: number, end: number): Endpoint {
  reader.check(at, end, 2, 'sockaddr');
  const family = requiredFamily(reader.u16(at), "an endpoint's family");
  reader.check(at, end, SOCKADDR_SIZE[family], family === 4 ? 'sockaddr_in' : 'sockaddr_in6');
  const scope = family === 6 ? reader.u32(at + SCOPE_AT) : 0;
  const address = reader.bytes(at + ADDRESS_AT[family], family === 4 ? 4 : 16);
  const port = reader.be16(at + 2);
  return scope === 0 ? { address, port } : { address, port, scope };
}
