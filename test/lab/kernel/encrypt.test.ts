import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { keyHash, parseXfrmStat, XFRM_COUNTERS } from '../../../src/status/index.js';
import { COMMAND } from '../../cli/podcloak.js';
import { counting } from '../../unit/netlink/samples.js';
import { labDescribe } from '../lab-describe.js';
import type { RunResult } from '../run.js';
import { bundleForGuest } from './bundle.js';
import { type Guest, guestNeeds, startGuest } from './guest.js';

/** Ample for a few starts of Node under emulation. */
const PATIENCE = 180_000;

interface State {
  readonly encrypt: boolean;
  readonly src: string;
  readonly dst: string;
  readonly spi: number;
  readonly reqid: number;
  readonly aead_key?: string;
}

interface Dump {
  readonly states: readonly State[];
  readonly policies: readonly { readonly dir: string; readonly own: boolean }[];
}

/** Others' SAs and policies, some as much like ours as can be without being ours. */
const FOREIGN = `
  aead="aead rfc4106(gcm(aes)) 0x0102030405060708090a0b0c0d0e0f1011121314 128"
  ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x1001 reqid 1 mode tunnel $aead
  ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x30000009 reqid 0x50c00000 mode tunnel $aead
  ip xfrm state add src 10.0.0.2 dst 10.0.0.1 proto ah spi 0x30000002 reqid 0x50c00002 mode tunnel \\
    auth 'hmac(sha256)' 0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
  ip xfrm policy add src 10.244.1.0/24 dst 10.244.2.0/24 dir out priority 900 \\
    tmpl src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x30000001 reqid 0x50c00002 mode tunnel
  ip xfrm policy add src 10.9.0.0/16 dst 10.8.0.0/16 dir fwd priority 5 action block`;

