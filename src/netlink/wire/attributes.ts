import { NetlinkParseError } from '../errors.js';
import { LITTLE_ENDIAN } from './reader.js';
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

/** The attributes behind a structure of so many bytes at the start of a message's body. */
export function attributesBehind(body: Uint8Array, structure: number): Attribute[] {
  // Clamped before it is aligned, which is done in 32 bits with a sign.
  return parseAttributes(body.subarray(align(Math.min(structure, body.length))));
}
