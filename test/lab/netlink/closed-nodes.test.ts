import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { Exemption } from '../../../src/engine/ipsec/index.js';
import {
  installExemption,
  isExemptionInstalled,
  type NetlinkSocket,
  NO_SOURCES,
  openNetlink,
  readGuard,
  setClosed,
} from '../../../src/netlink/index.js';
import { prefix } from '../../unit/netlink/samples.js';
import { labDescribe } from '../lab-describe.js';
import { enterFreshNamespace, ip, NETWORK_NAMESPACE } from './namespace.js';
import { NFT, nft, ruleset } from './nft.js';
import { judge, layWires, sendTo } from './wires.js';

const PODS = prefix('fd10:2::/64');
const PEER = prefix('fd10:9::2/128');
const NEXT = prefix('fd10:9::3/128');
const OUTER = { from: 51_872, to: 51_872 };

const JUDGE = judge({
  plain: ['eth9p', 'ip6 daddr fd10::/16'],
  wireguard: ['wg9p', 'ip6 daddr fd10::/16'],
});

/** As of `src/netlink/nftables/desired.ts`, in the words of nft. */
const GUARD = [
  'meta nfproto ipv6 oifname != "podcloak_wg*" rt ipsec missing ip6 daddr @closed6 drop',
  'meta nfproto ipv4 accept',
  'meta nfproto ipv6 ip6 daddr != @nodes6 accept',
  'meta l4proto esp accept',
  'icmpv6 type >= 133 icmpv6 type <= 137 accept',
  'udp sport >= 51871 udp sport <= 51872 udp dport >= 51871 udp dport <= 51872 accept',
  ...['6443', '10250'].flatMap((port) =>
    ['sport', 'dport'].map((end) => `tcp ${end} >= ${port} tcp ${end} <= ${port} accept`),
  ),
  ...['sport', 'dport'].map((end) => `tcp ${end} >= 2379 tcp ${end} <= 2380 accept`),
  ...['sport', 'dport'].map((end) => `udp ${end} >= 546 udp ${end} <= 547 accept`),
  'meta nfproto ipv6 oifname != "podcloak_wg*" rt ipsec missing ip6 daddr @nodes6 drop',
].map((rule) => `${rule} comment "podcloak"`);
const MADE_BY_NFT = `table inet podcloak {
  set closed6 { type ipv6_addr; flags interval; elements = { fd10:2::/64 }; }
  set nodes6 { type ipv6_addr; flags interval; elements = { fd10:9::2 }; }
  chain postrouting {
    type nat hook postrouting priority 99; policy accept;
    meta nfproto ipv4 rt ipsec exists snat ip to ip saddr comment "podcloak"
    meta nfproto ipv6 rt ipsec exists snat ip6 to ip6 saddr comment "podcloak"
  };
  chain guard {
    type filter hook postrouting priority 200; policy accept;
    ${GUARD.join('\n')}
  };
}`;

