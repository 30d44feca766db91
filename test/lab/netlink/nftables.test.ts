import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import {
  EXEMPTION_EVENTS,
  type ExemptionEvent,
  ForeignTableError,
  installExemption,
  isExemptionInstalled,
  type NetlinkSocket,
  openNetlink,
  removeExemption,
  subscribe,
} from '../../../src/netlink/index.js';
import { batchOf } from '../../../src/netlink/nftables/batch.js';
import { newChain } from '../../../src/netlink/nftables/chain.js';
import { CHAINS } from '../../../src/netlink/nftables/desired.js';
import { newTable } from '../../../src/netlink/nftables/table.js';
import { labDescribe } from '../lab-describe.js';
import { enterFreshNamespace, NETWORK_NAMESPACE } from './namespace.js';
import { NFT, nft, ruleset, tableOfNft } from './nft.js';

/** Others of the same name in another family, and of another name with the same chain. */
const OTHERS = [
  'table ip podcloak { chain postrouting { type nat hook postrouting priority srcnat; masquerade; }; }',
  'table inet cni { set pods { type ipv4_addr; elements = { 10.1.2.3 }; }; chain postrouting { type nat hook postrouting priority srcnat; }; }',
].join('\n');

/** Our table as it should be, but for the first place where something else stands in it. */
function remade(what: string | RegExp, other: string, left: string | RegExp = ''): string {
  const table = tableOfNft().replace(what, other).replace(left, '');
  return `delete table inet podcloak; ${table}`;
}

