import { afterAll, beforeAll, expect, it, vi } from 'vitest';
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
  dumpAddresses,
  dumpLinks,
  dumpRoutes,
  dumpRules,
  findFamily,
  LINK_FLAG,
  MissingFamilyError,
  type NetlinkRequest,
  type NetlinkSocket,
  openNetlink,
  ROUTE_TYPE,
  RULE_ACTION,
  RULE_EVENTS,
  type RuleEvent,
  replaceRoute,
  subscribe,
} from '../../../src/netlink/index.js';
import { prefix } from '../../unit/netlink/samples.js';
import { labDescribe } from '../lab-describe.js';
import { enterFreshNamespace, ip, NETWORK_NAMESPACE } from './namespace.js';

/** The rule to go on with, those that lead to it, and one of a protocol alone. */
const LEAPS = [
  { family: 4, priority: 80, table: 0, action: RULE_ACTION.nothing },
  { family: 4, priority: 79, table: 71, transport: { protocol: 1 } },
  ...[
    {
      protocol: 17,
      sourcePort: { first: 51_871, last: 51_872 },
      destinationPort: { first: 51_871, last: 51_872 },
    },
    { protocol: 6, sourcePort: 6443 },
    { protocol: 6, destinationPort: { first: 2379, last: 2380 } },
  ].map((transport) => ({
    ...({ family: 4, priority: 78, table: 0, transport } as const),
    ...{ action: RULE_ACTION.goto, target: 80 },
  })),
] as const;

