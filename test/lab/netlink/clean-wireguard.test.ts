import { afterAll, beforeAll, expect, it } from 'vitest';
import { diffRoutes, diffRules } from '../../../src/engine/wireguard/index.js';
import { dumpLinks, type NetlinkSocket, openNetlink } from '../../../src/netlink/index.js';
import { removeWireguard } from '../../../src/node/clean-wireguard.js';
import { prefix } from '../../unit/netlink/samples.js';
import { labDescribe } from '../lab-describe.js';
import { enterFreshNamespace, ip, NETWORK_NAMESPACE } from './namespace.js';

/** Of others, some as much like ours as can be without being ours. */
const FOREIGN = [
  'link add wg7 type veth peer name wg8',
  // Addresses of its own would come when they like.
  'link set wg7 addrgenmode none',
  'link set wg8 addrgenmode none',
  'link set wg7 up',
  'link set wg8 up',
  'rule add from all lookup 51871 priority 70 protocol static',
  'rule add fwmark 7 lookup 51871 priority 72 protocol 148',
  'rule add from all lookup 100 priority 70 protocol 148',
  '-6 rule add from all lookup 51871 priority 70 protocol static',
  'route add 10.99.0.0/16 dev wg7 table 51871 protocol static',
  'route add 10.244.2.0/24 dev wg7 table 100 protocol 148',
  '-6 route add fd99::/64 dev wg7 table 51871 protocol static',
];

labDescribe('what WireGuard leaves in this machine’s kernel', [NETWORK_NAMESPACE], () => {
  let leave: () => void;
  let socket: NetlinkSocket;
  beforeAll(async () => {
    leave = enterFreshNamespace();
    socket = await openNetlink('route');
    for (const command of FOREIGN) await ip(command);
  });
  afterAll(() => {
    socket.close();
    leave();
  });

  const everything = async (): Promise<string> =>
    (
      await Promise.all(
        ['-o link', '-4 rule', '-6 rule', '-4 route show table all', '-6 route show table all'].map(
          ip,
        ),
      )
    ).join('\n');
  const removed = async (): Promise<string[]> => {
    const said: string[] = [];
    await removeWireguard(socket, (line) => said.push(line));
    return said;
  };

  /** Rules and routes of ours, through a device of somebody else's: kinds are the kernel lab's affair. */
  const agentsLeave = async (): Promise<void> => {
    const device = (await socket.dump(dumpLinks())).find(({ name }) => name === 'wg7');
    const routes = [prefix('10.244.2.0/24'), prefix('fd10:2::/64')].flatMap((destination) => [
      { destination, table: 51871, device: 'wg7' },
      { destination, table: 51871 },
    ]);
    const rules = ([4, 6] as const).map((family) => {
      return { family, priority: 70, table: 51871, protocol: 148 };
    });
    const steps = [
      ...diffRoutes([], routes, new Map([['wg7', device?.index ?? -1]])).made,
      ...diffRules([], rules).made,
    ];
    const outcomes = await socket.request(steps.map(({ request }) => request));
    expect(outcomes).toEqual(steps.map(() => undefined));
  };

  it('is removed with nothing of others, and once', async () => {
    const before = await everything();
    await agentsLeave();
    const known = new Set(before.split('\n'));
    expect((await everything()).split('\n').filter((line) => !known.has(line))).toHaveLength(6);

    expect(await removed()).toEqual(['Removed 2 rules and 4 routes of WireGuard.']);
    expect(await everything()).toBe(before);
    expect(await removed()).toEqual([]);
  });

  it('is no device of our names that is of another kind', async () => {
    await ip('link add podcloak_wg0 type veth peer name podcloak_wg1');
    const before = await everything();

    expect(await removed()).toEqual([
      'Left the device podcloak_wg0: it is none of ours.',
      'Left the device podcloak_wg1: it is none of ours.',
    ]);
    expect(await everything()).toBe(before);
  });
});
