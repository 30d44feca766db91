import { describe, expect, it } from 'vitest';
import {
  addAddress,
  addLink,
  addRoute,
  addRule,
  changeLink,
  deleteAddress,
  deleteLink,
  deleteRoute,
  deleteRule,
  dumpRules,
  type NewRoute,
  ROUTE_TYPE,
  RULE_ACTION,
  RULE_EVENTS,
  replaceRoute,
} from '../../../src/netlink/index.js';
import { parseRule } from '../../../src/netlink/route/rule.js';
import { attributesBehind, parseAttributes } from '../../../src/netlink/wire/attributes.js';
import type { NetlinkMessage, NetlinkRequest } from '../../../src/netlink/wire/message.js';
import { exchange, messageOf } from './captured.js';
import { address, prefix } from './samples.js';

/** The index that the device had where iproute2 was recorded. */
const WG0 = 2;
const D0 = 3;

const route: NewRoute = {
  type: ROUTE_TYPE.unicast,
  destination: prefix('10.244.2.0/24'),
  table: 1000,
  priority: 0,
  ifindex: WG0,
};
const unreachable: NewRoute = {
  type: ROUTE_TYPE.unreachable,
  destination: prefix('10.244.2.0/24'),
  table: 1000,
  priority: 4_278_198_272,
};
const v6 = prefix('fd10:2::/64');

describe('changes of a device', () => {
  it('make it as iproute2 does', () => {
    const request = addLink({ name: 'wg0', kind: 'wireguard' });
    const theirs = sentBy('ip link add wg0', request.type);
    expect(request.flags).toBe(theirs.flags);
    // iproute2 leaves out the flag that says that an attribute holds others.
    const [ours, expected] = [request, theirs].map(({ body }) =>
      attributesBehind(Uint8Array.from(body), 16).map(({ type, payload }) => ({
        type,
        payload: type === 18 ? parseAttributes(payload) : payload,
      })),
    );
    expect(ours).toEqual(expected);
  });

  it.each([
    ['ip link set dev wg0 mtu 1420', changeLink(WG0, { mtu: 1420 })],
    ['ip link set dev wg0 up', changeLink(WG0, { up: true })],
    ['ip link set dev wg0 down', changeLink(WG0, { up: false })],
    ['ip link del wg0', deleteLink(WG0)],
    ['ip addr add 10.0.0.1/32', addAddress({ ifindex: WG0, local: prefix('10.0.0.1/32') })],
    ['ip addr add fd00::1/128', addAddress({ ifindex: WG0, local: prefix('fd00::1/128') })],
    ['ip addr del 10.0.0.1/32', deleteAddress({ ifindex: WG0, local: prefix('10.0.0.1/32') })],
  ])('are those of `%s`', (command, request) => {
    expectSame(request, sentBy(command, request.type));
  });

  it('refuse a name that no device can have', () => {
    for (const name of ['', 'a'.repeat(16), 'a b', 'a/b', 'a:b', '.', '..', 'a\0']) {
      expect(() => addLink({ name, kind: 'wireguard' })).toThrow(RangeError);
    }
    expect(() => addLink({ name: 'podcloak_wg0', kind: 'wireguard' })).not.toThrow();
  });
});

describe('changes of routes', () => {
  it.each([
    ['ip route add 10.244.2.0/24 dev wg0 table 1000', addRoute(route)],
    [
      'ip route add 10.244.2.0/24 dev wg0 src',
      addRoute({
        ...route,
        table: 100,
        priority: 50,
        protocol: 17,
        preferredSource: address('10.0.0.1'),
      }),
    ],
    ['ip route add unreachable', addRoute(unreachable)],
    ['ip route replace', replaceRoute({ ...route, ifindex: D0 })],
    ['ip -6 route add fd10', addRoute({ ...route, destination: v6, priority: 7 })],
    ['ip -6 route add unreachable', addRoute({ ...unreachable, destination: v6 })],
    ['ip route del unreachable', deleteRoute(unreachable)],
  ])('are those of `%s`', (command, request) => {
    expectSame(request, sentBy(command, request.type));
  });

  it.each([
    ['ip route del 10.244.2.0/24', deleteRoute({ ...route, ifindex: D0 })],
    ['ip -6 route del', deleteRoute({ ...route, destination: v6, priority: 7 })],
  ])('are those of `%s`, but of no other type of route', (command, request) => {
    const theirs = sentBy(command, request.type);
    const body = Uint8Array.from(request.body);
    expect(body[7]).toBe(ROUTE_TYPE.unicast);
    body[7] = 0;
    expectSame({ ...request, body }, theirs);
  });
});

