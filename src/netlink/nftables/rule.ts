import { FLAG, type NetlinkMessage, type NetlinkRequest } from '../wire/message.js';
import type { NetlinkQuery } from '../wire/query.js';
import { decodeText } from '../wire/reader.js';
import { MESSAGE } from './constants.js';
import { type Expression, readExpressions, writeExpressions } from './expression.js';
import { inetAttributes, packInet, payloadOf, textOf, typeOf } from './message.js';

/** A rule in a table of both IP versions. */
export interface Rule {
  readonly table: string;
  readonly chain: string;
  readonly expressions: readonly Expression[];
  /** As `nft` shows it; empty for none. Fewer than 128 bytes. */
  readonly comment: string;
}

/*
 * enum nft_rule_attributes
 * | type | name                                                                      |
 * |    1 | NFTA_RULE_TABLE                                                            |
 * |    2 | NFTA_RULE_CHAIN                                                            |
 * |    4 | NFTA_RULE_EXPRESSIONS                                                      |
 * |    7 | NFTA_RULE_USERDATA: nothing to the kernel; to nft a series of type (1 byte), |
 * |      | size (1 byte), value: type 0 is the comment with a zero byte (libnftnl/udata.h) |
 */
const ATTRIBUTE = { table: 1, chain: 2, expressions: 4, userdata: 7 } as const;
const COMMENT = 0;

/** NFT_MSG_NEWRULE behind those of its chain: ENOENT where the kernel lacks an expression. For a batch. */
export function newRule({ table, chain, expressions, comment }: Rule): NetlinkRequest {
  const body = packInet((writer) => {
    writer.attributeText(ATTRIBUTE.table, table);
    writer.attributeText(ATTRIBUTE.chain, chain);
    writer.nested(ATTRIBUTE.expressions, () => writeExpressions(writer, expressions));
    if (comment === '') return;
    const text = Buffer.from(comment);
    const value = [COMMENT, text.length + 1, ...text, 0];
    writer.attributeBytes(ATTRIBUTE.userdata, Uint8Array.from(value));
  });
  const flags = FLAG.request | FLAG.create | FLAG.append;
  return { type: typeOf(MESSAGE.newRule), flags, body };
}

/** NFT_MSG_GETRULE of all rules of a table, chain by chain in their order; none if there is no table. */
export function dumpRules(table: string): NetlinkQuery<Rule> {
  const body = packInet((writer) => writer.attributeText(ATTRIBUTE.table, table));
  const flags = FLAG.request | FLAG.dump;
  return { type: typeOf(MESSAGE.getRule), flags, body, parse: parseRule };
}

/** Reads NFT_MSG_NEWRULE; undefined for another type or family. @throws NetlinkParseError */
export function parseRule(message: NetlinkMessage): Rule | undefined {
  if (message.type !== typeOf(MESSAGE.newRule)) return undefined;
  const attributes = inetAttributes(message);
  if (attributes === undefined) return undefined;
  return {
    table: textOf(attributes, ATTRIBUTE.table),
    chain: textOf(attributes, ATTRIBUTE.chain),
    expressions: readExpressions(payloadOf(attributes, ATTRIBUTE.expressions) ?? new Uint8Array(0)),
    comment: commentOf(payloadOf(attributes, ATTRIBUTE.userdata) ?? new Uint8Array(0)),
  };
}

/** Whatever others keep there is no error: it is none of the kernel's formats. */
function commentOf(userdata: Uint8Array): string {
  for (let at = 0; at + 2 <= userdata.length; ) {
    const [type, size = 0] = userdata.subarray(at, at + 2);
    if (type === COMMENT) return decodeText(userdata.subarray(at + 2, at + 2 + size));
    at += 2 + size;
  }
  return '';
}
