import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Exemption } from '../../../src/engine/ipsec/index.js';
import { formatPrefix } from '../../../src/net/index.js';
import {
  EXEMPTION_EVENTS,
  ForeignTableError,
  installExemption,
  type NetlinkSocket,
  openNetlink,
  readGuard,
  removeExemption,
  setClosed,
  subscribe,
} from '../../../src/netlink/index.js';
import { batchOf } from '../../../src/netlink/nftables/batch.js';
import { packInet } from '../../../src/netlink/nftables/message.js';
import { FLAG, type NetlinkRequest } from '../../../src/netlink/wire/message.js';
import { prefix } from '../../unit/netlink/samples.js';
import { labDescribe } from '../lab-describe.js';
import { runOrThrow } from '../run.js';
import { enterFreshNamespace, ip, NETWORK_NAMESPACE } from './namespace.js';
import { NFT, nft, ruleset, tableOfNft } from './nft.js';
import { counters, judge, layWires, sendTo } from './wires.js';

const ONE = prefix('fd10:2::/64');
const TWO = prefix('fd10:2:0:1::/64');
const BOTH = prefix('fd10:2::/63');
const LAST = prefix('ffff:ffff:ffff:ff00::/56');
const MANY = Array.from({ length: 5000 }, (_, index) => prefix(`fd20:${index.toString(16)}::/64`));

const JUDGE = judge({
  plain: ['eth9p', 'ip6 daddr fd10::/16'],
  wireguard: ['wg9p', 'ip6 daddr fd10::/16'],
});