describe('rules', () => {
  const any = { family: 4, priority: 70, table: 1000 } as const;
  const from = { family: 4, priority: 71, table: 100, source: prefix('10.244.1.0/24') } as const;
  const to = {
    family: 4,
    priority: 72,
    table: 100,
    destination: prefix('10.244.2.0/24'),
  } as const;
  const both = {
    family: 6,
    priority: 71,
    table: 1000,
    source: prefix('fd10:1::/64'),
    destination: v6,
  } as const;

  it.each([
    ['ip rule add pref 70', addRule(any)],
    ['ip rule add from 10.244.1.0/24 pref 71', addRule(from)],
    ['ip rule add to', addRule(to)],
    ['ip -6 rule add from', addRule(both)],
  ])('are added as `%s` does', (command, request) => {
    expectSame(request, sentBy(command, request.type));
  });

  it('are deleted as iproute2 does, but none of another action', () => {
    const request = deleteRule(from);
    const body = Uint8Array.from(request.body);
    expect(body[7]).toBe(RULE_ACTION.lookup);
    body[7] = 0;
    expectSame({ ...request, body }, sentBy('ip rule del', request.type));
  });

  it('are asked for, and read, with all that they are', () => {
    const { sent, received } = exchange('change', 'ip rule show');
    expect(dumpRules(4).body).toEqual(new Uint8Array(messageOf(sent, 34).body));
    const rules = received.flatMap((message) => dumpRules(4).parse(message) ?? []);
    const read = Object.fromEntries(rules.map((rule) => [rule.priority, rule]));
    const plain = { protocol: 0, action: RULE_ACTION.lookup, flags: 0, tos: 0, others: [] };
    expect(Object.keys(read)).toEqual('0 70 71 72 73 74 75 32766 32767'.split(' '));
    expect(read[70]).toEqual({ ...plain, ...any });
    expect(read[71]).toEqual({ ...plain, ...from });
    expect(read[72]).toEqual({ ...plain, ...to });
    expect(read[75]).toMatchObject({ action: RULE_ACTION.unreachable });
  });

  it('tell what else they ask for, so that none is taken for ours', () => {
    const { received } = exchange('change', 'ip rule show');
    const others = received
      .flatMap((message) => dumpRules(4).parse(message) ?? [])
      .flatMap((rule) => (rule.others.length === 0 ? [] : [rule.priority]));
    // A mark, and a prefix length that is suppressed.
    expect(others).toEqual([73, 74]);
  });

  it('of IPv6 have both prefixes', () => {
    const { received } = exchange('change', 'ip -6 rule show');
    const rules = received.flatMap((message) => dumpRules(6).parse(message) ?? []);
    expect(rules.find(({ priority }) => priority === 71)).toMatchObject(both);
  });

  it('are read back as they were written', () => {
    for (const rule of [any, from, to, both, { ...from, protocol: 17 }]) {
      const { type, body } = addRule(rule);
      const message = { type, flags: 0, sequence: 1, portId: 0, body };
      expect(parseRule(message)).toMatchObject(rule);
    }
  });

  it('refuse a prefix of the other IP version', () => {
    expect(() => addRule({ ...any, source: v6 })).toThrow(RangeError);
    expect(() => deleteRule({ ...both, destination: prefix('10.0.0.0/8') })).toThrow(RangeError);
  });

  it('are told of when they come and go', () => {
    const { received } = exchange('change', 'ip monitor rule');
    const events = received.flatMap((message) => RULE_EVENTS.parse(message) ?? []);
    expect(events.map(({ kind, rule }) => [kind, rule.priority])).toEqual([
      ['rule-added', 80],
      ['rule-deleted', 80],
      ['rule-added', 81],
    ]);
  });
});

function sentBy(command: string, type: number): NetlinkMessage {
  const { sent } = exchange('change', command);
  // iproute2 first asks whether the kernel knows of requests for one link.
  return messageOf(
    sent.filter(({ body, flags }) => flags !== 5 || body.length > 16 || body[4] !== 0),
    type,
  );
}

function expectSame(request: NetlinkRequest, theirs: NetlinkMessage): void {
  expect({ flags: request.flags, body: Buffer.from(request.body).toString('hex') }).toEqual({
    flags: theirs.flags,
    body: Buffer.from(theirs.body).toString('hex'),
  });
}
