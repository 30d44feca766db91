import { describe, expect, it } from 'vitest';
import { rulesBetweenNodes } from '../../../../src/engine/wireguard/desired.js';
import { diffRoutes, diffRules, refresh6 } from '../../../../src/engine/wireguard/diff-routes.js';
import {
  diffWireguard,
  ROUTE_PROTOCOL,
  type RouteWish,
} from '../../../../src/engine/wireguard/index.js';
import type { NetlinkRequest, Route, Rule } from '../../../../src/netlink/index.js';
import { parseRoute } from '../../../../src/netlink/route/route.js';
import { parseRule } from '../../../../src/netlink/route/rule.js';
import { address, prefix } from '../../netlink/samples.js';

const wg0 = new Map([['podcloak_wg0', 10]]);
const pods = { destination: prefix('10.244.2.0/24'), table: 51_871 };
const WISHES: readonly RouteWish[] = [
  { ...pods },
  { ...pods, device: 'podcloak_wg0', source: address('192.168.50.1') },
];
const message = ({ type, flags, body }: NetlinkRequest) => ({
  type,
  flags,
  body,
  sequence: 1,
  portId: 0,
});

/** What the kernel has once all was made. */
function routesOf(indexes = wg0): Route[] {
  return diffRoutes([], WISHES, indexes).made.flatMap(
    ({ request }) => parseRoute(message(request)) ?? [],
  );
}

const abouts = (steps: readonly { about: string }[]): string[] => steps.map(({ about }) => about);
const rule = { family: 4, priority: 70, table: 51_871, protocol: ROUTE_PROTOCOL } as const;
const rules = (): Rule[] =>
  diffRules([], [rule]).made.flatMap(({ request }) => parseRule(message(request)) ?? []);

describe('routes of our tables', () => {
  const [way, end] = [1, 4_294_967_295].map(
    (metric) => `10.244.2.0/24 table 51871 metric ${metric}`,
  );

  it('are made with the way before the end, and deleted with the end before the way', () => {
    expect(abouts(diffRoutes([], WISHES, wg0).made)).toEqual([
      `set route ${way}`,
      `set route ${end}`,
    ]);
    expect(abouts(diffRoutes(routesOf(), [], wg0).gone)).toEqual([
      `delete route ${end}`,
      `delete route ${way}`,
    ]);
  });

  it('are left alone once they are there', () => {
    expect(diffRoutes(routesOf(), WISHES, wg0)).toEqual({ made: [], gone: [] });
  });

  it('move to another device in one message', () => {
    const other = new Map([['podcloak_wg0', 11]]);
    const { made, gone } = diffRoutes(routesOf(), WISHES, other);
    expect([abouts(made), gone]).toEqual([[`set route ${way}`], []]);
  });

  it('wait for a device that is not there, but not where they lead to nothing', () => {
    expect(abouts(diffRoutes([], WISHES, new Map()).made)).toEqual([`set route ${end}`]);
  });
});

describe('sockets of IPv6', () => {
  const wishes: readonly RouteWish[] = [
    ...WISHES,
    { destination: prefix('fd00:244:2::/64'), table: 51_871, device: 'podcloak_wg0' },
  ];
  const refreshed = (actual: readonly Route[], wished = wishes, ruled: (typeof rule)[] = []) => {
    const { made } = diffRoutes(actual, wished, wg0);
    return refresh6(actual, wished, { routes: made, rules: diffRules([], ruled).made });
  };
  const whole = diffRoutes([], wishes, wg0).made.flatMap(
    ({ request }) => parseRoute(message(request)) ?? [],
  );

  it('look for their way again where a route comes back and nothing else changes', () => {
    const steps = refreshed(routesOf());
    expect(abouts(steps).map((text) => text.split(' ')[0])).toEqual(['add', 'delete']);
    const [none] = steps.flatMap(({ request }) => parseRule(message(request)) ?? []);
    // Its maker may die before it goes.
    expect(none && diffRules([none], []).gone).toHaveLength(1);
    expect(refreshed([])).toHaveLength(2);
  });

  it('do so behind the routes', () => {
    const nothing = { devices: [], rules: [], closed6: [], closedNodes6: [] };
    const route = { destination: prefix('fd00:244:2::/64'), table: 51_871 };
    const { made } = diffWireguard(
      { ...nothing, routes: [], settings: new Map() },
      { ...nothing, routes: [route], loose: [], probed: new Set() },
    );
    expect(abouts(made).map((text) => text.split(' ').slice(0, 2).join(' '))).toEqual([
      ...['set route', 'add a', 'delete a'],
    ]);
  });

  it('are left alone where rules change, too, or nothing of theirs comes', () => {
    expect(refreshed([], wishes, [rule])).toEqual([]);
    expect(refreshed(whole)).toEqual([]);
    expect(refreshed([], WISHES)).toEqual([]);
    expect(refreshed(whole.map((one) => ({ ...one, nextHops: [] })))).toEqual([]);
  });
});