labDescribe('changes that we make to this machine’s kernel', [NETWORK_NAMESPACE], () => {
  let leave: () => void;
  let socket: NetlinkSocket;
  let ifindex: number;

  beforeAll(async () => {
    leave = enterFreshNamespace();
    socket = await openNetlink('route');
    await ip('link add v0 type veth peer name v1');
    await ip('link set v1 up');
    const links = await socket.dump(dumpLinks());
    ifindex = links.find(({ name }) => name === 'v0')?.index ?? -1;
  });
  afterAll(() => {
    socket.close();
    leave();
  });

  const refusals = async (...requests: NetlinkRequest[]) =>
    (await socket.request(requests)).map((refusal) => refusal?.code);

  it('are of a device: its MTU, up and down', async () => {
    expect(await refusals(changeLink(ifindex, { mtu: 1400, up: true }))).toEqual([undefined]);
    const look = async () => (await socket.dump(dumpLinks())).find((one) => one.index === ifindex);
    expect(await look()).toMatchObject({ mtu: 1400 });
    expect(((await look())?.flags ?? 0) & LINK_FLAG.up).toBe(LINK_FLAG.up);
    expect(await refusals(changeLink(ifindex, { up: false }))).toEqual([undefined]);
    expect(((await look())?.flags ?? 0) & LINK_FLAG.up).toBe(0);
    expect(await refusals(changeLink(ifindex, { up: true }))).toEqual([undefined]);
  });

  it('are refused with a reason when they cannot be', async () => {
    expect(
      await refusals(
        addLink({ name: 'x0', kind: 'nonesuch' }),
        addLink({ name: 'v0', kind: 'veth' }),
        changeLink(999_999, { up: true }),
        deleteLink(999_999),
      ),
    ).toEqual(['EOPNOTSUPP', 'EEXIST', 'ENODEV', 'ENODEV']);
  });

  it('are of addresses, which come and go', async () => {
    for (const local of [prefix('10.0.0.1/24'), prefix('fd00::1/64')]) {
      const one = { ifindex, local };
      expect(await refusals(addAddress(one), addAddress(one))).toEqual([undefined, 'EEXIST']);
      const has = async () => (await socket.dump(dumpAddresses())).map((found) => found.local);
      expect(await has()).toContainEqual(local);
      expect(await refusals(deleteAddress(one), deleteAddress(one))).toEqual([
        undefined,
        'EADDRNOTAVAIL',
      ]);
      expect(await has()).not.toContainEqual(local);
    }
  });

  it('are of routes, through a device and unreachable, which stay when the device goes', async () => {
    for (const destination of [prefix('10.244.2.0/24'), prefix('fd10:2::/64')]) {
      const through = { type: ROUTE_TYPE.unicast, destination, table: 1000, ifindex } as const;
      const good = { ...through, priority: 10 };
      const worst = {
        type: ROUTE_TYPE.unreachable,
        destination,
        table: 1000,
        priority: 4_278_198_272,
      } as const;
      const look = async () =>
        (await socket.dump(dumpRoutes(destination.family)))
          .filter(({ table }) => table === 1000)
          .map(({ type, priority }) => [type, priority]);
      const both = [
        [good.type, 10],
        [worst.type, worst.priority],
      ];
      expect(await refusals(addRoute(good), addRoute(worst))).toEqual([undefined, undefined]);
      expect(await look()).toEqual(both);
      expect(await refusals(addRoute(good), replaceRoute(good))).toEqual(['EEXIST', undefined]);
      expect(await look()).toEqual(both);
      await ip('link set v0 down');
      expect(await look()).toEqual([both[1]]);
      await ip('link set v0 up');
      expect(await refusals(addRoute(good), deleteRoute(good))).toEqual([undefined, undefined]);
      expect(await refusals(deleteRoute(good))).toEqual(['ESRCH']);
      expect(await look()).toEqual([both[1]]);
      expect(await refusals(deleteRoute(worst))).toEqual([undefined]);
      expect(await look()).toEqual([]);
    }
  });

  it('are of rules, which we hear of when others change them', async () => {
    const heard: RuleEvent[] = [];
    const failed = vi.fn();
    const subscription = await subscribe(
      RULE_EVENTS,
      { event: (event) => void heard.push(event), lost: failed, broken: failed },
      { exceptOf: socket.portId },
    );
    const rules = [
      { family: 4, priority: 70, table: 1000, protocol: 17 },
      { family: 4, priority: 71, table: 71, source: prefix('10.244.1.0/24') },
      { family: 6, priority: 71, table: 71, source: prefix('fd10:1::/64') },
      { family: 6, priority: 72, table: 1000, destination: prefix('fd10:2::/64') },
      ...LEAPS,
    ] as const;
    const look = async () => [
      ...(await socket.dump(dumpRules(4))),
      ...(await socket.dump(dumpRules(6))),
    ];
    const before = await look();
    expect(await refusals(...rules.map(addRule))).toEqual(rules.map(() => undefined));
    expect(await refusals(...rules.map(addRule))).toEqual(rules.map(() => 'EEXIST'));
    expect(await ip('rule show')).toMatch(
      /ipproto udp sport 51871-51872 dport 51871-51872 goto 80/,
    );
    for (const rule of rules) expect(await look()).toContainEqual(expect.objectContaining(rule));
    // As iproute2 sees it: another of the same priority that does more.
    await ip('rule add from 10.244.1.0/24 pref 71 fwmark 0x10 lookup 71');
    await ip('rule del from 10.244.1.0/24 pref 71 fwmark 0x10 lookup 71');
    await vi.waitFor(() => expect(heard).toHaveLength(2));
    expect(heard.map(({ kind, rule }) => [kind, rule.others.length > 0])).toEqual([
      ['rule-added', true],
      ['rule-deleted', true],
    ]);
    expect(await refusals(...rules.map(deleteRule))).toEqual(rules.map(() => undefined));
    expect(await refusals(...rules.map(deleteRule))).toEqual(rules.map(() => 'ENOENT'));
    expect(await look()).toEqual(before);
    expect(failed).not.toHaveBeenCalled();
    subscription.close();
  });

  it('need a family of generic netlink that is there, or say that it is not', async () => {
    const generic = await openNetlink('generic');
    expect(await findFamily(generic, 'nlctrl')).toBe(0x10);
    const missing = findFamily(generic, 'nonesuch');
    await expect(missing).rejects.toBeInstanceOf(MissingFamilyError);
    await expect(missing).rejects.toThrow(/no generic netlink family "nonesuch"/);
    generic.close();
  });
});
