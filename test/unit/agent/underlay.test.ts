import { describe, expect, it } from 'vitest';
import { underlayOf } from '../../../src/agent/underlay.js';
import { type Link, ROUTE_TYPE, type Route, TABLE } from '../../../src/netlink/index.js';
import { address, prefix } from '../netlink/samples.js';

const link = (index: number, name: string, mtu: number, kind?: string): Link => ({
  ...{ index, name, flags: 1, mtu, hardwareAddress: new Uint8Array(6) },
  ...(kind === undefined ? {} : { kind }),
});

function route(ifindex: number, change: Partial<Route> = {}): Route {
  const gateway = address('10.244.2.0');
  const fields = {
    family: 4,
    table: TABLE.main,
    type: ROUTE_TYPE.unicast,
    priority: 0,
    protocol: 3,
  };
  const found = {
    ...fields,
    destination: prefix('10.244.2.0/24'),
    nextHops: [{ ifindex, gateway }],
  };
  return { ...found, ...change } as unknown as Route;
}

const links = [link(2, 'eth0', 1500), link(3, 'eth1', 9000), link(4, 'flannel.1', 1450, 'vxlan')];
const network = (routes: Route[] = [], all = links) => ({ links: all, routes, addresses: [] });

describe('what is below the tunnels', () => {
  it('has the least MTU of the devices that tunnels end at', () => {
    expect(underlayOf(network(), ['eth1']).mtu).toBe(9000);
    expect(underlayOf(network(), ['eth0', 'eth1']).mtu).toBe(1500);
  });

  it('has that of Ethernet where nothing is known', () => {
    expect(underlayOf(network(), []).mtu).toBe(1500);
    expect(underlayOf(network([], [link(2, 'eth0', 0)]), ['eth0']).mtu).toBe(1500);
  });

  it('lets packets arrive also by what routes lead through to others, as an overlay', () => {
    expect(underlayOf(network([route(4)]), ['eth0']).arriving).toEqual(['eth0', 'flannel.1']);
  });

  it.each([
    ['of another table', { table: 100 }],
    ['that leads nowhere', { type: ROUTE_TYPE.unreachable }],
    ['without a gateway, as to own pods', { nextHops: [{ ifindex: 4, weight: 1 }] as never }],
  ])('is not told by a route %s', (_, change) => {
    expect(underlayOf(network([route(4, change)]), ['eth0']).arriving).toEqual(['eth0']);
  });

  it('is never a device that encrypts', () => {
    const all = [...links, link(5, 'podcloak_wg0', 1440, 'wireguard')];
    expect(underlayOf(network([route(5)], all), ['eth0']).arriving).toEqual(['eth0']);
  });
});
