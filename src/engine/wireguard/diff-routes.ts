import { prefixKey } from '../../datapath/index.js';
import { formatPrefix } from '../../net/index.js';
import {
  addRule,
  deleteRoute,
  deleteRule,
  type NetlinkRequest,
  type NewRoute,
  type NewRule,
  ROUTE_TYPE,
  type Route,
  RULE_ACTION,
  type Rule,
  replaceRoute,
  type Transport,
} from '../../netlink/index.js';
import type { RouteWish } from './model.js';
import { METRIC, ROUTE_PROTOCOL, ROUTING_TABLE, RULE_PRIORITY } from './names.js';

/** One message over rtnetlink. */
export interface RouteStep {
  readonly about: string;
  readonly request: NetlinkRequest;
}

export interface RouteDifference {
  /** Routes through devices before those that lead nowhere, so that a way is there before the other is shut. */
  readonly made: readonly RouteStep[];
  /** In the other order. */
  readonly gone: readonly RouteStep[];
}

/**
 * @param actual of our tables
 * @param indexes of devices, by name: a route through one that is not there waits
 */
export function diffRoutes(
  actual: readonly Route[],
  wished: readonly RouteWish[],
  indexes: ReadonlyMap<string, number>,
): RouteDifference {
  const present = new Map(actual.map((route) => [keyOf(route), route]));
  const wishes = wished.flatMap((wish) => routeOf(wish, indexes) ?? []).sort(byMetric);
  const keys = new Set(wishes.map(keyOf));
  return {
    made: wishes
      .filter((wish) => !isSame(present.get(keyOf(wish)), wish))
      .map((wish) => ({ about: `set route ${textOf(wish)}`, request: replaceRoute(wish) })),
    gone: actual
      .filter((route) => !keys.has(keyOf(route)))
      .sort((one, other) => byMetric(other, one))
      .map((route) => ({ about: `delete route ${textOf(route)}`, request: deletionOf(route) })),
  };
}

/**
 * What is ours of a table's rules, by what it asks for; a rule that asks for more is somebody else's. One that asks for
 * the same under another number is left, and serves: the kernel refuses ours beside it (EEXIST).
 *
 * @param actual with those of others that lead to our tables
 */
export function diffRules(
  actual: readonly Rule[],
  wished: readonly NewRule[],
): { readonly made: readonly RouteStep[]; readonly gone: readonly RouteStep[] } {
  const own = actual.filter(isOwnRule);
  const present = new Set(actual.filter(isPlainRule).map(ruleText));
  const wishes = new Set(wished.map(ruleText));
  return {
    made: wished
      .filter((rule) => !present.has(ruleText(rule)))
      .map((rule) => ({ about: `add rule ${ruleText(rule)}`, request: addRule(rule) })),
    gone: own
      .filter((rule) => !wishes.has(ruleText(rule)))
      .sort(byNeed)
      .map((rule) => ({ about: `delete rule ${ruleText(rule)}`, request: deleteRule(rule) })),
  };
}

/**
 * A socket of IPv6 goes on by the way that it has while the route of that is there, though another goes before it now: a
 * connection that was led elsewhere while ours were gone would be dropped there from then on, until it times out. Any
 * change of the rules makes the kernel forget all ways (seen on Linux 6.1); of IPv4 it forgets them at any change of a
 * route. So a rule that means nothing comes, and goes.
 *
 * @param actual of our tables
 * @param made of the difference to them
 * @returns nothing where there is no need
 */
export function refresh6(
  actual: readonly Route[],
  wished: readonly RouteWish[],
  made: { readonly routes: readonly RouteStep[]; readonly rules: readonly RouteStep[] },
): RouteStep[] {
  if (made.routes.length === 0 || made.rules.length > 0) return [];
  const placeOf = ({ table, destination }: Pick<Route, 'table' | 'destination'>): string =>
    `${table} ${prefixKey(destination)}`;
  const present = new Set(actual.map(placeOf));
  const isNew = (wish: RouteWish): boolean =>
    wish.destination.family === 6 && !present.has(placeOf(wish));
  if (!wished.some(isNew)) return [];
  const about = 'a rule that means nothing, for sockets to look for their way again';
  return [
    { about: `add ${about}`, request: addRule(NO_RULE) },
    { about: `delete ${about}`, request: deleteRule(NO_RULE) },
  ];
}

/** Ours, so that it goes also where somebody dies before it has. */
const NO_RULE: NewRule = {
  ...{ family: 6, priority: RULE_PRIORITY.end, protocol: ROUTE_PROTOCOL },
  ...{ action: RULE_ACTION.nothing, table: 0 },
  source: { family: 6, address: new Uint8Array(16), length: 128 },
};

