import type { Refusal } from '../errors.js';
import { attributesBehind } from './attributes.js';
import { FLAG, type NetlinkMessage } from './message.js';
import { decodeText, Reader } from './reader.js';

/*
 * struct nlmsgerr (linux/netlink.h), the body of NLMSG_ERROR
 * | offset | size | name                                                                   |
 * |      0 |    4 | error: 0 acknowledges, else the errno, negative                        |
 * |      4 |   16 | msg: header of the request; its own length is that of the whole request |
 * |     20 |    – | the request's body, unless NLM_F_CAPPED                                |
 * |      – |    – | attributes, if NLM_F_ACK_TLVS                                          |
 *
 * The body of NLMSG_DONE is the error alone, and attributes if NLM_F_ACK_TLVS.
 */
const ERROR_SIZE = 20;
const HEADER = 16;
/** enum nlmsgerr_attrs. */
const MESSAGE_TEXT = 1;

/**
 * Reads NLMSG_ERROR.
 *
 * @returns undefined when it acknowledges the request
 * @throws NetlinkParseError
 */
export function parseErrorReply(message: NetlinkMessage): Refusal | undefined {
  const reader = new Reader(message.body, ERROR_SIZE, 'nlmsgerr');
  const echoed = message.flags & FLAG.capped ? 0 : Math.max(0, reader.u32(4) - HEADER);
  return refusal(reader.i32(0), message, ERROR_SIZE + echoed);
}

/**
 * Reads NLMSG_DONE, which ends a dump.
 *
 * @returns undefined when the dump is complete
 * @throws NetlinkParseError
 */
export function parseDone(message: NetlinkMessage): Refusal | undefined {
  // Some families of old kernels end a dump with an empty body.
  if (message.body.length === 0) return undefined;
  return refusal(new Reader(message.body, 4, 'NLMSG_DONE').i32(0), message, 4);
}

function refusal(error: number, message: NetlinkMessage, attributes: number): Refusal | undefined {
  if (error >= 0) return undefined;
  const text = message.flags & FLAG.ackAttributes ? textOf(message.body, attributes) : '';
  return { errno: -error, text };
}

function textOf(body: Uint8Array, from: number): string {
  const found = attributesBehind(body, from).find(({ type }) => type === MESSAGE_TEXT);
  return found === undefined ? '' : decodeText(found.payload);
}
