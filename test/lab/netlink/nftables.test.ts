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
import { CHAIN } from '../../../src/netlink/nftables/desired.js';
import { newTable } from '../../../src/netlink/nftables/table.js';
import { labDescribe } from '../lab-describe.js';
import { runOrThrow } from '../run.js';
import { onPath, type Requirement } from '../tools.js';
import { enterFreshNamespace, NETWORK_NAMESPACE } from './namespace.js';

const NFT: Requirement = {
  name: 'nft',
  remedy: 'install nftables',
  lacking: () => (onPath('nft') === undefined ? 'not on PATH' : undefined),
};
/** Others of the same name in another family, and of another name with the same chain. */
const OTHERS = [
  'table ip podcloak { chain postrouting { type nat hook postrouting priority srcnat; masquerade; }; }',
  'table inet cni { set pods { type ipv4_addr; elements = { 10.1.2.3 }; }; chain postrouting { type nat hook postrouting priority srcnat; }; }',
].join('\n');

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
    await nft(`table inet podcloak { chain postrouting {
      type nat hook postrouting priority 99; policy accept;
      meta nfproto ipv4 rt ipsec exists snat ip to ip saddr comment "podcloak"
      meta nfproto ipv6 rt ipsec exists snat ip6 to ip6 saddr comment "podcloak"
    }; }`);
    expect(ours).toEqual(await ruleset());
    expect(ours.map((one) => Object.keys(one)[0])).toEqual(['table', 'chain', 'rule', 'rule']);
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
    [
      'a rule of it differs by a flag',
      'flush table inet podcloak; add rule inet podcloak postrouting meta nfproto ipv4 rt ipsec exists snat ip to ip saddr random comment "podcloak"; add rule inet podcloak postrouting meta nfproto ipv6 rt ipsec exists snat ip6 to ip6 saddr comment "podcloak"',
    ],
    [
      'its rules stand in another order',
      'flush table inet podcloak; add rule inet podcloak postrouting meta nfproto ipv6 rt ipsec exists snat ip6 to ip6 saddr comment "podcloak"; add rule inet podcloak postrouting meta nfproto ipv4 rt ipsec exists snat ip to ip saddr comment "podcloak"',
    ],
    [
      'its chain comes too late',
      'delete chain inet podcloak postrouting; table inet podcloak { chain postrouting { type nat hook postrouting priority 101; meta nfproto ipv4 rt ipsec exists snat ip to ip saddr comment "podcloak"; }; }',
    ],
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
    await expect(socket.transact(batchOf([newChain({ ...CHAIN, table: 'x' })]))).rejects.toThrow();
    expect(await nft('-a list ruleset')).toBe(before);
  });

  it('can be made by many at once', async () => {
    const sockets = await Promise.all(Array.from({ length: 8 }, () => openNetlink('netfilter')));
    const change = (one: NetlinkSocket, index: number) =>
      index % 2 === 0 ? installExemption(one) : removeExemption(one);
    await Promise.all(sockets.map(change));
    await installExemption(socket);
    expect(await isExemptionInstalled(socket)).toBe(true);
    expect(await ruleset()).toHaveLength(4);
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
    await vi.waitFor(() => expect(heard).toHaveLength(2));
    await installExemption(socket);
    await nft('flush ruleset');
    await vi.waitFor(() => expect(heard).toHaveLength(6));
    expect(new Set(heard.map(({ kind }) => kind))).toEqual(new Set(['exemption-touched']));
    await installExemption(socket);
    expect(await isExemptionInstalled(socket)).toBe(true);
    expect(failed).not.toHaveBeenCalled();
    subscription.close();
  });
});

/** Runs nft with commands, or options and a command without spaces of its own. */
function nft(command: string): Promise<string> {
  return command.startsWith('-')
    ? runOrThrow('nft', command.split(' '))
    : runOrThrow('nft', ['-f', '-'], { input: command });
}

type Listed = Readonly<Record<string, Record<string, unknown>>>;

/** What is there, without the numbers that the kernel counts up. */
async function ruleset(): Promise<Listed[]> {
  const { nftables } = JSON.parse(await nft('-j list ruleset')) as { nftables: Listed[] };
  return nftables
    .filter((one) => !('metainfo' in one))
    .map((one) =>
      Object.fromEntries(Object.entries(one).map(([kind, { handle: _, ...rest }]) => [kind, rest])),
    );
}
