import { afterAll, beforeAll, expect, it } from 'vitest';
import { networkOf, parseAddress, parsePrefix } from '../../../src/net/index.js';
import {
  installExemption,
  isExemptionInstalled,
  openNetlink,
  removeExemption,
} from '../../../src/netlink/index.js';
import { labDescribe } from '../lab-describe.js';
import { enterFreshNamespace, ip, NETWORK_NAMESPACE } from './namespace.js';
import { NFT, nft } from './nft.js';
import { judge, layWires, senderTo, sendTo } from './wires.js';

const POD = { v4: '10.244.1.5', v6: 'fd10:1::5' };
const NODE = { v4: '10.0.0.9', v6: 'fd00::9' };

/** Neither a pod of this node nor the node: a client outside, whose packets kube-proxy masquerades. */
const CLIENT = { v4: '192.0.2.5', v6: '2001:db8::5' };

/** What a CNI does: whatever its pods send elsewhere carries the node's address. */
const CNI = `table inet cni { chain postrouting {
  type nat hook postrouting priority srcnat;
  ip saddr { ${POD.v4}, ${CLIENT.v4} } masquerade; ip6 saddr { ${POD.v6}, ${CLIENT.v6} } masquerade;
}; }`;

const JUDGE = judge({
  plainOfPod: ['eth9p', `ip saddr ${POD.v4}`],
  plainOfPod6: ['eth9p', `ip6 saddr ${POD.v6}`],
  plainOfNode: ['eth9p', `ip saddr ${NODE.v4}`],
  plainOfNode6: ['eth9p', `ip6 saddr ${NODE.v6} meta l4proto udp`],
  wireguardOfPod: ['wg9p', `ip saddr ${POD.v4}`],
  wireguardOfPod6: ['wg9p', `ip6 saddr ${POD.v6}`],
  wireguardOfNode: ['wg9p', `ip saddr ${NODE.v4}`],
  wireguardOfNode6: ['wg9p', `ip6 saddr ${NODE.v6} meta l4proto udp`],
  nextOfNode: ['wg8p', `ip saddr ${NODE.v4}`],
  nextOfNode6: ['wg8p', `ip6 saddr ${NODE.v6} meta l4proto udp`],
});

labDescribe('the source of a pod that a CNI masquerades', [NETWORK_NAMESPACE, NFT], () => {
  let leave: () => void;
  beforeAll(async () => {
    leave = enterFreshNamespace();
    await layWires();
    await ip('link add podcloak_wg8 type veth peer name wg8p');
    for (const device of ['podcloak_wg8', 'wg8p']) await ip(`link set ${device} arp off up`);
    for (const { v4, v6 } of [POD, CLIENT]) {
      await ip(`addr add ${v4} dev lo`);
      await ip(`addr add ${v6}/128 dev lo`);
    }
    for (const [device, third] of [
      ['eth9', 3],
      ['podcloak_wg8', 4],
      ['podcloak_wg9', 2],
    ] as const) {
      await ip(`addr add ${NODE.v4}/32 dev ${device}`);
      await ip(`addr add ${NODE.v6}/128 dev ${device} nodad`);
      await ip(`route add 10.244.${third}.0/24 dev ${device}`);
      await ip(`route add fd10:${third}::/64 dev ${device}`);
    }
    await nft(`${CNI}\n${JUDGE}`);
  });
  afterAll(() => leave());

  const ways = async () => [
    await sendTo('10.244.2.7', POD.v4),
    await sendTo('fd10:2::7', POD.v6),
    await sendTo('10.244.3.7', POD.v4),
    await sendTo('fd10:3::7', POD.v6),
  ];
  const lost = ['wireguardOfNode', 'wireguardOfNode6', 'plainOfNode', 'plainOfNode6'];

  it('is kept into a WireGuard device of ours, and nowhere else, while our table is there', async () => {
    expect(await ways()).toEqual(lost);
    const socket = await openNetlink('netfilter');
    const pods = [POD.v4, POD.v6].flatMap(
      (text) => parsePrefix(`${text}/${text.includes(':') ? 64 : 24}`) ?? [],
    );
    const sources = { pods: pods.map(networkOf), addresses: [] };
    await installExemption(socket, { sources });
    expect(await isExemptionInstalled(socket, sources)).toBe(true);
    expect(await isExemptionInstalled(socket)).toBe(false);
    expect(await ways()).toEqual(['wireguardOfPod', 'wireguardOfPod6', ...lost.slice(2)]);
    // What is no pod's of this node is left to the CNI where we know of no address.
    const others = ['192.0.2.0/24', '2001:db8::/64'].flatMap((text) => parsePrefix(text) ?? []);
    await installExemption(socket, { sources: { pods: others, addresses: [] } });
    expect(await ways()).toEqual(lost);
    await removeExemption(socket);
    socket.close();
    expect(await ways()).toEqual(lost);
  });

  it.each([
    ['ends with our device where it is masqueraded', false],
    ['goes on by our next device where we translate it', true],
  ])('of a client %s', async (_, isOurs) => {
    const socket = await openNetlink('netfilter');
    const addresses = [NODE.v4, NODE.v6].flatMap((text) => parseAddress(text) ?? []);
    if (isOurs) await installExemption(socket, { sources: { pods: [], addresses } });
    for (const [source, prefix] of [
      [CLIENT.v4, '10.244.2'],
      [CLIENT.v6, 'fd10:2::'],
    ] as const) {
      const isIpv4 = source === CLIENT.v4;
      const [to, network] = isIpv4
        ? [`${prefix}.9`, `${prefix}.0/24`]
        : [`${prefix}9`, `${prefix}/64`];
      const sender = await senderTo(to, source);
      const suffix = isIpv4 ? '' : '6';
      expect(await sender.send()).toBe(`wireguardOfNode${suffix}`);
      await ip(`route replace ${network} dev podcloak_wg8`);
      expect(await sender.send()).toBe(isOurs ? `nextOfNode${suffix}` : 'blocked');
      expect(await sender.send()).toBe(`nextOfNode${suffix}`);
      await ip(`route replace ${network} dev podcloak_wg9`);
      sender.close();
    }
    if (isOurs) await removeExemption(socket);
    socket.close();
  });
});
