import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  dumpAddresses,
  dumpLinks,
  dumpRoutes,
  LINK_FLAG,
  type NetlinkSocket,
  openNetlink,
  SCOPE,
  TABLE,
} from '../../../src/netlink/index.js';
import { address, prefix } from '../../unit/netlink/samples.js';
import { labDescribe } from '../lab-describe.js';
import { enterFreshNamespace, ip, NETWORK_NAMESPACE } from './namespace.js';

labDescribe('devices, addresses and routes of this machine’s kernel', [NETWORK_NAMESPACE], () => {
  let leave: () => void;
  let socket: NetlinkSocket;
  let index: number;

  beforeAll(async () => {
    leave = enterFreshNamespace();
    socket = await openNetlink('route');
    await ip('link add v0 mtu 1400 type veth peer name v1');
    await ip('link set v0 up');
    await ip('link set v1 up');
    await ip('addr add 10.0.0.1/24 dev v0');
    await ip('addr add fd00::1/64 dev v0 nodad');
    await ip('route add default via 10.0.0.254 metric 5');
    await ip('-6 route add fd10::/64 via fd00::2 table 1000');
    const links = JSON.parse(await ip('-j link show v0')) as { ifindex: number }[];
    index = links[0]?.ifindex ?? -1;
  });
  afterAll(() => {
    socket.close();
    leave();
  });

  it('are the links that iproute2 sees', async () => {
    const theirs = JSON.parse(await ip('-j link')) as Record<string, unknown>[];
    const links = await socket.dump(dumpLinks());
    expect(links.map(({ index, name, mtu }) => ({ ifindex: index, ifname: name, mtu }))).toEqual(
      theirs.map(({ ifindex, ifname, mtu }) => ({ ifindex, ifname, mtu })),
    );
    const v0 = links.find((link) => link.index === index);
    expect(v0).toMatchObject({ name: 'v0', kind: 'veth', mtu: 1400 });
    expect((v0?.flags ?? 0) & LINK_FLAG.up).toBe(LINK_FLAG.up);
  });

  it('are the addresses, of one family or both', async () => {
    const v4 = await socket.dump(dumpAddresses(4));
    expect(v4).toContainEqual(
      expect.objectContaining({
        ifindex: index,
        local: prefix('10.0.0.1/24'),
        scope: SCOPE.global,
      }),
    );
    const both = await socket.dump(dumpAddresses());
    expect(both.map(({ local }) => local)).toContainEqual(prefix('fd00::1/64'));
    expect(both.length).toBeGreaterThan(v4.length);
  });

  it('are the routes of all tables', async () => {
    const v4 = await socket.dump(dumpRoutes(4));
    const fallback = v4.find(({ destination }) => destination.length === 0);
    expect(fallback).toMatchObject({
      table: TABLE.main,
      priority: 5,
      nextHops: [{ ifindex: index, gateway: address('10.0.0.254'), weight: 1 }],
    });
    const v6 = await socket.dump(dumpRoutes(6));
    expect(v6.find(({ table }) => table === 1000)).toMatchObject({
      destination: prefix('fd10::/64'),
      nextHops: [{ ifindex: index, gateway: address('fd00::2'), weight: 1 }],
    });
  });
});
