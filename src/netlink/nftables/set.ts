import { FLAG, type NetlinkMessage, type NetlinkRequest } from '../wire/message.js';
import type { NetlinkQuery } from '../wire/query.js';
import { MESSAGE, setIdOf } from './constants.js';
import { inetAttributes, numberOf, packInet, textOf, typeOf } from './message.js';

/** A set in a table of both IP versions. */
export interface NamedSet {
  readonly table: string;
  readonly name: string;
  /** enum nft_set_flags. */
  readonly flags: number;
  /** What nft shows the keys as. */
  readonly keyType: number;
  /** In bytes. */
  readonly keyLength: number;
}

/*
 * enum nft_set_attributes
 * | type | size | name                                                                       |
 * |    1 |    – | NFTA_SET_TABLE                                                              |
 * |    2 |    – | NFTA_SET_NAME                                                               |
 * |    3 |    4 | NFTA_SET_FLAGS                                                              |
 * |    4 |    4 | NFTA_SET_KEY_TYPE                                                           |
 * |    5 |    4 | NFTA_SET_KEY_LEN                                                            |
 * |   10 |    4 | NFTA_SET_ID                                                                 |
 * |   13 |    – | NFTA_SET_USERDATA: nothing to the kernel; to nft a series of type (1 byte),  |
 * |      |      | size (1 byte), value: type 0 is the order of the keys' bytes (libnftnl/udata.h) |
 */
const ATTRIBUTE = {
  table: 1,
  name: 2,
  flags: 3,
  keyType: 4,
  keyLength: 5,
  id: 10,
  userdata: 13,
} as const;

/** Network order, in 4 bytes of the order of amd64 and arm64. */
const NETWORK_ORDER = Uint8Array.of(0, 4, 2, 0, 0, 0);

/** NFT_MSG_NEWSET, of keys in network order. For a batch. */
export function newSet({ table, name, flags, keyType, keyLength }: NamedSet): NetlinkRequest {
  const body = packInet((writer) => {
    writer.attributeText(ATTRIBUTE.table, table);
    writer.attributeText(ATTRIBUTE.name, name);
    writer.attributeBe32(ATTRIBUTE.flags, flags);
    writer.attributeBe32(ATTRIBUTE.keyType, keyType);
    writer.attributeBe32(ATTRIBUTE.keyLength, keyLength);
    writer.attributeBe32(ATTRIBUTE.id, setIdOf(name));
    writer.attributeBytes(ATTRIBUTE.userdata, NETWORK_ORDER);
  });
  return { type: typeOf(MESSAGE.newSet), flags: FLAG.request | FLAG.create, body };
}

/** NFT_MSG_GETSET of one: ENOENT if there is none. */
export function getSet({ table, name }: Pick<NamedSet, 'table' | 'name'>): NetlinkQuery<NamedSet> {
  const body = packInet((writer) => {
    writer.attributeText(ATTRIBUTE.table, table);
    writer.attributeText(ATTRIBUTE.name, name);
  });
  return { type: typeOf(MESSAGE.getSet), flags: FLAG.request, body, parse: parseSet };
}

/** Reads NFT_MSG_NEWSET; undefined for another type or family. @throws NetlinkParseError */
export function parseSet(message: NetlinkMessage): NamedSet | undefined {
  if (message.type !== typeOf(MESSAGE.newSet)) return undefined;
  const attributes = inetAttributes(message);
  if (attributes === undefined) return undefined;
  return {
    table: textOf(attributes, ATTRIBUTE.table),
    name: textOf(attributes, ATTRIBUTE.name),
    flags: numberOf(attributes, ATTRIBUTE.flags) ?? 0,
    keyType: numberOf(attributes, ATTRIBUTE.keyType) ?? 0,
    keyLength: numberOf(attributes, ATTRIBUTE.keyLength) ?? 0,
  };
}
