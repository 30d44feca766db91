import { NetlinkParseError } from '../errors.js';
import { LITTLE_ENDIAN } from './reader.js';
import { align } from './writer.js';

/*
 * struct nlmsghdr (linux/netlink.h, RFC 3549 §2.3.2)
 * | offset | size | name                                                |
 * |      0 |    4 | nlmsg_len: header and body, without padding          |
 * |      4 |    2 | nlmsg_type                                           |
 * |      6 |    2 | nlmsg_flags                                          |
 * |      8 |    4 | nlmsg_seq: the request's, repeated in its answers    |
 * |     12 |    4 | nlmsg_pid: the port of the socket that it is about   |
 * |     16 |    – | body, padded to 4 bytes                              |
 */
const HEADER = 16;

/** Types that all netlink families share. */
export const CONTROL = { noop: 1, error: 2, done: 3, overrun: 4 } as const;

/** nlmsg_flags. Those of 0x100 and up mean different things in each kind of message. */
export const FLAG = {
  request: 0x1,
  multi: 0x2,
  ack: 0x4,
  dumpInterrupted: 0x10,
  replace: 0x100,
  exclusive: 0x200,
  create: 0x400,
  append: 0x800,
  dump: 0x300,
  capped: 0x100,
  ackAttributes: 0x200,
} as const;

/** A message to send; the socket adds sequence number and port. */
export interface NetlinkRequest {
  readonly type: number;
  readonly flags: number;
  readonly body: Uint8Array;
}

/** A message as received, its body a view of the received bytes. */
export interface NetlinkMessage {
  readonly type: number;
  readonly flags: number;
  readonly sequence: number;
  /** The port of the socket whose request this answers or announces; 0 for the kernel itself. */
  readonly portId: number;
  readonly body: Uint8Array;
}

/** The bytes that a request takes in a datagram, padding included. */
export function messageSize(request: NetlinkRequest): number {
  return align(HEADER + request.body.length);
}

/** One datagram of several requests, numbered upwards from `firstSequence`. */
export function packMessages(
  requests: readonly NetlinkRequest[],
  firstSequence: number,
  portId: number,
): Uint8Array {
  const bytes = new Uint8Array(requests.reduce((sum, one) => sum + messageSize(one), 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [index, request] of requests.entries()) {
    view.setUint32(at, HEADER + request.body.length, LITTLE_ENDIAN);
    view.setUint16(at + 4, request.type, LITTLE_ENDIAN);
    view.setUint16(at + 6, request.flags, LITTLE_ENDIAN);
    view.setUint32(at + 8, firstSequence + index, LITTLE_ENDIAN);
    view.setUint32(at + 12, portId, LITTLE_ENDIAN);
    bytes.set(request.body, at + HEADER);
    at += messageSize(request);
  }
  return bytes;
}

/**
 * Splits a datagram into its messages.
 *
 * @throws NetlinkParseError when one is shorter than its header or longer than the datagram
 */
export function parseMessages(bytes: Uint8Array): NetlinkMessage[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const found: NetlinkMessage[] = [];
  let at = 0;
  while (at < bytes.length) {
    const left = bytes.length - at;
    if (left < HEADER) throw new NetlinkParseError(`a message's header is cut after ${left} bytes`);
    const length = view.getUint32(at, LITTLE_ENDIAN);
    if (length < HEADER || length > left) {
      throw new NetlinkParseError(`a message claims ${length} bytes: ${left} are left`);
    }
    found.push({
      type: view.getUint16(at + 4, LITTLE_ENDIAN),
      flags: view.getUint16(at + 6, LITTLE_ENDIAN),
      sequence: view.getUint32(at + 8, LITTLE_ENDIAN),
      portId: view.getUint32(at + 12, LITTLE_ENDIAN),
      body: bytes.subarray(at + HEADER, at + length),
    });
    // Not align(): it counts in 32 bits with a sign, and a length may have them all.
    at += length + ((4 - (length % 4)) % 4);
  }
  return found;
}
