import { stat } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import {
  deletePolicy,
  dumpPolicies,
  type EventSource,
  NetlinkOverrunError,
  type NetlinkSocket,
  newPolicy,
  openNetlink,
  ROUTE_EVENTS,
  type RouteEvent,
  type SubscribeOptions,
  type Subscription,
  subscribe,
  updatePolicy,
  XFRM_EVENTS,
  type XfrmEvent,
} from '../../../src/netlink/index.js';
import { OUT_POLICY, selector } from '../../unit/netlink/samples.js';
import { labDescribe } from '../lab-describe.js';
import { enterFreshNamespace, ip, NETWORK_NAMESPACE } from './namespace.js';

labDescribe('events of the kernel of this machine', [NETWORK_NAMESPACE], () => {
  let leave: () => void;
  let socket: NetlinkSocket;

  beforeAll(async () => {
    leave = enterFreshNamespace();
    socket = await openNetlink('xfrm');
  });
  afterAll(() => {
    socket.close();
    leave();
  });

  it('tell what we did and what others did, and which is which', async () => {
    const heard = await listen<XfrmEvent>(XFRM_EVENTS);
    await socket.request([
      newPolicy(OUT_POLICY),
      updatePolicy({ ...OUT_POLICY, priority: 7 }),
      deletePolicy(OUT_POLICY),
    ]);
    await ip('xfrm policy add src 10.1.0.0/16 dst 10.2.0.0/16 dir in');
    await ip('xfrm policy flush');
    await vi.waitFor(() => expect(heard.events).toHaveLength(5));
    const { portId } = socket;
    expect(heard.events.map(({ event, by }) => [event.kind, by === portId])).toEqual([
      ['policy-added', true],
      ['policy-updated', true],
      ['policy-deleted', true],
      ['policy-added', false],
      ['policies-flushed', false],
    ]);
    expect(heard.events[1]?.event).toMatchObject({ policy: { ...OUT_POLICY, priority: 7 } });
    heard.subscription.close();
  });

  it('leave out our own changes when asked to', async () => {
    const heard = await listen<XfrmEvent>(XFRM_EVENTS, { exceptOf: socket.portId });
    await socket.request([newPolicy(OUT_POLICY), deletePolicy(OUT_POLICY)]);
    await ip('xfrm policy add src 10.1.0.0/16 dst 10.2.0.0/16 dir in');
    await ip('xfrm policy flush');
    await vi.waitFor(() => expect(heard.events).toHaveLength(2));
    const kinds = heard.events.map(({ event }) => event.kind);
    expect(kinds).toEqual(['policy-added', 'policies-flushed']);
    heard.subscription.close();
  });

  it('tell of devices, addresses and routes', async () => {
    const heard = await listen<RouteEvent>(ROUTE_EVENTS);
    await ip('link set lo up');
    await ip('addr add 10.0.0.1/24 dev lo');
    await ip('link add br0 type bridge');
    await ip('link del br0');
    await vi.waitFor(() => {
      const kinds = new Set(heard.events.map(({ event }) => event.kind));
      expect([...kinds]).toEqual(
        expect.arrayContaining([
          'link-changed',
          'address-changed',
          'route-changed',
          'link-deleted',
        ]),
      );
    });
    heard.subscription.close();
  });

  it('that the kernel had to drop are reported, and those that follow are delivered', async () => {
    const heard = await listen<XfrmEvent>(XFRM_EVENTS, { receiveBuffer: 8192 });
    const many = Array.from({ length: 600 }, (_, index) =>
      newPolicy({
        ...OUT_POLICY,
        selector: selector('10.0.0.0/8', `11.${index >> 8}.${index & 255}.0/24`),
      }),
    );
    await socket.request(many);
    await vi.waitFor(() => expect(heard.lost.length).toBeGreaterThan(0));
    expect(heard.lost[0]).toBeInstanceOf(NetlinkOverrunError);
    expect(heard.events.length).toBeLessThan(600);
    // What is to be done about it: the dump knows them all.
    expect(await socket.dump(dumpPolicies())).toHaveLength(600);
    await ip('xfrm policy flush');
    await vi.waitFor(() => expect(heard.events.at(-1)?.event.kind).toBe('policies-flushed'));
    heard.subscription.close();
  });

  it('stop with their subscription, and nothing is left of it', async () => {
    const heard = await listen<XfrmEvent>(XFRM_EVENTS);
    const other = await listen<XfrmEvent>(XFRM_EVENTS);
    heard.subscription.close();
    heard.subscription.close();
    await socket.request([newPolicy(OUT_POLICY), deletePolicy(OUT_POLICY)]);
    await vi.waitFor(() => expect(other.events).toHaveLength(2));
    expect(heard).toMatchObject({ events: [], lost: [], broken: [] });
    other.subscription.close();
  });

  it('wait on no thread: more subscriptions than libuv has threads leave files readable', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => listen<XfrmEvent>(XFRM_EVENTS)));
    expect((await stat('/')).isDirectory()).toBe(true);
    await socket.request([newPolicy(OUT_POLICY), deletePolicy(OUT_POLICY)]);
    await vi.waitFor(() =>
      expect(all.map(({ events }) => events.length)).toEqual(Array(8).fill(2)),
    );
    for (const { subscription } of all) subscription.close();
  });

  it('of the group that makes larval SAs are not to be had', async () => {
    const source = { ...XFRM_EVENTS, groups: [1] };
    await expect(listen(source)).rejects.toThrow(RangeError);
  });
});

labDescribe('a socket of this machine’s kernel', [NETWORK_NAMESPACE], () => {
  it('that is closed refuses to be used', async () => {
    const socket = await openNetlink('xfrm');
    socket.close();
    socket.close();
    await expect(socket.dump(dumpPolicies())).rejects.toMatchObject({ code: 'EBADF' });
  });

  it('has a port of its own', async () => {
    const sockets = await Promise.all([openNetlink('xfrm'), openNetlink('xfrm')]);
    const [first, second] = sockets.map(({ portId }) => portId);
    expect(first).toBeGreaterThan(0);
    expect(first).not.toBe(second);
    for (const socket of sockets) socket.close();
  });
});

interface Heard<Event> {
  readonly events: { readonly event: Event; readonly by: number }[];
  readonly lost: Error[];
  readonly broken: Error[];
  readonly subscription: Subscription;
}

async function listen<Event>(
  source: EventSource<Event>,
  options: SubscribeOptions = {},
): Promise<Heard<Event>> {
  const heard = { events: [], lost: [], broken: [] } as Omit<Heard<Event>, 'subscription'>;
  const listener = {
    event: (event: Event, by: number) => void heard.events.push({ event, by }),
    lost: (reason: Error) => void heard.lost.push(reason),
    broken: (reason: Error) => void heard.broken.push(reason),
  };
  return Object.assign(heard, { subscription: await subscribe(source, listener, options) });
}