labDescribe('our nftables table in the kernel of this machine', [NETWORK_NAMESPACE, NFT], () => {
  let leave: () => void;
  let socket: NetlinkSocket;

  beforeAll(async () => {
    leave = enterFreshNamespace();
    socket = await openNetlink('netfilter');
  });
  afterEach(() => nft('flush ruleset'));
  afterAll(() => {
    socket.close();
    leave();
  });

  it('is what nft would have made', async () => {
    await installExemption(socket);
    const ours = await ruleset();
    await nft('flush ruleset');
    await nft(tableOfNft());
    expect(ours).toEqual(await ruleset());
    expect(ours.map((one) => Object.keys(one)[0]).join(' ')).toBe(
      'table set chain chain rule rule rule',
    );
    expect(await isExemptionInstalled(socket)).toBe(true);
  });

  it('is made once: what is right stays as it is', async () => {
    expect(await isExemptionInstalled(socket)).toBe(false);
    await installExemption(socket);
    const first = await nft('-a list ruleset');
    await installExemption(socket);
    expect(await nft('-a list ruleset')).toBe(first);
    expect(await isExemptionInstalled(socket)).toBe(true);
  });

  it.each([
    ['all tables are flushed', 'flush ruleset'],
    ['its rules are gone', 'flush table inet podcloak'],
    ['a rule is added at its end', 'add rule inet podcloak postrouting accept'],
    ['a rule is put before the others', 'insert rule inet podcloak postrouting accept'],
    ['it is put to sleep', 'table inet podcloak { flags dormant; }'],
    ['a chain is added', 'add chain inet podcloak x { type filter hook input priority 0; }'],
    ['a set is added', 'add set inet podcloak s { type ipv4_addr; }'],
    ['its chain drops', 'chain inet podcloak postrouting { policy drop; }'],
    ['its set is of other addresses', remade('ipv6_addr', 'ether_addr', / ip6 daddr @closed6/)],
    ['its set forgets', remade('flags interval', 'flags interval, timeout')],
    ['a rule of it differs by a flag', remade('to ip saddr', 'to ip saddr random')],
    [
      'its rules stand in another order',
      remade(/(meta nfproto ipv4 rt.*)\n *(meta nfproto ipv6 rt.*)/, '$2\n$1'),
    ],
    ['its chain comes too late', remade('priority 99', 'priority 101')],
    ['its guard stands at another hook', remade('filter hook postrouting', 'filter hook output')],
    ['its guard comes before source NAT', remade('priority 200', 'priority 50')],
    ['its guard lets through', remade(' drop ', ' accept ')],
    ['its guard asks for other devices', remade('!= "podcloak_wg*"', '!= "podcloak_wg0"')],
    ['its guard drops what is encrypted', remade('ipsec missing', 'ipsec exists')],
    ['its guard drops all else', remade('ip6 daddr @', 'ip6 daddr != @')],
    ['its guard asks for the source', remade('daddr', 'saddr')],
  ])('is missed, and put back as it was, when %s', async (_, change) => {
    await installExemption(socket);
    const right = await ruleset();
    await nft(change);
    expect(await isExemptionInstalled(socket)).toBe(false);
    await installExemption(socket);
    expect(await isExemptionInstalled(socket)).toBe(true);
    expect(await ruleset()).toEqual(right);
  });

  it('is removed, and tables of others stay', async () => {
    await nft(OTHERS);
    const before = await nft('list ruleset');
    await removeExemption(socket);
    await installExemption(socket);
    expect(await nft('list ruleset')).not.toBe(before);
    await removeExemption(socket);
    expect(await nft('list ruleset')).toBe(before);
    expect(await isExemptionInstalled(socket)).toBe(false);
  });

  it('that is not ours is refused, and left alone', async () => {
    await nft(
      'table inet podcloak { chain input { type filter hook input priority 0; accept; }; }',
    );
    const before = await nft('-a list ruleset');
    await expect(installExemption(socket)).rejects.toBeInstanceOf(ForeignTableError);
    await removeExemption(socket);
    expect(await isExemptionInstalled(socket)).toBe(false);
    expect(await nft('-a list ruleset')).toBe(before);
  });

  it('is not changed by half when a change of it is refused', async () => {
    await installExemption(socket);
    const before = await nft('-a list ruleset');
    const base = { type: 'nonesuch', hook: 4, priority: 99, policy: 1 };
    const other = { table: 'other', name: 'postrouting' };
    const refused = socket.transact(
      batchOf([newTable('other'), newChain(other), newChain({ ...other, name: 'x', base })]),
    );
    await expect(refused).rejects.toMatchObject({ code: 'ENOENT', index: 2 });
    await expect(socket.transact(batchOf([newTable('podcloak')]))).rejects.toMatchObject({
      code: 'EEXIST',
      index: 0,
    });
    const elsewhere = CHAINS.map((chain) => newChain({ ...chain, table: 'x' }));
    await expect(socket.transact(batchOf(elsewhere))).rejects.toThrow();
    expect(await nft('-a list ruleset')).toBe(before);
  });

  it('can be made by many at once', async () => {
    const sockets = await Promise.all(Array.from({ length: 8 }, () => openNetlink('netfilter')));
    const change = (one: NetlinkSocket, index: number) =>
      index % 2 === 0 ? installExemption(one) : removeExemption(one);
    await Promise.all(sockets.map(change));
    await installExemption(socket);
    expect(await isExemptionInstalled(socket)).toBe(true);
    expect(await ruleset()).toHaveLength(7);
    for (const one of sockets) one.close();
  });

  it('tells when others touch it, and not of their own tables', async () => {
    await installExemption(socket);
    const heard: ExemptionEvent[] = [];
    const failed = vi.fn();
    const subscription = await subscribe(
      EXEMPTION_EVENTS,
      { event: (event) => void heard.push(event), lost: failed, broken: failed },
      { exceptOf: socket.portId },
    );
    await nft(OTHERS);
    await nft('delete table inet cni');
    await removeExemption(socket);
    await installExemption(socket);
    // The kernel's events come in their order: had it told of those, they were there by now.
    await nft('flush table inet podcloak');
    await vi.waitFor(() => expect(heard).toHaveLength(3));
    await installExemption(socket);
    await nft('flush ruleset');
    await vi.waitFor(() => expect(heard).toHaveLength(3 + 7));
    expect(new Set(heard.map(({ kind }) => kind))).toEqual(new Set(['exemption-touched']));
    await installExemption(socket);
    expect(await isExemptionInstalled(socket)).toBe(true);
    expect(failed).not.toHaveBeenCalled();
    subscription.close();
  });
});
