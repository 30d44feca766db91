import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { COMMAND } from '../../cli/podcloak.js';
import { labDescribe } from '../lab-describe.js';
import type { RunResult } from '../run.js';
import { type Guest, guestNeeds, startGuest } from './guest.js';
import { bundleForGuest, type GuestProgram } from './guest-program.js';

/** Ample for a few starts of Node under emulation. */
const PATIENCE = 600_000;

/** Others' SAs, policies, tables, devices and rules, some as much like ours as can be without being ours. */
const FOREIGN = `
  aead="aead rfc4106(gcm(aes)) 0x0102030405060708090a0b0c0d0e0f1011121314 128"
  ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x1001 reqid 1 mode tunnel $aead
  ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x30000009 reqid 0x50c00000 mode tunnel $aead
  ip xfrm policy add src 10.244.1.0/24 dst 10.244.2.0/24 dir out priority 900 \\
    tmpl src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x30000001 reqid 0x50c00002 mode tunnel
  ip xfrm policy add src 10.0.0.1 dst 10.0.0.2 proto udp dport 9987 dir out priority 7 action allow
  ip xfrm policy add src 10.9.0.0/16 dst 10.8.0.0/16 dir fwd priority 5 action block
  nft add table inet cni; nft add chain inet cni postrouting
  ip link add wg0 type wireguard; ip link set wg0 up
  ip rule add from all lookup 51871 priority 70 protocol static
  ip rule add fwmark 7 lookup 51871 priority 72 protocol 148
  ip route add 10.99.0.0/16 dev wg0 table 51871 protocol static
  ip route add 10.244.2.0/24 dev wg0 table 100 protocol 148
  echo 1 >/proc/sys/net/ipv4/conf/lo/rp_filter`;

/** An agent as far as its socket goes; it says so once it listens. */
const AGENT = `
  const server = require('node:http').createServer((_, response) => response.end('{}'));
  server.listen('/run/podcloak/agent.sock', () => console.log('listening'));`;

