/** Numbers of linux/netfilter.h, linux/netfilter/nfnetlink.h and linux/netfilter/nf_tables.h. */

/** enum nf_tables_msg_types; on the wire behind the number of the subsystem. */
export const MESSAGE = {
  newTable: 0,
  getTable: 1,
  deleteTable: 2,
  newChain: 3,
  getChain: 4,
  newRule: 6,
  getRule: 7,
  newSet: 9,
  getSet: 10,
  newElements: 12,
  getElements: 13,
  deleteElements: 14,
} as const;

/** NFNL_SUBSYS_NFTABLES. */
export const SUBSYSTEM = 10;

/** enum nfnetlink_groups, the group to subscribe to: all tables of all families. */
export const NFTABLES_GROUP = 7;

/** NFPROTO_*. `inet` is that of tables that see both IP versions. */
export const NFPROTO = { unspecified: 0, inet: 1, ipv4: 2, ipv6: 10 } as const;

/** enum nf_inet_hooks. */
export const HOOK = { postrouting: 4 } as const;

/** NF_DROP and NF_ACCEPT: a rule's verdict, a base chain's policy. */
export const VERDICT = { drop: 0, accept: 1 } as const;

/** NFT_REG_VERDICT, and NFT_REG_1, 16 bytes: the first register for data. */
export const REGISTER = { verdict: 0, first: 1 } as const;

/** enum nft_meta_keys. `outputName`: of the device that the packet leaves by, 16 bytes; `transport`: its protocol, 1. */
export const META_KEY = { outputName: 7, nfproto: 15, transport: 16 } as const;

/** enum nft_rt_keys. `xfrm`: whether the route of the packet leads through an SA, in one byte. */
export const RT_KEY = { xfrm: 4 } as const;

/** enum nft_cmp_ops. */
export const CMP_OPERATOR = { equal: 0, notEqual: 1, atMost: 3, atLeast: 5 } as const;

/** enum nft_payload_bases. */
export const PAYLOAD_BASE = { network: 1, transport: 2 } as const;

/** NFT_LOOKUP_F_*. */
export const LOOKUP_FLAG = { inverted: 1 } as const;

/** enum nft_nat_types. */
export const NAT_TYPE = { source: 0 } as const;

/** NF_NAT_RANGE_* (linux/netfilter/nf_nat.h). */
export const NAT_FLAG = { mapAddresses: 1 } as const;

/** enum nft_set_flags. */
export const SET_FLAG = { interval: 4 } as const;

/** enum nft_set_elem_flags. */
export const ELEMENT_FLAG = { intervalEnd: 1 } as const;

/** What nft takes a set's keys for (its enum datatypes; nothing to the kernel). */
export const KEY_TYPE = { ipv6Address: 8 } as const;

/** The sets that our table may have. */
export const SET_NAMES = { pods: 'closed6', nodes: 'nodes6' } as const;

/**
 * NFTA_SET_ID, by which a transaction may name a set that it makes. As nft does, also where the name
 * would do; the kernel never tells it.
 */
export function setIdOf(name: string): number {
  return name === SET_NAMES.nodes ? 2 : 1;
}
