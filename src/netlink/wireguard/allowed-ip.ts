import type { Prefix } from '../../net/index.js';
import { NetlinkParseError } from '../errors.js';
import { parseAttributes } from '../wire/attributes.js';
import { afOf, receivedPrefix, requiredFamily } from '../wire/family.js';
import { Reader } from '../wire/reader.js';
import type { Writer } from '../wire/writer.js';
import { ALLOWED_IP } from './constants.js';

/** The number of an attribute in a list, which the kernel does not look at. */
const ITEM = 0;

/** Writes one item of WGPEER_A_ALLOWEDIPS. */
export function writeAllowedIp(writer: Writer, { family, address, length }: Prefix): void {
  writer.nested(ITEM, () => {
    writer.u16(writer.attribute(ALLOWED_IP.family, 2), afOf(family));
    writer.attributeBytes(ALLOWED_IP.address, address);
    writer.u8(writer.attribute(ALLOWED_IP.length, 1), length);
  });
}

/** The bytes that {@link writeAllowedIp} takes: the item's header, and three attributes padded to 4. */
export function allowedIpSize({ address }: Prefix): number {
  return 4 + 8 + (4 + address.length) + 8;
}

/** Reads WGPEER_A_ALLOWEDIPS. @throws NetlinkParseError */
export function readAllowedIps(payload: Uint8Array): Prefix[] {
  return parseAttributes(payload).map((item) => readAllowedIp(item.payload));
}

function readAllowedIp(bytes: Uint8Array): Prefix {
  let af: number | undefined;
  let address: Uint8Array | undefined;
  let length: number | undefined;
  for (const { type, payload } of parseAttributes(bytes)) {
    if (type === ALLOWED_IP.family) af = new Reader(payload, 2, 'WGALLOWEDIP_A_FAMILY').u16(0);
    else if (type === ALLOWED_IP.address) address = payload;
    else if (type === ALLOWED_IP.length)
      length = new Reader(payload, 1, 'WGALLOWEDIP_A_CIDR_MASK').u8(0);
  }
  if (af === undefined || address === undefined || length === undefined) {
    throw new NetlinkParseError('an allowed IP without family, address or length');
  }
  const family = requiredFamily(af, "an allowed IP's family");
  const size = family === 4 ? 4 : 16;
  const bytesOf = new Reader(address, size, `an address of IPv${family}`).bytes(0, size);
  return receivedPrefix(family, bytesOf, length);
}
