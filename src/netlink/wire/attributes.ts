import { NetlinkParseError } from '../errors.js';
import { LITTLE_ENDIAN, type Reader } from './reader.js';
import { align } from './writer.js';

/*
 * struct nlattr (linux/netlink.h)
 * | offset | size | name                                                               |
 * |      0 |    2 | nla_len: header and payload, without the padding to 4 bytes         |
 * |      2 |    2 | nla_type: 14 bits; 0x8000: holds attributes, 0x4000: network order  |
 * |      4 |    – | payload                                                             |
 */
const HEADER = 4;
const TYPE_MASK = 0x3fff;

/** An attribute as received, its payload a view of the received bytes. */
export interface Attribute {
  /** The number within its family, without the flags. */
  readonly type: number;
  readonly payload: Uint8Array;
}

/**
 * Splits bytes into attributes, in their order.
 *
 * @throws NetlinkParseError when one is shorter than its header or longer than the bytes
 */
export function parseAttributes(bytes: Uint8Array): Attribute[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found: Attribute[] = [];
  let at = 0;
  while (at < bytes.length) {
    const left = bytes.length - at;
    if (left < HEADER)
      throw new NetlinkParseError(`an attribute's header is cut after ${left} bytes`);
    const length = view.getUint16(at, LITTLE_ENDIAN);
    const type = view.getUint16(at + 2, LITTLE_ENDIAN) & TYPE_MASK;
    // Also what ends the loop: a length of 0 would never get on.
    if (length < HEADER || length > left) {
      throw new NetlinkParseError(`attribute ${type} claims ${length} bytes: ${left} are left`);
    }
    found.push({ type, payload: bytes.subarray(at + HEADER, at + length) });
    at += align(length);
  }
  return found;
}

/**
 * The same for what comes by the ten thousand: no object for each.
 *
 * @param from where the first begins
 * @param to where the last ends
 * @param visit gets where its payload begins, and where it ends
 * @throws NetlinkParseError as {@link parseAttributes}
 */
export function eachAttribute(
  reader: Reader,
  from: number,
  to: number,
  visit: (type: number, at: number, end: number) => void,
): void {
  let at = from;
  while (at < to) {
    const left = to - at;
    if (left < HEADER)
      throw new NetlinkParseError(`an attribute's header is cut after ${left} bytes`);
    const length = reader.u16(at);
    const type = reader.u16(at + 2) & TYPE_MASK;
    if (length < HEADER || length > left) {
      throw new NetlinkParseError(`attribute ${type} claims ${length} bytes: ${left} are left`);
    }
    visit(type, at + HEADER, at + length);
    at += align(length);
  }
}

/** The attributes behind a structure of so many bytes at the start of a message's body. */
export function attributesBehind(body: Uint8Array, structure: number): Attribute[] {
  // Clamped before it is aligned, which is done in 32 bits with a sign.
  return parseAttributes(body.subarray(align(Math.min(structure, body.length))));
}
