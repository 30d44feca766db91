// Runs in a guest of the kernel lab: does what its argument says with the device that it names, and
// prints how many messages that took.
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
  dumpLinks,
  findWireguard,
  type NetlinkRequest,
  openNetlink,
  ROUTE_TYPE,
  readWireguard,
  setWireguard,
} from '../../../src/netlink/index.js';
import { diff } from '../../../src/wireguard/index.js';
import { prefix, WISH } from './wireguard-wish.js';

const [, , action, name = 'wg0'] = process.argv;
const route = await openNetlink('route');
const generic = await openNetlink('generic');

if (action === 'make') {
  await all([addLink({ name, kind: 'wireguard', mtu: 1420 })]);
  await all([changeLink(await indexOf(name), { up: true })]);
  console.log(await settle());
} else if (action === 'settle') console.log(await settle());
else if (action === 'direct') console.log(await all(around(await indexOf(name), 'add')));
else if (action === 'undirect') console.log(await all(around(await indexOf(name), 'delete')));
else if (action === 'remove') console.log(await all([deleteLink(await indexOf(name))]));
else if (action === 'refused') {
  const family = await findWireguard(generic);
  for (const device of ['lo', 'nonesuch']) {
    const error = await readWireguard(generic, family, device).catch((thrown: unknown) => thrown);
    console.log(device, error instanceof Error && 'code' in error ? error.code : 'no error');
  }
}
route.close();
generic.close();

/** Makes the device as it is wished for; returns how many messages that took. */
async function settle(): Promise<number> {
  const family = await findWireguard(generic);
  const change = diff(await readWireguard(generic, family, name), WISH);
  const requests = change === undefined ? [] : setWireguard(family, name, change);
  for (const refusal of await generic.request(requests)) if (refusal !== undefined) throw refusal;
  return requests.length;
}

/** What lies around the device: addresses, routes through it and beside it, and rules. */
function around(ifindex: number, what: 'add' | 'delete'): NetlinkRequest[] {
  const [address, toRoute, rule] =
    what === 'add'
      ? ([addAddress, addRoute, addRule] as const)
      : ([deleteAddress, deleteRoute, deleteRule] as const);
  const pods = [prefix('10.244.1.0/24'), prefix('fd10:1::/64')];
  const nodes = [prefix('192.0.2.9/32'), prefix('2001:db8::9/128')];
  const worst = 4_278_198_272;
  const changes = [
    ...nodes.map((local) => address({ ifindex, local })),
    ...pods.flatMap((destination) => [
      toRoute({ type: ROUTE_TYPE.unicast, destination, table: 1070, priority: 0, ifindex }),
      toRoute({ type: ROUTE_TYPE.unreachable, destination, table: 1070, priority: worst }),
    ]),
    ...([4, 6] as const).map((family) => rule({ family, priority: 70, table: 1070 })),
    ...pods.map((source) => rule({ family: source.family, priority: 71, table: 71, source })),
  ];
  return what === 'add' ? changes : changes.reverse();
}

async function all(requests: readonly NetlinkRequest[]): Promise<number> {
  for (const refusal of await route.request(requests)) if (refusal !== undefined) throw refusal;
  return requests.length;
}

async function indexOf(device: string): Promise<number> {
  const link = (await route.dump(dumpLinks())).find((one) => one.name === device);
  if (link === undefined) throw new Error(`no device ${device}`);
  return link.index;
}
