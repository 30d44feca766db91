import type { Chain } from './chain.js';
import {
  ACCEPT,
  CMP_OPERATOR,
  HOOK,
  META_KEY,
  NAT_TYPE,
  NFPROTO,
  PAYLOAD_BASE,
  REGISTER,
  RT_KEY,
} from './constants.js';
import type { Expression } from './expression.js';
import type { Rule } from './rule.js';

/*
 * What nft writes as
 *
 *   table inet podcloak {
 *     chain postrouting {
 *       type nat hook postrouting priority 99; policy accept;
 *       meta nfproto ipv4 rt ipsec exists snat ip to ip saddr comment "podcloak"
 *       meta nfproto ipv6 rt ipsec exists snat ip6 to ip6 saddr comment "podcloak"
 *     }
 *   }
 *
 * A CNI masquerades what pods send to other nodes themselves. That comes after the look for a policy
 * and repeats it with the node's address, so the packet would leave in plaintext. Here, just before,
 * whatever is on its way into an SA gets its own address as the new one: a connection has its source
 * translated once, and all later chains leave it alone.
 *
 * One table of both IP versions rather than one for each: it is read, replaced and removed as one.
 * That takes Linux 5.2 (NAT in such tables: nft(8)); `rt ipsec` itself is a little older.
 *
 * A connection that was masqueraded before the table was there, or before there was a policy, stays so
 * until conntrack forgets it.
 */

/** The name of our table. */
export const TABLE = 'podcloak';

/** What marks a rule as ours: kernels before 5.10 keep no text of a table, and all keep one of a rule. */
export const MARK = 'podcloak';

/** The only chain of our table. */
export const CHAIN: Chain = {
  table: TABLE,
  name: 'postrouting',
  // NF_IP_PRI_NAT_SRC, that of every CNI's masquerading, is 100.
  base: { type: 'nat', hook: HOOK.postrouting, priority: 99, policy: ACCEPT },
};

/** All rules of our table, in their order. */
export const RULES: readonly Rule[] = [
  // Where the source address stands in the IP header: RFC 791 §3.1, RFC 8200 §3.
  keepSource(NFPROTO.ipv4, { offset: 12, length: 4 }),
  keepSource(NFPROTO.ipv6, { offset: 8, length: 16 }),
];

function keepSource(family: number, source: { offset: number; length: number }): Rule {
  const { network: base } = PAYLOAD_BASE;
  const expressions: Expression[] = [
    { name: 'meta', fields: { key: META_KEY.nfproto, destination: REGISTER } },
    equals(family),
    { name: 'rt', fields: { key: RT_KEY.xfrm, destination: REGISTER } },
    equals(1),
    { name: 'payload', fields: { destination: REGISTER, base, ...source } },
    { name: 'nat', fields: { type: NAT_TYPE.source, family, firstAddress: REGISTER } },
  ];
  return { table: TABLE, chain: CHAIN.name, expressions, comment: MARK };
}

function equals(byte: number): Expression {
  const value = Uint8Array.of(byte);
  return { name: 'cmp', fields: { source: REGISTER, operator: CMP_OPERATOR.equal, value } };
}
