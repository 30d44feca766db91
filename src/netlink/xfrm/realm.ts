import type { Attribute } from '../wire/attributes.js';
import { Reader } from '../wire/reader.js';
import type { Writer } from '../wire/writer.js';
import { ATTRIBUTE } from './constants.js';

/** A packet mark that is part of the identity of an SA or a policy (`mark` of ip-xfrm). */
export interface Mark {
  readonly value: number;
  readonly mask: number;
}

/** What besides its own fields makes an SA or a policy another one to the kernel. */
export interface Realm {
  /** Absent for none, which to the kernel is value and mask 0. */
  readonly mark?: Mark;
  /** The XFRM interface that it belongs to; absent for none. */
  readonly ifId?: number;
}

/*
 * struct xfrm_mark (linux/xfrm.h): XFRMA_MARK
 * | offset | size | name |
 * |      0 |    4 | v    |
 * |      4 |    4 | m    |
 *
 * XFRMA_IF_ID is an integer of 32 bits.
 */
const MARK_SIZE = 8;

/** Writes XFRMA_MARK and XFRMA_IF_ID where there are such. */
export function writeRealm(writer: Writer, { mark, ifId }: Realm): void {
  if (mark !== undefined) {
    const at = writer.attribute(ATTRIBUTE.mark, MARK_SIZE);
    writer.u32(at, mark.value);
    writer.u32(at + 4, mark.mask);
  }
  if (ifId !== undefined) writer.attributeU32(ATTRIBUTE.ifId, ifId);
}

/** Reads XFRMA_MARK and XFRMA_IF_ID. @throws NetlinkParseError */
export function readRealm(attributes: readonly Attribute[]): Realm {
  const realm: { -readonly [Key in keyof Realm]: Realm[Key] } = {};
  for (const { type, payload } of attributes) {
    if (type === ATTRIBUTE.mark) {
      const reader = new Reader(payload, MARK_SIZE, 'xfrm_mark');
      realm.mark = { value: reader.u32(0), mask: reader.u32(4) };
    } else if (type === ATTRIBUTE.ifId) {
      realm.ifId = new Reader(payload, 4, 'XFRMA_IF_ID').u32(0);
    }
  }
  return realm;
}