/**
 * Rules that bear our number, lead to a table of ours, or past it, and ask for nothing that is not understood here.
 */
export function isOwnRule(rule: Rule): boolean {
  return rule.protocol === ROUTE_PROTOCOL && isPlainRule(rule);
}

/** The same of anybody's. */
function isPlainRule({ flags, tos, others, ...rule }: Rule): boolean {
  if (tos !== 0 || others.length !== 0) return false;
  const { end } = RULE_PRIORITY;
  switch (rule.action) {
    case RULE_ACTION.lookup:
      return isOwnTable(rule.table) && flags === 0;
    case RULE_ACTION.goto:
      return rule.target === end && (flags & ~UNRESOLVED) === 0;
    case RULE_ACTION.nothing:
      return rule.priority === end && flags === 0;
    default:
      return false;
  }
}

/** FIB_RULE_UNRESOLVED (linux/fib_rules.h): somebody has deleted the rule that a `goto` leads to. */
const UNRESOLVED = 4;

/** What leads into a table goes before what leads past it, and that before the rule behind. */
function byNeed({ action: one }: Rule, { action: other }: Rule): number {
  const order: readonly number[] = [RULE_ACTION.lookup, RULE_ACTION.goto, RULE_ACTION.nothing];
  return order.indexOf(one) - order.indexOf(other);
}

export function isOwnTable(table: number): boolean {
  return Object.values<number>(ROUTING_TABLE).includes(table);
}

function routeOf(
  { destination, table, device, source }: RouteWish,
  indexes: ReadonlyMap<string, number>,
): NewRoute | undefined {
  const common = { destination, table, protocol: ROUTE_PROTOCOL };
  if (device === undefined) {
    return { ...common, type: ROUTE_TYPE.unreachable, priority: METRIC.unreachable };
  }
  const ifindex = indexes.get(device);
  if (ifindex === undefined) return undefined;
  return {
    ...common,
    ...{ type: ROUTE_TYPE.unicast, priority: METRIC.device, ifindex },
    ...(source === undefined ? {} : { preferredSource: source }),
  };
}

function deletionOf({ destination, table, priority, type, protocol }: Route): NetlinkRequest {
  const common = { destination, table, priority, protocol };
  // Without a device: that of a route that is there may be gone, and the metric tells which it is.
  return deleteRoute({ ...common, type: type as typeof ROUTE_TYPE.unreachable });
}

function isSame(there: Route | undefined, wish: NewRoute): boolean {
  if (there === undefined || there.type !== wish.type || there.protocol !== wish.protocol) {
    return false;
  }
  if (!('ifindex' in wish)) return true;
  const [hop] = there.nextHops;
  const source = (one: Uint8Array | undefined): string => Buffer.from(one ?? []).toString('hex');
  return (
    there.nextHops.length === 1 &&
    hop?.ifindex === wish.ifindex &&
    hop.gateway === undefined &&
    source(there.preferredSource) === source(wish.preferredSource)
  );
}

function keyOf({
  destination,
  table,
  priority,
}: Pick<Route, 'destination' | 'table' | 'priority'>) {
  return `${table} ${priority} ${prefixKey(destination)}`;
}

function textOf({ destination, table, priority }: Parameters<typeof keyOf>[0]): string {
  return `${formatPrefix(destination)} table ${table} metric ${priority}`;
}

function byMetric(one: Pick<Route, 'priority'>, other: Pick<Route, 'priority'>): number {
  return one.priority - other.priority;
}

function ruleText(rule: NewRule): string {
  const { family, priority, source, destination, transport } = rule;
  const parts = [
    ...[`IPv${family}`, priority, 'from', source === undefined ? 'all' : formatPrefix(source)],
    ...(destination === undefined ? [] : ['to', formatPrefix(destination)]),
    ...(transport === undefined ? [] : transportText(transport)),
    ...actionText(rule),
  ];
  return parts.join(' ');
}

function transportText({ protocol, sourcePort, destinationPort }: Transport): (number | string)[] {
  const text = (ports: Transport['sourcePort']): string => {
    if (ports === undefined) return 'any';
    if (typeof ports === 'number') return String(ports);
    return ports.first === ports.last ? String(ports.first) : `${ports.first}:${ports.last}`;
  };
  const hasPorts = sourcePort !== undefined || destinationPort !== undefined;
  const ports = hasPorts ? ['ports', `${text(sourcePort)}-${text(destinationPort)}`] : [];
  return ['protocol', protocol, ...ports];
}

function actionText({ action, target, table }: NewRule): (number | string)[] {
  if (action === RULE_ACTION.goto) return ['goto', target ?? 0];
  return action === RULE_ACTION.nothing ? ['nothing'] : ['lookup', table];
}
