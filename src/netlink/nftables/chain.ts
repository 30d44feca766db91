import { parseAttributes } from '../wire/attributes.js';
import { FLAG, type NetlinkMessage, type NetlinkRequest } from '../wire/message.js';
import type { NetlinkQuery } from '../wire/query.js';
import { MESSAGE } from './constants.js';
import { inetAttributes, numberOf, packInet, payloadOf, textOf, typeOf } from './message.js';

/** A chain of a table of both IP versions. */
export interface Chain {
  readonly table: string;
  readonly name: string;
  /** Absent for a chain that is only jumped to. */
  readonly base?: BaseChain;
}

/** Where packets enter a chain. */
export interface BaseChain {
  /** `filter`, `nat` or `route`. */
  readonly type: string;
  /** enum nf_inet_hooks. */
  readonly hook: number;
  /** The lower the earlier; source NAT is at 100 (NF_IP_PRI_NAT_SRC). With a sign. */
  readonly priority: number;
  /** What becomes of packets that no rule decided about: NF_ACCEPT or NF_DROP. */
  readonly policy: number;
}

/*
 * enum nft_chain_attributes
 * | type | size | name                                                     |
 * |    1 |    – | NFTA_CHAIN_TABLE                                          |
 * |    3 |    – | NFTA_CHAIN_NAME                                           |
 * |    4 |    – | NFTA_CHAIN_HOOK: holds NFTA_HOOK_HOOKNUM (1), _PRIORITY (2) |
 * |    5 |    4 | NFTA_CHAIN_POLICY                                         |
 * |    7 |    – | NFTA_CHAIN_TYPE                                           |
 */
const ATTRIBUTE = { table: 1, name: 3, hook: 4, policy: 5, type: 7 } as const;
const HOOK_ATTRIBUTE = { number: 1, priority: 2 } as const;

/** NFT_MSG_NEWCHAIN: ENOENT where the kernel lacks the type. For a batch. */
export function newChain({ table, name, base }: Chain): NetlinkRequest {
  const body = packInet((writer) => {
    writer.attributeText(ATTRIBUTE.table, table);
    writer.attributeText(ATTRIBUTE.name, name);
    if (base === undefined) return;
    writer.attributeText(ATTRIBUTE.type, base.type);
    writer.attributeBe32(ATTRIBUTE.policy, base.policy);
    writer.nested(ATTRIBUTE.hook, () => {
      writer.attributeBe32(HOOK_ATTRIBUTE.number, base.hook);
      writer.attributeBe32(HOOK_ATTRIBUTE.priority, base.priority);
    });
  });
  return { type: typeOf(MESSAGE.newChain), flags: FLAG.request | FLAG.create, body };
}

/** NFT_MSG_GETCHAIN of one: ENOENT if there is none. */
export function getChain({ table, name }: Pick<Chain, 'table' | 'name'>): NetlinkQuery<Chain> {
  const body = packInet((writer) => {
    writer.attributeText(ATTRIBUTE.table, table);
    writer.attributeText(ATTRIBUTE.name, name);
  });
  return { type: typeOf(MESSAGE.getChain), flags: FLAG.request, body, parse: parseChain };
}

/** Reads NFT_MSG_NEWCHAIN; undefined for another type or family. @throws NetlinkParseError */
export function parseChain(message: NetlinkMessage): Chain | undefined {
  if (message.type !== typeOf(MESSAGE.newChain)) return undefined;
  const attributes = inetAttributes(message);
  if (attributes === undefined) return undefined;
  const hook = payloadOf(attributes, ATTRIBUTE.hook);
  const chain = {
    table: textOf(attributes, ATTRIBUTE.table),
    name: textOf(attributes, ATTRIBUTE.name),
  };
  if (hook === undefined) return chain;
  const place = parseAttributes(hook);
  const base = {
    type: textOf(attributes, ATTRIBUTE.type),
    hook: numberOf(place, HOOK_ATTRIBUTE.number) ?? 0,
    priority: (numberOf(place, HOOK_ATTRIBUTE.priority) ?? 0) | 0,
    policy: numberOf(attributes, ATTRIBUTE.policy) ?? 0,
  };
  return { ...chain, base };
}
