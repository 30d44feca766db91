import { NetlinkParseError } from '../errors.js';
import { FLAG, type NetlinkMessage, type NetlinkRequest } from '../wire/message.js';
import type { NetlinkQuery } from '../wire/query.js';
import { MESSAGE } from './constants.js';
import { inetAttributes, numberOf, packInet, payloadOf, textOf, typeOf } from './message.js';

/** A table of both IP versions, as the kernel has it. */
export interface Table {
  readonly name: string;
  /** NFT_TABLE_F_*: 1 is dormant, whose chains see no packets. */
  readonly flags: number;
  /** How many chains, sets and other objects it has (rules count for their chains). */
  readonly use: number;
  /** The kernel's number of it, no other table's ever; 8 bytes as they came. */
  readonly handle: Uint8Array;
}

/*
 * enum nft_table_attributes
 * | type | size | name             |
 * |    1 |    – | NFTA_TABLE_NAME   |
 * |    2 |    4 | NFTA_TABLE_FLAGS  |
 * |    3 |    4 | NFTA_TABLE_USE    |
 * |    4 |    8 | NFTA_TABLE_HANDLE |
 */
const ATTRIBUTE = { name: 1, flags: 2, use: 3, handle: 4 } as const;
const HANDLE_SIZE = 8;

/** NFT_MSG_NEWTABLE: EEXIST if there is one of that name. For a batch. */
export function newTable(name: string): NetlinkRequest {
  const body = packInet((writer) => {
    writer.attributeText(ATTRIBUTE.name, name);
    writer.attributeBe32(ATTRIBUTE.flags, 0);
  });
  return { type: typeOf(MESSAGE.newTable), flags: FLAG.request | FLAG.exclusive, body };
}

/**
 * NFT_MSG_DELTABLE, with all that is in it: ENOENT if it is gone, even if there is another of its
 * name. For a batch.
 */
export function deleteTable({ handle }: Pick<Table, 'handle'>): NetlinkRequest {
  // Without name and handle the kernel would take it for all tables.
  if (handle.length !== HANDLE_SIZE) throw new RangeError('a table has a handle of 8 bytes');
  const body = packInet((writer) => writer.attributeBytes(ATTRIBUTE.handle, handle));
  return { type: typeOf(MESSAGE.deleteTable), flags: FLAG.request, body };
}

/** NFT_MSG_GETTABLE of one: ENOENT if there is none. */
export function getTable(name: string): NetlinkQuery<Table> {
  const body = packInet((writer) => writer.attributeText(ATTRIBUTE.name, name));
  return { type: typeOf(MESSAGE.getTable), flags: FLAG.request, body, parse: parseTable };
}

/** Reads NFT_MSG_NEWTABLE; undefined for another type or family. @throws NetlinkParseError */
export function parseTable(message: NetlinkMessage): Table | undefined {
  if (message.type !== typeOf(MESSAGE.newTable)) return undefined;
  const attributes = inetAttributes(message);
  if (attributes === undefined) return undefined;
  const handle = payloadOf(attributes, ATTRIBUTE.handle);
  if (handle?.length !== HANDLE_SIZE) throw new NetlinkParseError('a table has no handle');
  return {
    name: textOf(attributes, ATTRIBUTE.name),
    flags: numberOf(attributes, ATTRIBUTE.flags) ?? 0,
    use: numberOf(attributes, ATTRIBUTE.use) ?? 0,
    // A copy, as receive buffers are used again.
    handle: new Uint8Array(handle),
  };
}