describe('rules between nodes', () => {
  const wished = rulesBetweenNodes(4);
  const made = diffRules([], wished).made;
  const there = (): Rule[] => made.flatMap(({ request }) => parseRule(message(request)) ?? []);
  const kindOf = (about: string): string => / (nothing|goto|lookup)/.exec(about)?.[1] ?? about;
  const kindsOf = (steps: readonly { about: string }[]) => [...new Set(abouts(steps).map(kindOf))];

  it('lead past the table before they lead into it, and are deleted the other way round', () => {
    expect(kindsOf(made)).toEqual(['nothing', 'goto', 'lookup']);
    const { gone } = diffRules(there(), []);
    expect(gone).toHaveLength(wished.length);
    expect(kindsOf(gone)).toEqual(['lookup', 'goto', 'nothing']);
  });

  it('exempt WireGuard’s own packets, and name every protocol that they lead', () => {
    const texts = abouts(made);
    expect(texts).toContain(
      'add rule IPv4 72 from all protocol 17 ports 51871:51872-51871:51872 goto 74',
    );
    expect(texts).toContain('add rule IPv4 72 from all protocol 6 ports any-6443 goto 74');
    expect(texts).toContain('add rule IPv4 73 from all protocol 6 lookup 51872');
    // ESP is looked up without one.
    const leading = wished.filter(({ table }) => table !== 0);
    expect(leading.every(({ transport }) => (transport?.protocol ?? 0) > 0)).toBe(true);
  });

  it('are left alone once they are there, and where the last of them is gone it alone is made', () => {
    expect(diffRules(there(), wished)).toEqual({ made: [], gone: [] });
    // FIB_RULE_UNRESOLVED.
    const rest = there().flatMap((one) =>
      one.priority === 74 ? [] : [{ ...one, flags: one.target === undefined ? 0 : 4 }],
    );
    const { made: again, gone } = diffRules(rest, wished);
    expect([abouts(again), gone]).toEqual([['add rule IPv4 74 from all nothing'], []]);
  });
});

describe('rules of ours', () => {
  it('are left alone once they are there', () => {
    expect(diffRules(rules(), [rule])).toEqual({ made: [], gone: [] });
  });

  it('are not made beside the same of another number, which the kernel would refuse, nor is that deleted', () => {
    const found = rules().map((one) => ({ ...one, protocol: 4 }));
    expect(diffRules(found, [rule])).toEqual({ made: [], gone: [] });
    expect(diffRules(found, [])).toEqual({ made: [], gone: [] });
  });

  it.each([
    ['with a mark', { others: [{ type: 10, payload: Uint8Array.of(1, 0, 0, 0) }] }],
    ['that is inverted', { flags: 2 }],
    ['to another table', { table: 254 }],
    ['that leads nowhere', { action: 7 }],
    ['that goes on at another rule', { action: 2, target: 100 }],
    ['that does nothing', { action: 3 }],
  ])('are not those %s: they are neither deleted nor taken for one', (_, change) => {
    const found = rules().map((one) => ({ ...one, ...change }));
    const { made, gone } = diffRules(found, [rule]);
    expect([made.length, gone]).toEqual([1, []]);
  });
});
