import type { Prefix } from '../../net/index.js';
import { NetlinkParseError } from '../errors.js';
import { eachAttribute } from '../wire/attributes.js';
import { afOf, receivedPrefix, requiredFamily } from '../wire/family.js';
import type { Reader } from '../wire/reader.js';
import type { Writer } from '../wire/writer.js';
import { ALLOWED_IP } from './constants.js';

/** The number of an attribute in a list, which the kernel does not look at. */
const ITEM = 0;

/** Writes one item of WGPEER_A_ALLOWEDIPS. */
export function writeAllowedIp(writer: Writer, { family, address, length }: Prefix): void {
  const item = writer.begin(ITEM);
  writer.u16(writer.attribute(ALLOWED_IP.family, 2), afOf(family));
  writer.attributeBytes(ALLOWED_IP.address, address);
  writer.u8(writer.attribute(ALLOWED_IP.length, 1), length);
  writer.end(item);
}

/** The bytes that {@link writeAllowedIp} takes: the item's header, and three attributes padded to 4. */
export function allowedIpSize({ address }: Prefix): number {
  return 4 + 8 + (4 + address.length) + 8;
}

/** Reads WGPEER_A_ALLOWEDIPS between its ends. @throws NetlinkParseError */
export function readAllowedIps(reader: Reader, from: number, to: number): Prefix[] {
  const found: Prefix[] = [];
  eachAttribute(reader, from, to, (_, at, end) => found.push(readAllowedIp(reader, at, end)));
  return found;
}

function readAllowedIp(reader: Reader, from: number, to: number): Prefix {
  let af: number | undefined;
  let addressAt: number | undefined;
  let addressEnd = to;
  let length: number | undefined;
  eachAttribute(reader, from, to, (type, at, end) => {
    if (type === ALLOWED_IP.family) {
      reader.check(at, end, 2, 'WGALLOWEDIP_A_FAMILY');
      af = reader.u16(at);
    } else if (type === ALLOWED_IP.address) {
      addressAt = at;
      addressEnd = end;
    } else if (type === ALLOWED_IP.length) {
      reader.check(at, end, 1, 'WGALLOWEDIP_A_CIDR_MASK');
      length = reader.u8(at);
    }
  });
  if (af === undefined || addressAt === undefined || length === undefined) {
    throw new NetlinkParseError('an allowed IP without family, address or length');
  }
  const family = requiredFamily(af, "an allowed IP's family");
  const size = family === 4 ? 4 : 16;
  reader.check(addressAt, addressEnd, size, `an address of IPv${family}`);
  return receivedPrefix(family, reader.bytes(addressAt, size), length);
}
