import { type Attribute, attributesBehind } from '../wire/attributes.js';
import type { NetlinkMessage } from '../wire/message.js';
import { decodeText, Reader } from '../wire/reader.js';
import { packBody, type Writer } from '../wire/writer.js';
import { NFPROTO, SUBSYSTEM } from './constants.js';

/*
 * struct nfgenmsg (linux/netfilter/nfnetlink.h), 4 bytes, before the attributes of every message
 * | offset | size | name                                                                  |
 * |      0 |    1 | nfgen_family                                                          |
 * |      1 |    1 | version: 0                                                            |
 * |      2 |    2 | res_id, network order: in requests 0, around a batch the subsystem    |
 *
 * nlmsg_type is 256 times the subsystem and the message. Integers in attributes of nf_tables are in
 * network order.
 */
const SIZE = 4;

/** nlmsg_type of a message of nf_tables. */
export function typeOf(message: number): number {
  return (SUBSYSTEM << 8) | message;
}

/** The body of a message about tables of both IP versions. */
export function packInet(fill: (writer: Writer) => void): Uint8Array {
  return packBody((writer) => {
    writer.u8(writer.structure(SIZE), NFPROTO.inet);
    fill(writer);
  });
}

/** The body of a message around a batch. */
export function packAround(): Uint8Array {
  return packBody((writer) => writer.be16(writer.structure(SIZE) + 2, SUBSYSTEM));
}

/**
 * The attributes of a message about tables of both IP versions.
 *
 * @returns undefined for a message of another family or subsystem
 * @throws NetlinkParseError
 */
export function inetAttributes({ type, body }: NetlinkMessage): Attribute[] | undefined {
  if (type >> 8 !== SUBSYSTEM) return undefined;
  if (new Reader(body, SIZE, 'nfgenmsg').u8(0) !== NFPROTO.inet) return undefined;
  return attributesBehind(body, SIZE);
}

/** The payload of an attribute; undefined where it is missing. */
export function payloadOf(attributes: readonly Attribute[], type: number): Uint8Array | undefined {
  return attributes.find((attribute) => attribute.type === type)?.payload;
}

/** Text of an attribute; empty where it is missing. */
export function textOf(attributes: readonly Attribute[], type: number): string {
  const payload = payloadOf(attributes, type);
  return payload === undefined ? '' : decodeText(payload);
}

/** An integer of an attribute; undefined where it is missing. @throws NetlinkParseError */
export function numberOf(attributes: readonly Attribute[], type: number): number | undefined {
  const payload = payloadOf(attributes, type);
  return payload && new Reader(payload, 4, `attribute ${type}`).be32(0);
}