labDescribe('what is closed in the kernel of this machine', [NETWORK_NAMESPACE, NFT], () => {
  let leave: () => void;
  let socket: NetlinkSocket;

  beforeAll(async () => {
    leave = enterFreshNamespace();
    socket = await openNetlink('netfilter');
    await layWires();
    await ip('addr add fd00::1/128 dev lo');
    await ip('route add fd10::/16 dev eth9');
    await ip('-6 route add default dev eth9 table 77');
    await ip('-6 rule add fwmark 7 lookup 77');
  });
  beforeEach(() => nft(JUDGE));
  afterEach(() => nft('flush ruleset'));
  afterAll(() => {
    socket.close();
    leave();
  });

  const through = async (device: string, work: () => Promise<void>): Promise<void> => {
    await ip(`route add fd10:2::/48 dev ${device}`);
    await work().finally(() => ip(`route del fd10:2::/48 dev ${device}`));
  };

  describe('for packets', () => {
    it('is dropped from then on, neighbours and all else pass, and passes when it is opened', async () => {
      await installExemption(socket);
      expect(await sendTo('fd10:2::5')).toBe('plain');
      await setClosed(socket, [ONE]);
      expect(await sendTo('fd10:2::5')).toBe('blocked');
      expect(await sendTo('fd10:2:0:1::5')).toBe('plain');
      await setClosed(socket, [ONE, TWO]);
      expect(await sendTo('fd10:2::5')).toBe('blocked');
      expect(await sendTo('fd10:2:0:1::')).toBe('blocked');
      await setClosed(socket, [TWO]);
      expect(await sendTo('fd10:2::ffff:ffff:ffff:ffff')).toBe('plain');
      expect(await sendTo('fd10:2:0:1::')).toBe('blocked');
      expect(await sendTo('fd10:2:0:1:ffff:ffff:ffff:ffff')).toBe('blocked');
      expect(await sendTo('fd10:2:0:2::')).toBe('plain');
      await setClosed(socket, []);
      expect(await sendTo('fd10:2:0:1::')).toBe('plain');
    });

    it('passes through a WireGuard device of ours, and is dropped when the route is gone', async () => {
      await setClosed(socket, [ONE]);
      await through('podcloak_wg9', async () => {
        expect(await sendTo('fd10:2::5')).toBe('wireguard');
      });
      expect(await sendTo('fd10:2::5')).toBe('blocked');
    });

    it('is dropped when a mark takes it off the device', async () => {
      await setClosed(socket, [ONE]);
      await nft(`table inet other { chain output {
        type route hook output priority -150; ip6 daddr fd10:2::7 meta mark set 7; }; }`);
      await through('podcloak_wg9', async () => {
        expect(await sendTo('fd10:2::5')).toBe('wireguard');
        expect(await sendTo('fd10:2::7')).toBe('blocked');
      });
    });

    it('passes when a service’s address leads to it, which has a route of its own', async () => {
      await setClosed(socket, [ONE]);
      await nft(`table inet other { chain output {
        type nat hook output priority -100; ip6 daddr fd10:ffff::1 dnat ip6 to fd10:2::7; }; }`);
      expect(await sendTo('fd10:ffff::2')).toBe('plain');
      await through('podcloak_wg9', async () => {
        expect(await sendTo('fd10:ffff::1')).toBe('wireguard');
      });
      expect(await sendTo('fd10:ffff::1')).toBe('blocked');
    });

    it('stays closed to every packet while neighbours come and go', async () => {
      await setClosed(socket, [TWO]);
      const { plain: before } = await counters();
      const flood = runOrThrow(process.execPath, ['-e', FLOOD, 'fd10:2:0:1::5']);
      for (let round = 0; round < 200; round += 1) {
        await setClosed(socket, [ONE, TWO, prefix('fd10:2:0:2::/64')]);
        await setClosed(socket, [TWO]);
      }
      expect(Number(await flood)).toBeGreaterThan(1000);
      expect((await counters()).plain).toBe(before);
    });
  });

  describe('for readers', () => {
    it('is what nft would have made', async () => {
      await setClosed(socket, [LAST, TWO, ONE]);
      const ours = await ruleset();
      const guard = await readGuard(socket);
      await nft(`flush ruleset; ${JUDGE}; ${tableOfNft(ELEMENTS)}`);
      expect(ours).toEqual(await ruleset());
      // Also where nft has put an end at :: before all others.
      expect(await readGuard(socket)).toEqual(guard);
      expect(guard).toEqual({ isInForce: true, closed: [ONE, TWO, LAST], nodes: [] });
    });

    it('is nothing where there is no table, and none is made to close nothing', async () => {
      await setClosed(socket, []);
      expect(await readGuard(socket)).toMatchObject({ isInForce: false, closed: [] });
      expect(await nft('list tables')).toBe('table netdev judge\n');
    });

    it('is as many prefixes as a large cluster has, and nothing again', async () => {
      await setClosed(socket, [ONE]);
      const handle = await handleOf();
      await setClosed(socket, [...MANY, ONE]);
      const { isInForce, closed } = await readGuard(socket);
      expect(isInForce).toBe(true);
      expect(closed.map(formatPrefix)).toEqual([ONE, ...MANY].map(formatPrefix));
      expect(await elements()).toHaveLength(MANY.length + 1);
      await setClosed(socket, []);
      expect(await elements()).toEqual([]);
      expect(await handleOf()).toBe(handle);
      await nft('flush ruleset');
      await setClosed(socket, MANY);
      expect((await readGuard(socket)).closed).toHaveLength(MANY.length);
    });
  });

  describe('when others were at it', () => {
    const closed = [ONE, TWO, LAST];
    beforeEach(() => setClosed(socket, closed));

    it.each([
      [
        'an element is deleted',
        'delete element inet podcloak closed6 { fd10:2:0:1::/64 }',
        [ONE, LAST],
      ],
      ['all elements are', 'flush set inet podcloak closed6', []],
      [
        'one is added',
        'add element inet podcloak closed6 { fd10:3::/64 }',
        [ONE, TWO, prefix('fd10:3::/64'), LAST],
      ],
      [
        'what is added is no prefix',
        'add element inet podcloak closed6 { fd10:3::1-fd10:3::6 }',
        closed,
      ],
    ])('and %s: it is seen, and put right in place', async (_, change, found) => {
      const handle = await handleOf();
      await nft(change);
      expect(await readGuard(socket)).toMatchObject({ isInForce: true, closed: found });
      await setClosed(socket, closed);
      expect(await readGuard(socket)).toMatchObject({ isInForce: true, closed });
      expect(await elements()).toHaveLength(3);
      expect(await handleOf()).toBe(handle);
    });

    it('and what nobody has asked to change stays as they made it', async () => {
      await nft('flush set inet podcloak closed6');
      await installExemption(socket);
      expect((await readGuard(socket)).closed).toEqual([]);
    });

    it.each([
      ['a rule is added', 'add rule inet podcloak guard accept'],
      ['the guard is gone', 'delete chain inet podcloak guard'],
      ['the rules are gone', 'flush table inet podcloak'],
      ['it is put to sleep', 'table inet podcloak { flags dormant; }'],
    ])('and %s: the table is made anew with all that was closed', async (_, change) => {
      await nft(change);
      expect(await readGuard(socket)).toMatchObject({ isInForce: false, closed });
      await installExemption(socket);
      expect(await readGuard(socket)).toMatchObject({ isInForce: true, closed });
      expect(await sendTo('fd10:2::5')).toBe('blocked');
    });

    it('and the set is full, which no change in place can mend: it is made anew', async () => {
      await nft(`delete table inet podcloak; ${tableOfNft(`size 6; ${ELEMENTS}`)}`);
      const handle = await handleOf();
      const wished = [...MANY.slice(0, 10), LAST];
      await setClosed(socket, wished);
      expect(await readGuard(socket)).toMatchObject({ isInForce: true, closed: wished });
      expect(await handleOf()).not.toBe(handle);
    });

    it('and a key stands for all others: it is made anew', async () => {
      await socket.transact(batchOf([closeAll()]));
      expect(await sendTo('fd10:4::5')).toBe('blocked');
      const handle = await handleOf();
      await setClosed(socket, closed);
      expect(await handleOf()).not.toBe(handle);
      expect(await sendTo('fd10:4::5')).toBe('plain');
      expect(await sendTo('fd10:2::5')).toBe('blocked');
    });

    it('and another shape is wished for, that is made in place, too', async () => {
      const handle = await handleOf();
      await setClosed(socket, [BOTH]);
      expect((await readGuard(socket)).closed).toEqual([BOTH]);
      await setClosed(socket, [TWO]);
      expect((await readGuard(socket)).closed).toEqual([TWO]);
      expect(await handleOf()).toBe(handle);
    });

    it('and the table is theirs: it is refused, and left alone', async () => {
      await nft(`delete table inet podcloak
        table inet podcloak { chain x { type filter hook input priority 0; accept; }; }`);
      const before = await nft('-a list ruleset');
      await expect(setClosed(socket, closed)).rejects.toBeInstanceOf(ForeignTableError);
      expect(await nft('-a list ruleset')).toBe(before);
    });
  });

  describe('for the engine', () => {
    const changed = vi.fn();
    let exemption: Exemption;
    beforeEach(() => {
      changed.mockClear();
      exemption = new Exemption(changed);
    });
    afterEach(() => exemption.close());

    it('is closed and opened without a word where it is so already', async () => {
      expect(await exemption.ensure()).toBeUndefined();
      expect(await exemption.close6([ONE, TWO])).toBeUndefined();
      expect(await sendTo('fd10:2::5')).toBe('blocked');
      const heard = vi.fn();
      const all = { event: heard, lost: heard, broken: heard };
      const subscription = await subscribe(EXEMPTION_EVENTS, all);
      expect(await exemption.close6([ONE, TWO])).toBeUndefined();
      expect(await exemption.close6([TWO, ONE])).toBeUndefined();
      expect(await exemption.ensure()).toBeUndefined();
      expect(await exemption.close6([])).toBeUndefined();
      // The kernel's events come in their order: these of the last change are the first that it tells.
      await vi.waitFor(() => expect(heard).toHaveBeenCalledTimes(4));
      subscription.close();
      expect(await sendTo('fd10:2::5')).toBe('plain');
      expect(changed).not.toHaveBeenCalled();
    });

    it('is put back when others have touched it, by either of the two', async () => {
      await exemption.ensure();
      await exemption.close6([ONE, TWO]);
      await nft('delete element inet podcloak closed6 { fd10:2::/64 }');
      await vi.waitFor(() => expect(changed).toHaveBeenCalled());
      await exemption.ensure();
      expect(await readGuard(socket)).toMatchObject({ isInForce: true, closed: [ONE, TWO] });
      changed.mockClear();
      await nft('delete table inet podcloak');
      await vi.waitFor(() => expect(changed).toHaveBeenCalled());
      await exemption.close6([ONE, TWO]);
      expect(await readGuard(socket)).toMatchObject({ isInForce: true, closed: [ONE, TWO] });
    });

    it('stays closed over a restart, until somebody says what shall be', async () => {
      await exemption.close6([ONE]);
      const next = new Exemption(changed);
      await next.ensure();
      expect((await readGuard(socket)).closed).toEqual([ONE]);
      await next.close6([]);
      next.close();
      expect(await readGuard(socket)).toMatchObject({ isInForce: true, closed: [] });
    });

    it('is open when the table is removed, and none comes back to close nothing', async () => {
      await exemption.close6([ONE]);
      await exemption.remove();
      expect(await sendTo('fd10:2::5')).toBe('plain');
      await exemption.close6([]);
      expect(await readGuard(socket)).toMatchObject({ isInForce: false, closed: [] });
      await exemption.close6([ONE]);
      expect(await sendTo('fd10:2::5')).toBe('blocked');
      await exemption.remove();
      expect(await nft('list tables')).toBe('table netdev judge\n');
    });

    it('is done one after another when all is asked at once', async () => {
      await Promise.all([
        exemption.close6([ONE]),
        exemption.remove(),
        exemption.ensure(),
        exemption.close6([TWO]),
        exemption.ensure(),
      ]);
      expect(await readGuard(socket)).toMatchObject({ isInForce: true, closed: [TWO] });
    });

    it('is said not to be so while a table of others is in the way, and tried again', async () => {
      await nft('table inet podcloak { chain x { type filter hook input priority 0; accept; }; }');
      expect(await exemption.close6([ONE])).toMatchObject({ code: 'PC736' });
      expect(await exemption.close6([ONE])).toMatchObject({ code: 'PC736' });
      await nft('delete table inet podcloak');
      expect(await exemption.ensure()).toBeUndefined();
      expect(await readGuard(socket)).toMatchObject({ isInForce: true, closed: [ONE] });
    });
  });

  /** Of the table: another one if it was made anew. */
  const handleOf = async (): Promise<string> =>
    /table inet podcloak .*# handle (\d+)/.exec(await nft('-a list ruleset'))?.[1] ?? 'none';

  it('leaves nothing behind when the table is removed', async () => {
    await setClosed(socket, MANY);
    await removeExemption(socket);
    expect(await nft('list tables')).toBe('table netdev judge\n');
  });
});