labDescribe(
  'what is closed between nodes in the kernel of this machine',
  [NETWORK_NAMESPACE, NFT],
  () => {
    let leave: () => void;
    let socket: NetlinkSocket;

    beforeAll(async () => {
      leave = enterFreshNamespace();
      socket = await openNetlink('netfilter');
      await layWires();
      await ip('addr add fd00::1/128 dev lo');
      await ip('route add fd10::/16 dev eth9');
    });
    beforeEach(() => nft(JUDGE));
    afterEach(() => nft('flush ruleset'));
    afterAll(() => {
      socket.close();
      leave();
    });

    it('is what nft would have made, as nft reads it', async () => {
      await setClosed(socket, [PODS], NO_SOURCES, [PEER]);
      expect(await readGuard(socket)).toEqual({ isInForce: true, closed: [PODS], nodes: [PEER] });
      const ours = await ruleset();
      await nft(`flush ruleset; ${JUDGE}; ${MADE_BY_NFT}`);
      expect(ours).toEqual(await ruleset());
    });

    it('is dropped, but for WireGuard’s own packets and what is exempt, and but for other nodes', async () => {
      await setClosed(socket, [], NO_SOURCES, [PEER]);
      expect(await sendTo('fd10:9::2')).toBe('blocked');
      expect(await sendTo('fd10:9::3')).toBe('plain');
      expect(await sendTo('fd10:9::2', undefined, OUTER)).toBe('plain');
      expect(await sendTo('fd10:9::2', undefined, { ...OUTER, to: 53 })).toBe('blocked');
      expect(await sendTo('fd10:9::2', undefined, { from: 0, to: 547 })).toBe('plain');
    });

    it('opens nothing to pods: what is exempt between nodes is dropped there', async () => {
      await setClosed(socket, [PODS], NO_SOURCES, [PEER]);
      expect(await sendTo('fd10:2::5', undefined, OUTER)).toBe('blocked');
      expect(await sendTo('fd10:2::5', undefined, { from: 0, to: 547 })).toBe('blocked');
    });

    it('passes through a device of ours', async () => {
      await setClosed(socket, [], NO_SOURCES, [PEER]);
      await ip('route add fd10:9::/64 dev podcloak_wg9');
      expect(await sendTo('fd10:9::2')).toBe('wireguard');
      await ip('route del fd10:9::/64 dev podcloak_wg9');
      expect(await sendTo('fd10:9::2')).toBe('blocked');
    });

    it('changes in place, and is gone with the last node', async () => {
      await setClosed(socket, [], NO_SOURCES, [PEER]);
      const handle = await handleOf();
      await setClosed(socket, [PODS], NO_SOURCES, [PEER, NEXT]);
      expect(await readGuard(socket)).toMatchObject({ closed: [PODS], nodes: [PEER, NEXT] });
      await setClosed(socket, [], NO_SOURCES, [NEXT]);
      expect(await sendTo('fd10:9::2')).toBe('plain');
      expect(await handleOf()).toBe(handle);
      await setClosed(socket, [PODS]);
      expect(await readGuard(socket)).toEqual({ isInForce: true, closed: [PODS], nodes: [] });
      expect(await nft('list ruleset')).not.toContain('nodes6');
    });

    it.each([
      ['the rule that drops is gone', async () => dropRule(/@nodes6 drop/)],
      ['its set is emptied', () => nft('flush set inet podcloak nodes6')],
      ['a rule opens more', () => nft('insert rule inet podcloak guard accept')],
    ])('is put right by the next change where %s', async (_, spoil) => {
      await setClosed(socket, [PODS], NO_SOURCES, [PEER]);
      await spoil();
      await setClosed(socket, [PODS], NO_SOURCES, [PEER]);
      expect(await readGuard(socket)).toEqual({ isInForce: true, closed: [PODS], nodes: [PEER] });
      expect(await sendTo('fd10:9::2')).toBe('blocked');
    });

    it('stays closed over a restart, until somebody says what shall be', async () => {
      await setClosed(socket, [PODS], NO_SOURCES, [PEER]);
      expect(await isExemptionInstalled(socket)).toBe(true);
      await nft('add chain inet podcloak other');
      await installExemption(socket);
      const exemption = new Exemption(() => {});
      expect(await exemption.ensure()).toBeUndefined();
      expect(await exemption.closed6()).toEqual({ prefixes: [PODS], nodes: [PEER] });
      expect(await exemption.close6([PODS], [NEXT])).toBeUndefined();
      expect(await readGuard(socket)).toEqual({ isInForce: true, closed: [PODS], nodes: [NEXT] });
      exemption.close();
    });
  },
);

async function handleOf(): Promise<string | undefined> {
  return /table inet podcloak \{ # handle (\d+)/.exec(
    await nft('-a list table inet podcloak'),
  )?.[1];
}

async function dropRule(text: RegExp): Promise<string> {
  const listed = await nft('-a list chain inet podcloak guard');
  const line = listed.split('\n').find((one) => text.test(one)) ?? '';
  return nft(`delete rule inet podcloak guard handle ${/handle (\d+)/.exec(line)?.[1]}`);
}
