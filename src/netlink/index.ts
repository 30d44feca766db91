/**
 * The kernel's netlink: IPsec (XFRM), WireGuard (generic netlink), devices, addresses, routes and rules
 * (rtnetlink), one table of our own in nf_tables, and tracked connections. Requests are plain data, made
 * without a socket; a socket sends them. koffi is loaded with the first socket.
 */
export * from './conntrack/index.js';
export {
  NetlinkError,
  NetlinkOverrunError,
  NetlinkParseError,
  NetlinkSocketError,
  type Refusal,
} from './errors.js';
export * from './generic/index.js';
export * from './nftables/index.js';
export * from './route/index.js';
export type { NetlinkSocket } from './socket/conversation.js';
export type { Protocol } from './socket/libc.js';
export { trimMalloc } from './socket/malloc-trim.js';
export { type NetlinkOptions, openNetlink } from './socket/open.js';
export {
  type EventSource,
  type Listener,
  type SubscribeOptions,
  type Subscription,
  subscribe,
} from './socket/subscription.js';
export type { Attribute } from './wire/attributes.js';
export type { Family } from './wire/family.js';
export type { NetlinkMessage, NetlinkRequest } from './wire/message.js';
export type { NetlinkQuery } from './wire/query.js';
export type { NetlinkTransaction } from './wire/transaction.js';
export * from './wireguard/index.js';
export * from './xfrm/index.js';
