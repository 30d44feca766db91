export { type Address, dumpAddresses } from './address.js';
export {
  ADDRESS_FLAG,
  LINK_FLAG,
  ROUTE_GROUP,
  ROUTE_TYPE,
  SCOPE,
  TABLE,
} from './constants.js';
export { ROUTE_EVENTS, type RouteEvent } from './events.js';
export { dumpLinks, type Link } from './link.js';
export type { NextHop } from './next-hop.js';
export { dumpRoutes, type Route } from './route.js';
