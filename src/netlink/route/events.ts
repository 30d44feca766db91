import type { EventSource } from '../socket/subscription.js';
import type { NetlinkMessage } from '../wire/message.js';
import { type Address, parseAddress } from './address.js';
import { MESSAGE, ROUTE_GROUP } from './constants.js';
import { type Link, parseLink } from './link.js';
import { parseRoute, type Route } from './route.js';

/** What happened to the devices, addresses and routes of this network namespace. */
export type RouteEvent =
  /** `changed` includes new ones. */
  | { readonly kind: 'link-changed' | 'link-deleted'; readonly link: Link }
  | { readonly kind: 'address-changed' | 'address-deleted'; readonly address: Address }
  | { readonly kind: 'route-changed' | 'route-deleted'; readonly route: Route };

/**
 * Reads a message of the groups in `ROUTE_GROUP`.
 *
 * @returns undefined for any other message, and for what no one of the three parsers reads
 * @throws NetlinkParseError
 */
export function parseRouteEvent(message: NetlinkMessage): RouteEvent | undefined {
  switch (message.type) {
    case MESSAGE.newLink:
    case MESSAGE.deleteLink: {
      const link = parseLink(message);
      const kind = message.type === MESSAGE.newLink ? 'link-changed' : 'link-deleted';
      return link && { kind, link };
    }
    case MESSAGE.newAddress:
    case MESSAGE.deleteAddress: {
      const address = parseAddress(message);
      const kind = message.type === MESSAGE.newAddress ? 'address-changed' : 'address-deleted';
      return address && { kind, address };
    }
    case MESSAGE.newRoute:
    case MESSAGE.deleteRoute: {
      const route = parseRoute(message);
      const kind = message.type === MESSAGE.newRoute ? 'route-changed' : 'route-deleted';
      return route && { kind, route };
    }
    default:
      return undefined;
  }
}

/** Devices, addresses and routes, of IPv4 and IPv6. */
export const ROUTE_EVENTS: EventSource<RouteEvent> = {
  protocol: 'route',
  groups: Object.values(ROUTE_GROUP),
  parse: parseRouteEvent,
};
