import { parseAttributes } from '../wire/attributes.js';
import { FLAG, type NetlinkMessage, type NetlinkRequest } from '../wire/message.js';
import type { NetlinkQuery } from '../wire/query.js';
import { MESSAGE, setIdOf } from './constants.js';
import { elementsOf, type Interval, type SetElement } from './interval.js';
import { inetAttributes, numberOf, packInet, payloadOf, typeOf } from './message.js';
import type { NamedSet } from './set.js';

/*
 * enum nft_set_elem_list_attributes
 * | type | name                                                                          |
 * |    1 | NFTA_SET_ELEM_LIST_TABLE                                                       |
 * |    2 | NFTA_SET_ELEM_LIST_SET                                                         |
 * |    3 | NFTA_SET_ELEM_LIST_ELEMENTS: an attribute each, of any type; nft counts from 1  |
 * |    4 | NFTA_SET_ELEM_LIST_SET_ID                                                      |
 *
 * enum nft_set_elem_attributes
 * | type | size | name                                  |
 * |    1 |    – | NFTA_SET_ELEM_KEY: NFTA_DATA_VALUE (1) |
 * |    3 |    4 | NFTA_SET_ELEM_FLAGS: if not 0          |
 */
const ATTRIBUTE = { table: 1, set: 2, elements: 3, setId: 4 } as const;
const ELEMENT = { key: 1, flags: 3 } as const;
const DATA_VALUE = 1;

type Name = Pick<NamedSet, 'table' | 'name'>;

/** Keeps messages below 32 KiB, at 64 bytes each; an attribute ends at 64. */
const INTERVALS_A_MESSAGE = 500;

/** NFT_MSG_NEWSETELEM, as many as it takes. What is there already stays. For a batch. */
export function newIntervals(set: Name, intervals: readonly Interval[]): NetlinkRequest[] {
  const flags = FLAG.request | FLAG.create;
  return parts(intervals).map((part) => {
    const body = packElements(set, part.flatMap(elementsOf), true);
    return { type: typeOf(MESSAGE.newElements), flags, body };
  });
}

/** NFT_MSG_DELSETELEM, as many as it takes: ENOENT if one is not there. For a batch. */
export function deleteIntervals(set: Name, intervals: readonly Interval[]): NetlinkRequest[] {
  return parts(intervals).map((part) => {
    const body = packElements(set, part.flatMap(elementsOf), false);
    return { type: typeOf(MESSAGE.deleteElements), flags: FLAG.request, body };
  });
}

/** NFT_MSG_GETSETELEM of all, some in each answer, in any order: ENOENT if there is no such set. */
export function dumpElements({ table, name }: Name): NetlinkQuery<readonly SetElement[]> {
  const body = packInet((writer) => {
    writer.attributeText(ATTRIBUTE.set, name);
    writer.attributeText(ATTRIBUTE.table, table);
  });
  const flags = FLAG.request | FLAG.dump;
  return { type: typeOf(MESSAGE.getElements), flags, body, parse: parseElements };
}

/** Reads NFT_MSG_NEWSETELEM; undefined for another type or family. @throws NetlinkParseError */
export function parseElements(message: NetlinkMessage): readonly SetElement[] | undefined {
  if (message.type !== typeOf(MESSAGE.newElements)) return undefined;
  const attributes = inetAttributes(message);
  if (attributes === undefined) return undefined;
  const elements = payloadOf(attributes, ATTRIBUTE.elements) ?? new Uint8Array(0);
  return parseAttributes(elements).map(({ payload }) => parseElement(payload));
}

function parseElement(bytes: Uint8Array): SetElement {
  const attributes = parseAttributes(bytes);
  const key = parseAttributes(payloadOf(attributes, ELEMENT.key) ?? new Uint8Array(0));
  return {
    // A copy, as receive buffers are used again.
    key: new Uint8Array(payloadOf(key, DATA_VALUE) ?? new Uint8Array(0)),
    flags: numberOf(attributes, ELEMENT.flags) ?? 0,
  };
}

function packElements(
  { table, name }: Name,
  elements: readonly SetElement[],
  isNew: boolean,
): Uint8Array {
  return packInet((writer) => {
    writer.attributeText(ATTRIBUTE.table, table);
    writer.attributeText(ATTRIBUTE.set, name);
    if (isNew) writer.attributeBe32(ATTRIBUTE.setId, setIdOf(name));
    writer.nested(ATTRIBUTE.elements, () => {
      for (const [index, { key, flags }] of elements.entries()) {
        writer.nested(index + 1, () => {
          if (flags !== 0) writer.attributeBe32(ELEMENT.flags, flags);
          writer.nested(ELEMENT.key, () => writer.attributeBytes(DATA_VALUE, key));
        });
      }
    });
  });
}

/** Not an interval is cut: newer kernels look at the end of a message whether one is open. */
function parts(intervals: readonly Interval[]): (readonly Interval[])[] {
  const count = Math.ceil(intervals.length / INTERVALS_A_MESSAGE);
  return Array.from({ length: count }, (_, index) =>
    intervals.slice(index * INTERVALS_A_MESSAGE, (index + 1) * INTERVALS_A_MESSAGE),
  );
}
