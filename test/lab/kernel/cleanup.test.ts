import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { COMMAND } from '../../cli/podcloak.js';
import { labDescribe } from '../lab-describe.js';
import type { RunResult } from '../run.js';
import { type Guest, guestNeeds, startGuest } from './guest.js';
import { bundleForGuest, type GuestProgram } from './guest-program.js';

/** Ample for a few starts of Node under emulation. */
const PATIENCE = 600_000;

/** Others' SAs, policies and tables, some as much like ours as can be without being ours. */
const FOREIGN = `
  aead="aead rfc4106(gcm(aes)) 0x0102030405060708090a0b0c0d0e0f1011121314 128"
  ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x1001 reqid 1 mode tunnel $aead
  ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x30000009 reqid 0x50c00000 mode tunnel $aead
  ip xfrm policy add src 10.244.1.0/24 dst 10.244.2.0/24 dir out priority 900 \\
    tmpl src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x30000001 reqid 0x50c00002 mode tunnel
  ip xfrm policy add src 10.0.0.1 dst 10.0.0.2 proto udp dport 9987 dir out priority 7 action allow
  ip xfrm policy add src 10.9.0.0/16 dst 10.8.0.0/16 dir fwd priority 5 action block
  nft add table inet cni; nft add chain inet cni postrouting`;

/** An agent as far as its socket goes; it says so once it listens. */
const AGENT = `
  const server = require('node:http').createServer((_, response) => response.end('{}'));
  server.listen('/run/podcloak/agent.sock', () => console.log('listening'));`;

labDescribe('podcloak encrypt cleanup, in a kernel with ESP', guestNeeds, () => {
  let guest: Guest;
  let objects: GuestProgram;
  let rest: GuestProgram;
  beforeAll(async () => {
    objects = await bundleForGuest(new URL('./own-objects.ts', import.meta.url));
    rest = await bundleForGuest(new URL('./leave-behind.ts', import.meta.url));
    guest = await startGuest();
    await guest.script('modprobe xfrm_user; modprobe esp4; modprobe nft_chain_nat');
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
      ip -s -s xfrm policy count | grep thresholds`);
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
          'Removed the nftables table inet podcloak.',
          'Set the hash thresholds of policies back to 20/22 (IPv4) and 56/60 (IPv6).',
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
      expect(await everything()).toBe(foreign);
    },
    PATIENCE,
  );

  it(
    'leaves the thresholds and a table of our name on a node that was never ours',
    async () => {
      await guest.script(`
        ip xfrm policy set hthresh4 16 24
        nft add table inet podcloak; nft add chain inet podcloak theirs
        nft add rule inet podcloak theirs accept; rmdir /run/podcloak; mkdir /run/podcloak`);
      const before = await everything();

      expect(await cleanup()).toMatchObject({
        code: 0,
        stdout: 'Left the nftables table inet podcloak: it is none of ours.\n',
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