labDescribe('podcloak encrypt cleanup, in a kernel with ESP and WireGuard', guestNeeds, () => {
  let guest: Guest;
  let objects: GuestProgram;
  let rest: GuestProgram;
  beforeAll(async () => {
    objects = await bundleForGuest(new URL('./own-objects.ts', import.meta.url));
    rest = await bundleForGuest(new URL('./leave-behind.ts', import.meta.url));
    guest = await startGuest();
    await guest.script(
      'modprobe xfrm_user; modprobe esp4; modprobe nft_chain_nat; modprobe wireguard',
    );
  }, PATIENCE);
  afterAll(async () => {
    await guest?.stop();
    await objects?.remove();
    await rest?.remove();
  });

  /** All that any program has on the node. */
  const everything = () =>
    guest.script(`
      ip xfrm state; ip xfrm policy; nft list ruleset; ls -A /run/podcloak
      ip -s -s xfrm policy count | grep thresholds
      ip -br link; ip -4 rule; ip -6 rule; ip -4 route show table all; ip -6 route show table all
      grep . /proc/sys/net/ipv4/conf/lo/rp_filter`);
  const cleanup = (...within: string[]): Promise<RunResult> =>
    guest.run('env', [...within, process.execPath, COMMAND, 'encrypt', 'cleanup']);
  const agentsLeave = async (how = ''): Promise<void> => {
    await guest.script(
      `${process.execPath} ${objects.path}; ${process.execPath} ${rest.path} ${how}`,
    );
  };
  const thresholds = (v4: string, v6: string): string =>
    `\t SPD IPv4 thresholds: local ${v4}\n\t SPD IPv6 thresholds: local ${v6}`;

  let foreign: string;
  beforeEach(async () => {
    await guest.script(`
      ip xfrm state flush; ip xfrm policy flush; nft flush ruleset
      ip xfrm policy set hthresh4 32 32 hthresh6 128 128
      for device in wg0 podcloak_wg0 podcloak_wg1; do ip link del $device 2>/dev/null || true; done
      for table in 100 51871; do
        for version in -4 -6; do ip $version route flush table $table 2>/dev/null || true; done
      done
      for version in -4 -6; do
        while ip $version rule del priority 70 2>/dev/null; do :; done
        while ip $version rule del priority 72 2>/dev/null; do :; done
      done
      rm -rf /run/podcloak; mkdir -p /run/podcloak; ${FOREIGN}`);
    foreign = await everything();
  }, PATIENCE);

  it(
    'removes all of ours and nothing of others, and says so',
    async () => {
      await agentsLeave();
      await guest.script('cd /run/podcloak; touch agent.sock.17 state.json.next mine');
      expect(await everything()).toContain('table inet podcloak');

      expect(await cleanup()).toEqual({
        code: 0,
        stderr: '',
        stdout: [
          'Removed 8 XFRM policies and 4 XFRM states.',
          'Removed 2 rules and 4 routes of WireGuard.',
          'Removed the devices podcloak_wg0 and podcloak_wg1.',
          'Removed the nftables table inet podcloak.',
          'Set the hash thresholds of policies back to 20/22 (IPv4) and 56/60 (IPv6).',
          'Set net/ipv4/conf/lo/rp_filter back to 1.',
          'Removed /run/podcloak/agent.sock.17, /run/podcloak/state.json, /run/podcloak/state.json.next.',
          '',
        ].join('\n'),
      });
      const before = thresholds('20 remote 22', '56 remote 60');
      expect(await everything()).toBe(
        foreign.replace(thresholds('32 remote 32', '128 remote 128'), `mine\n${before}`),
      );

      expect(await cleanup()).toEqual({
        code: 0,
        stdout: 'Nothing of Podcloak was on this node.\n',
        stderr: '',
      });
    },
    PATIENCE,
  );

  it(
    'gives the thresholds the kernel’s own values where nothing remembers others',
    async () => {
      await agentsLeave('--no-memory');
      const { code, stdout } = await cleanup();

      expect(code).toBe(0);
      expect(stdout).toContain('back to 32/32 (IPv4) and 128/128 (IPv6).');
      // What a filter against the reverse path was nobody can tell.
      await guest.script('echo 1 >/proc/sys/net/ipv4/conf/lo/rp_filter');
      expect(await everything()).toBe(foreign);
    },
    PATIENCE,
  );

  it(
    'leaves the thresholds, a table and a device of our names on a node that was never ours',
    async () => {
      await guest.script(`
        ip xfrm policy set hthresh4 16 24
        nft add table inet podcloak; nft add chain inet podcloak theirs
        nft add rule inet podcloak theirs accept; rmdir /run/podcloak; mkdir /run/podcloak
        ip link add podcloak_wg0 type veth peer name podcloak_wg1`);
      const before = await everything();

      expect(await cleanup()).toMatchObject({
        code: 0,
        stdout: [
          'Left the device podcloak_wg0: it is none of ours.',
          'Left the device podcloak_wg1: it is none of ours.',
          'Left the nftables table inet podcloak: it is none of ours.',
          '',
        ].join('\n'),
      });
      expect(await everything()).toBe(before);
    },
    PATIENCE,
  );

  it(
    'refuses while an agent answers, and does its work once the agent is gone',
    async () => {
      await agentsLeave();
      const agent = guest.start(process.execPath, ['-e', AGENT]);
      await agent.prints(/listening/);
      const before = await everything();

      const refused = await cleanup();
      expect(refused).toMatchObject({ code: 2, stdout: '' });
      expect(refused.stderr).toContain('error PC448: an agent answers at /run/podcloak/agent.sock');
      expect(await everything()).toBe(before);

      // A socket that a killed agent left is none that answers.
      agent.signal('SIGKILL');
      await agent.ended;
      const done = await cleanup();
      expect(done).toMatchObject({ code: 0, stderr: '' });
      expect(done.stdout).toContain('Removed /run/podcloak/agent.sock, ');
    },
    PATIENCE,
  );

  it(
    'says that it needs the rights of the agent',
    async () => {
      await agentsLeave();
      const before = await everything();
      const { code, stderr } = await cleanup('setpriv', '--bounding-set=-net_admin');

      expect(code).toBe(2);
      expect(stderr).toContain('error PC428: EPERM');
      expect(await everything()).toBe(before);
    },
    PATIENCE,
  );
});
