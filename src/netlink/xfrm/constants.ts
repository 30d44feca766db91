/** Numbers of linux/xfrm.h. */

/** enum: netlink configuration messages. */
export const MESSAGE = {
  newSa: 0x10,
  deleteSa: 0x11,
  getSa: 0x12,
  newPolicy: 0x13,
  deletePolicy: 0x14,
  getPolicy: 0x15,
  expire: 0x18,
  updatePolicy: 0x19,
  updateSa: 0x1a,
  policyExpire: 0x1b,
  flushSa: 0x1c,
  flushPolicy: 0x1d,
  newSpdInfo: 0x24,
  getSpdInfo: 0x25,
} as const;

/** enum xfrm_attr_type_t. */
export const ATTRIBUTE = {
  algAuth: 1,
  algCrypt: 2,
  algComp: 3,
  encap: 4,
  tmpl: 5,
  sa: 6,
  policy: 7,
  lifetime: 9,
  replay: 10,
  sourceAddress: 13,
  lastUsed: 15,
  policyType: 16,
  algAead: 18,
  algAuthTrunc: 20,
  mark: 21,
  replayEsn: 23,
  saExtraFlags: 24,
  pad: 27,
  ifId: 31,
} as const;

/**
 * enum xfrm_nlgroups, the groups to subscribe to. XFRMNLGRP_ACQUIRE (1) is missing on purpose: with
 * a listener there the kernel answers a missing SA with a larval one, which occupies the pinned SPI
 * for 30 seconds and makes NEWSA fail.
 */
export const XFRM_GROUP = { expire: 2, sa: 3, policy: 4 } as const;

/** XFRM_MODE_*. */
export const XFRM_MODE = { transport: 0, tunnel: 1, routeOptimization: 2, beet: 4 } as const;

/** XFRM_STATE_*: flags of an SA. */
export const SA_FLAG = {
  noEcn: 1,
  decapDscp: 2,
  noPathMtuDiscovery: 4,
  wildReceive: 8,
  icmp: 16,
  /** The inner packets may be of the other address family than the tunnel. */
  anyFamily: 32,
  align4: 64,
  /** Extended sequence numbers (RFC 4304): the kernel asks for a replay window as well. */
  esn: 128,
} as const;

/** XFRM_SA_XFLAG_*: more flags of an SA. */
export const SA_EXTRA_FLAG = { dontEncapDscp: 1, sequenceMayWrap: 2 } as const;

/** XFRM_POLICY_*: flags of a policy. */
export const POLICY_FLAG = { localOk: 1, icmp: 2 } as const;

/** IP protocol numbers. */
export const IP_PROTOCOL = {
  any: 0,
  icmp: 1,
  ipip: 4,
  tcp: 6,
  udp: 17,
  ipv6: 41,
  gre: 47,
  esp: 50,
  ah: 51,
  icmpv6: 58,
  sctp: 132,
} as const;
