export {
  type Address,
  addAddress,
  deleteAddress,
  dumpAddresses,
  type NewAddress,
} from './address.js';
export {
  ADDRESS_FLAG,
  LINK_FLAG,
  ROUTE_GROUP,
  ROUTE_TYPE,
  RULE_ACTION,
  SCOPE,
  TABLE,
} from './constants.js';
export { ROUTE_EVENTS, type RouteEvent } from './events.js';
export { dumpLinks, type Link } from './link.js';
export { addLink, changeLink, deleteLink, type LinkChange, type NewLink } from './link-change.js';
export type { NextHop } from './next-hop.js';
export { dumpRoutes, type Route } from './route.js';
export {
  addRoute,
  type DeviceRoute,
  deleteRoute,
  type NewRoute,
  replaceRoute,
  type UnreachableRoute,
} from './route-change.js';
export {
  addRule,
  deleteRule,
  dumpRules,
  type NewRule,
  type Rule,
  type Transport,
} from './rule.js';
export { RULE_EVENTS, type RuleEvent } from './rule-events.js';