labDescribe('the commands for a node, in a kernel with ESP', guestNeeds, () => {
  let guest: Guest;
  let install: Awaited<ReturnType<typeof bundleForGuest>>;
  beforeAll(async () => {
    install = await bundleForGuest('own-objects');
    guest = await startGuest();
    await guest.script(`
      modprobe xfrm_user; modprobe esp4; modprobe ah4
      ip addr add 10.0.0.1/24 dev lo; ip addr add 10.244.1.1/24 dev lo
      ip link add wire0 type dummy; ip link set wire0 addrgenmode none up
      ip route add 10.244.0.0/16 dev wire0 src 10.244.1.1
    `);
  }, PATIENCE);
  afterAll(async () => {
    install?.remove();
    await guest?.stop();
  });
  const begin = async (): Promise<void> => {
    await guest.script(`ip xfrm state flush; ip xfrm policy flush; ${FOREIGN}`);
    foreign = await everything();
    await guest.script(`${process.execPath} ${install.path}`);
  };

  let foreign: string;
  const everything = () => guest.script('ip xfrm state; ip xfrm policy');
  /** How much there is, by iproute2, which starts faster than Node: our SPIs, and all policies. */
  const left = async () => {
    const text = await everything();
    const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
    return {
      ofPeer2: count(/^\tproto esp spi 0x3000000[12] /gm),
      ofPeer3: count(/^\tproto esp spi 0x4000000[13] /gm),
      policies: count(/^\tdir /gm),
    };
  };
  const encrypt = (args: readonly string[], input = ''): Promise<RunResult> =>
    guest.run(process.execPath, [COMMAND, 'encrypt', ...args], { input });
  const dump = async (...args: string[]): Promise<Dump> =>
    JSON.parse((await encrypt(['dump-xfrm', '--policies', ...args])).stdout) as Dump;

  describe('dump-xfrm', () => {
    beforeAll(begin, PATIENCE);

    it(
      'prints our states in the shape of Cilium, with hashes for keys',
      async () => {
        const { code, stdout, stderr } = await encrypt(['dump-xfrm']);
        const states = JSON.parse(stdout) as State[];

        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        expect(states).toHaveLength(4);
        expect(states).toContainEqual({
          encrypt: true,
          src: '10.0.0.1',
          dst: '10.0.0.2',
          spi: 0x3000_0001,
          reqid: 0x50c0_0002,
          aead_alg: 'rfc4106(gcm(aes))',
          aead_key: keyHash(counting(20, 2)),
        });
        expect(states.filter((state) => state.encrypt).map(({ src }) => src)).toEqual([
          '10.0.0.1',
          '10.0.0.1',
        ]);
        // Neither a key nor half of one.
        for (const from of [2, 3, 102, 103]) {
          expect(stdout).not.toContain(Buffer.from(counting(8, from)).toString('hex'));
        }
      },
      PATIENCE,
    );

    it(
      'prints policies, and what is not ours, when asked to',
      async () => {
        const own = await dump();
        const all = await dump('--all');

        expect(own.policies).toHaveLength(7);
        expect(own.policies.every((policy) => policy.own)).toBe(true);
        expect(all.states).toHaveLength(7);
        expect(all.policies.filter((policy) => !policy.own)).toHaveLength(2);
        expect(JSON.stringify(all)).not.toContain('0102030405060708');
        // A foreign state's direction is told by its source.
        expect(all.states.find(({ spi }) => spi === 0x1001)?.encrypt).toBe(true);
        expect(all.states.find(({ spi }) => spi === 0x3000_0002)?.encrypt).toBe(false);
      },
      PATIENCE,
    );
  });

  describe('flush', () => {
    beforeEach(begin, PATIENCE);

    it(
      'deletes our states and keeps our policies, which then drop rather than let plaintext out',
      async () => {
        const asked = await encrypt(['flush'], 'n\n');
        expect(asked.stdout).toBe('Nothing was deleted.\n');
        expect(asked.stderr).toMatch(/Flushing 4 XFRM states drops .* \[y\/N\] $/);
        expect(await left()).toEqual({ ofPeer2: 2, ofPeer3: 2, policies: 9 });

        const { code, stdout, stderr } = await encrypt(['flush'], 'y\n');
        expect(code).toBe(0);
        expect(stdout).toBe('Deleted 4 XFRM states.\nDeleted 0 XFRM policies.\n');
        expect(stderr).toContain('warning PC433');
        expect(await left()).toEqual({ ofPeer2: 0, ofPeer3: 0, policies: 9 });

        const counter = async (): Promise<number> =>
          parseXfrmStat(await guest.script('cat /proc/net/xfrm_stat')).XfrmOutNoStates ?? 0;
        const sent = () => guest.script('cat /sys/class/net/wire0/statistics/tx_packets');
        const [before, packets] = [await counter(), await sent()];
        // It only makes the kernel count: nobody answers.
        await guest.script('ping -c 2 -W 1 -I 10.244.1.1 10.244.3.2 >/dev/null 2>&1 || true');
        expect(await counter()).toBeGreaterThan(before);
        expect(await sent()).toBe(packets);
      },
      PATIENCE,
    );

    it(
      'deletes only what fits both a key id or SPI and a node number',
      async () => {
        const lines = (states: number, policies: number) =>
          `Deleted ${states} XFRM states.\nDeleted ${policies} XFRM policies.\n`;

        expect((await encrypt(['flush', '-f', '--spi', '3', '--node-id', '3'])).stdout).toBe(
          lines(0, 0),
        );
        expect((await encrypt(['flush', '-f', '--spi', '0x40000001'])).stdout).toBe(lines(1, 0));
        expect(await left()).toEqual({ ofPeer2: 2, ofPeer3: 1, policies: 9 });
        expect((await encrypt(['flush', '-f', '--node-id', '0x3', '--policies'])).stdout).toBe(
          lines(1, 3),
        );
        expect(await left()).toEqual({ ofPeer2: 2, ofPeer3: 0, policies: 6 });
        const { stdout } = await encrypt(['flush', '-f', '--spi', '3', '-o', 'json']);
        expect(JSON.parse(stdout)).toEqual({
          outcome: 'deleted',
          deleted: { states: 2, policies: 0 },
          refused: { count: 0, reasons: [] },
        });
        expect(await left()).toEqual({ ofPeer2: 0, ofPeer3: 0, policies: 6 });
      },
      PATIENCE,
    );

    it(
      'deletes all of ours with --policies, and leaves what is not ours as it was',
      async () => {
        const { code, stdout } = await encrypt(['flush', '--force', '--policies']);

        expect({ code, stdout }).toEqual({
          code: 0,
          stdout: 'All XFRM states and policies have been deleted.\n',
        });
        expect(await everything()).toBe(foreign);
      },
      PATIENCE,
    );

    it(
      'says that it needs the rights of the agent',
      async () => {
        const { code, stdout, stderr } = await guest.run('setpriv', [
          '--bounding-set=-net_admin',
          ...[process.execPath, COMMAND, 'encrypt', 'flush', '-f'],
        ]);

        expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
        expect(stderr).toContain('error PC428: EPERM');
        expect(await left()).toEqual({ ofPeer2: 2, ofPeer3: 2, policies: 9 });
      },
      PATIENCE,
    );
  });

  it('has a hint for each counter of this kernel, in the kernel’s order', async () => {
    const names = Object.keys(parseXfrmStat(await guest.script('cat /proc/net/xfrm_stat')));

    expect(names.length).toBeGreaterThan(25);
    expect(Object.keys(XFRM_COUNTERS).filter((name) => names.includes(name))).toEqual(names);
  });
});
