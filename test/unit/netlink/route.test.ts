import { describe, expect, it } from 'vitest';
import {
  ADDRESS_FLAG,
  dumpAddresses,
  dumpLinks,
  dumpRoutes,
  LINK_FLAG,
  ROUTE_EVENTS,
  ROUTE_TYPE,
  SCOPE,
  TABLE,
} from '../../../src/netlink/index.js';
import type { NetlinkMessage } from '../../../src/netlink/wire/message.js';
import { exchange, messageOf } from './captured.js';
import { address, prefix } from './samples.js';

const links = readAll(exchange('route', 'ip link show').received, dumpLinks().parse);
const byName = Object.fromEntries(links.map((link) => [link.name, link]));
const index = (name: string): number => byName[name]?.index ?? -1;

describe('links', () => {
  it('have name, kind, size, state and bridge', () => {
    expect(Object.keys(byName).sort()).toEqual(['br0', 'd0', 'lo', 'v0', 'v1']);
    expect(byName.d0).toMatchObject({ kind: 'dummy', mtu: 1400 });
    expect(byName.v0).toMatchObject({ kind: 'veth', mtu: 1500, master: index('br0') });
    expect(byName.v0?.hardwareAddress).toHaveLength(6);
    expect(byName.lo?.flags).toBe(
      LINK_FLAG.up | LINK_FLAG.loopback | LINK_FLAG.running | LINK_FLAG.lowerUp,
    );
    expect(byName.lo).not.toHaveProperty('kind');
    expect(byName.v1).not.toHaveProperty('master');
  });
});

describe('addresses', () => {
  const { sent, received } = exchange('route', 'ip addr show');
  const addresses = readAll(received, dumpAddresses().parse);
  const find = (text: string) =>
    addresses.find(({ local }) => Buffer.compare(local.address, address(text)) === 0);

  it('are asked for as iproute2 does', () => {
    expect(dumpAddresses().body).toEqual(new Uint8Array(messageOf(sent, 22).body));
  });

  it('have their device, network, scope and flags', () => {
    expect(find('10.0.0.1')).toEqual({
      ifindex: index('v1'),
      local: prefix('10.0.0.1/24'),
      scope: SCOPE.global,
      flags: ADDRESS_FLAG.permanent,
    });
    expect(find('10.0.0.9')?.flags).toBe(ADDRESS_FLAG.permanent | ADDRESS_FLAG.secondary);
    expect(find('127.0.0.1')?.scope).toBe(SCOPE.host);
    // 0x02: IFA_F_NODAD
    expect(find('fd00::1')).toMatchObject({ flags: ADDRESS_FLAG.permanent | 0x02 });
  });

  it('of point-to-point devices are the node’s own, beside the peer’s', () => {
    expect(find('192.0.2.1')).toMatchObject({ peer: address('192.0.2.2') });
  });
});

describe('routes', () => {
  const v4 = readAll(exchange('route', 'ip route show').received, dumpRoutes(4).parse);
  const { sent, received } = exchange('route', 'ip -6 route show');
  const v6 = readAll(received, dumpRoutes(6).parse);
  const find = (text: string) =>
    [...v4, ...v6].find(
      ({ destination, type }) =>
        type !== ROUTE_TYPE.local &&
        destination.length === prefix(text).length &&
        Buffer.compare(destination.address, prefix(text).address) === 0,
    );

  it('are asked for as iproute2 does', () => {
    expect(dumpRoutes(6).body).toEqual(new Uint8Array(messageOf(sent, 26).body));
  });

  it('have device, gateway, metric and source', () => {
    const hop = { ifindex: index('v1'), weight: 1 };
    expect(find('0.0.0.0/0')).toMatchObject({
      table: TABLE.main,
      type: ROUTE_TYPE.unicast,
      priority: 0,
      nextHops: [{ ...hop, gateway: address('10.0.0.254') }],
    });
    expect(find('10.244.2.0/24')).toMatchObject({
      priority: 50,
      preferredSource: address('10.0.0.9'),
      nextHops: [{ ...hop, gateway: address('10.0.0.2') }],
    });
    expect(find('fd10:2::/64')?.nextHops).toEqual([
      { ifindex: index('d0'), weight: 1, gateway: address('fd00::2') },
    ]);
    expect(find('10.0.0.0/24')?.nextHops).toEqual([hop]);
  });

  it('have each path of several', () => {
    const ifindex = index('v1');
    expect(find('10.244.3.0/24')?.nextHops).toEqual([
      { ifindex, gateway: address('10.0.0.2'), weight: 1 },
      { ifindex, gateway: address('10.0.0.3'), weight: 2 },
    ]);
  });

  it('have gateways of another address family', () => {
    const gateway = address('fe80::1');
    expect(find('10.244.4.0/24')?.nextHops).toEqual([{ ifindex: index('d0'), gateway, weight: 1 }]);
  });

  it('that lead nowhere have no path', () => {
    expect(find('10.244.5.0/24')).toMatchObject({
      type: ROUTE_TYPE.unreachable,
      priority: 4_278_198_272,
      nextHops: [],
    });
  });

  it('have tables of large numbers', () => {
    expect(find('10.244.6.0/24')?.table).toBe(1000);
  });
});

describe('events', () => {
  const events = readAll(exchange('route', 'ip monitor').received, ROUTE_EVENTS.parse);

  it('tell of links, addresses and routes that come and go', () => {
    const changes = events.flatMap((event) => {
      if (!event.kind.startsWith('route') || !('route' in event)) return [];
      const { destination, table } = event.route;
      const isOurs = Buffer.compare(destination.address, address('10.250.0.0')) === 0;
      return isOurs && table === TABLE.main ? [event.kind] : [];
    });
    expect(changes).toEqual(['route-changed', 'route-deleted']);
    const addresses = events.flatMap((event) =>
      'address' in event && event.address.local.family === 4 ? [event] : [],
    );
    expect(addresses.slice(-2).map(({ kind }) => kind)).toEqual([
      'address-changed',
      'address-deleted',
    ]);
  });

  it('do not take a port that leaves its bridge for a device that is gone', () => {
    const deleted = events.flatMap((event) => (event.kind === 'link-deleted' ? [event.link] : []));
    expect(deleted.map(({ name }) => name)).toEqual(['d1']);
  });
});

function readAll<T>(
  messages: readonly NetlinkMessage[],
  parse: (message: NetlinkMessage) => T | undefined,
): T[] {
  return messages.flatMap((message) => parse(message) ?? []);
}
