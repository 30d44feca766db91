import { type Attribute, attributesBehind } from '../wire/attributes.js';
import type { NetlinkMessage } from '../wire/message.js';
import { Reader } from '../wire/reader.js';
import { packBody, type Writer } from '../wire/writer.js';

/*
 * struct genlmsghdr (linux/genetlink.h), 4 bytes
 * | offset | size | name                                          |
 * |      0 |    1 | cmd: its numbers are the family's own          |
 * |      1 |    1 | version of the family                          |
 * |      2 |    2 | reserved                                       |
 */
const SIZE = 4;

/** What a message of a generic netlink family says. */
export interface GenericMessage {
  readonly command: number;
  readonly attributes: readonly Attribute[];
}

/** The body of a message to a generic netlink family: its header, and the attributes of `fill`. */
export function packGeneric(
  command: number,
  version: number,
  fill: (writer: Writer) => void = () => {},
): Uint8Array {
  return packBody((writer) => {
    writeGenericHeader(writer, command, version);
    fill(writer);
  });
}

/** Writes genlmsghdr. */
export function writeGenericHeader(writer: Writer, command: number, version: number): void {
  const at = writer.structure(SIZE);
  writer.u8(at, command);
  writer.u8(at + 1, version);
}

/** Reads a message of a generic netlink family. @throws NetlinkParseError */
export function readGeneric({ body }: NetlinkMessage): GenericMessage {
  const command = new Reader(body, SIZE, 'genlmsghdr').u8(0);
  return { command, attributes: attributesBehind(body, SIZE) };
}

/**
 * The same for attributes that are walked where they are.
 *
 * @returns a reader of all of the body
 * @throws NetlinkParseError
 */
export function openGeneric(body: Uint8Array): {
  readonly reader: Reader;
  readonly command: number;
  readonly attributesAt: number;
} {
  const command = new Reader(body, SIZE, 'genlmsghdr').u8(0);
  return { reader: new Reader(body, body.length, 'the message'), command, attributesAt: SIZE };
}
