/** Numbers of linux/rtnetlink.h. */

export const MESSAGE = {
  newLink: 16,
  deleteLink: 17,
  getLink: 18,
  newAddress: 20,
  deleteAddress: 21,
  getAddress: 22,
  newRoute: 24,
  deleteRoute: 25,
  getRoute: 26,
  newRule: 32,
  deleteRule: 33,
  getRule: 34,
} as const;

/** enum rtnetlink_groups, the groups to subscribe to. */
export const ROUTE_GROUP = {
  link: 1,
  ipv4Address: 5,
  ipv4Route: 7,
  ipv6Address: 9,
  ipv6Route: 11,
} as const;

/** The groups of rules, which only who keeps rules needs to hear of. */
export const RULE_GROUP = { ipv4: 8, ipv6: 19 } as const;

/** IFF_* (linux/if.h): flags of a link. */
export const LINK_FLAG = { up: 0x1, loopback: 0x8, running: 0x40, lowerUp: 0x1_0000 } as const;

/** IFA_F_* (linux/if_addr.h): flags of an address. */
export const ADDRESS_FLAG = {
  /** IPv4: another address of the same network came first. */
  secondary: 0x01,
  /** IPv6: another node has it. */
  duplicate: 0x08,
  /** Not to be used for new connections. */
  deprecated: 0x20,
  /** IPv6: not known yet whether another node has it. */
  tentative: 0x40,
  permanent: 0x80,
} as const;

/** RT_SCOPE_*: how far an address or a route reaches. */
export const SCOPE = { global: 0, site: 200, link: 253, host: 254, nowhere: 255 } as const;

/** RT_TABLE_*. */
export const TABLE = { default: 253, main: 254, local: 255 } as const;

/** RTN_*: what a route does with a packet. */
export const ROUTE_TYPE = {
  unicast: 1,
  local: 2,
  broadcast: 3,
  anycast: 4,
  multicast: 5,
  blackhole: 6,
  unreachable: 7,
  prohibit: 8,
  throw: 9,
} as const;

/** FR_ACT_* (linux/fib_rules.h): what a rule does with a packet that it matches. */
export const RULE_ACTION = {
  lookup: 1,
  goto: 2,
  nothing: 3,
  blackhole: 6,
  unreachable: 7,
  prohibit: 8,
} as const;