const ELEMENTS = 'elements = { fd10:2::/64, fd10:2:0:1::/64, ffff:ffff:ffff:ff00::/56 }';

/** As nft 1.0.6 cannot say it of such a set: NFT_MSG_NEWSETELEM of one with NFT_SET_ELEM_CATCHALL. */
function closeAll(): NetlinkRequest {
  const body = packInet((writer) => {
    writer.attributeText(1, 'podcloak');
    writer.attributeText(2, 'closed6');
    writer.nested(3, () => writer.nested(1, () => writer.attributeBe32(3, 2)));
  });
  return { type: 0x0a0c, flags: FLAG.request | FLAG.create, body };
}

/** Sends as fast as it can for two seconds; prints how many were refused. */
const FLOOD = `
  const socket = require('node:dgram').createSocket('udp6');
  const until = Date.now() + 2000;
  let refused = 0;
  let waiting = 0;
  const more = () => {
    for (let count = 0; count < 100; count += 1) {
      waiting += 1;
      socket.send('x', 9, process.argv[1], (error) => {
        refused += error?.code === 'EPERM' ? 1 : 0;
        waiting -= 1;
        if (waiting > 0) return;
        if (Date.now() < until) more();
        else { console.log(refused); socket.close(); }
      });
    }
  };
  more();`;

/** Of the set, as nft shows them. */
async function elements(): Promise<unknown[]> {
  const set = (await ruleset()).find((one) => 'set' in one)?.set;
  const found = set?.elem;
  return Array.isArray(found) ? found : [];
}
