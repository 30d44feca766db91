import type { Prefix } from '../../net/index.js';
import { NetlinkParseError } from '../errors.js';
import { eachAttribute } from '../wire/attributes.js';
import { afOf, type Family, receivedPrefix, requiredFamily } from '../wire/family.js';
import type { Reader } from '../wire/reader.js';
import { Writer } from '../wire/writer.js';
import { ALLOWED_IP } from './constants.js';

/** The number of an attribute in a list, which the kernel does not look at. */
const ITEM = 0;

/** Items without address and length, as there are tens of thousands to write. */
const TEMPLATES = { 4: template(4), 6: template(6) } as const;

/** In bytes, as all of them are multiples of 4. */
export const LARGEST_ALLOWED_IP = TEMPLATES[6].bytes.length;

/**
 * Writes items of WGPEER_A_ALLOWEDIPS, from one place in a list to before another.
 *
 * @throws RangeError for an address that is not of its family
 */
export function writeAllowedIps(
  writer: Writer,
  allowedIps: readonly Prefix[],
  from: number,
  end: number,
): void {
  for (let place = from; place < end; place += 1) {
    const one = allowedIps[place];
    if (one !== undefined) writeAllowedIp(writer, one);
  }
}

function writeAllowedIp(writer: Writer, { family, address, length }: Prefix): void {
  const template = TEMPLATES[family];
  if (address.length !== template.addressSize) throw new RangeError(`not of IPv${family}`);
  const at = writer.template(template.bytes, template.addressAt, address);
  writer.u8(at + template.lengthAt, length);
}

function template(family: Family) {
  const writer = new Writer();
  const addressSize = family === 4 ? 4 : 16;
  const item = writer.begin(ITEM);
  writer.u16(writer.attribute(ALLOWED_IP.family, 2), afOf(family));
  const addressAt = writer.attribute(ALLOWED_IP.address, addressSize);
  const lengthAt = writer.attribute(ALLOWED_IP.length, 1);
  writer.end(item);
  return { bytes: writer.finish(), addressAt, addressSize, lengthAt } as const;
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
