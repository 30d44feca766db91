import { afterAll, beforeAll, expect, it } from 'vitest';
import { formatAddress, formatPrefix } from '../../../src/net/index.js';
import { type DesiredPeer, encodeKey, exportWireguardKey } from '../../../src/wireguard/index.js';
import { labDescribe } from '../lab-describe.js';
import { onPath, type Requirement } from '../tools.js';
import { type Guest, guestNeeds, startGuest } from './guest.js';
import { bundleForGuest, type GuestProgram } from './guest-program.js';
import { WISH } from './wireguard-wish.js';

const WG: Requirement = {
  name: 'wg',
  remedy: 'run test/lab/kernel/setup as root',
  lacking: () => (onPath('wg') === undefined ? 'not on PATH' : undefined),
};

labDescribe('a WireGuard device that we make', [...guestNeeds, WG], () => {
  let guest: Guest;
  let program: GuestProgram;
  beforeAll(async () => {
    program = await bundleForGuest(new URL('./wireguard-program.ts', import.meta.url));
    guest = await startGuest();
  });
  afterAll(async () => {
    await guest?.stop();
    await program?.remove();
  });

  /** What our program prints. */
  const ours = async (action: string): Promise<string> => {
    const { code, stdout, stderr } = await guest.run(process.execPath, [program.path, action]);
    if (code !== 0) throw new Error(stderr);
    return stdout.trim();
  };
  const theirs = async (): Promise<string[]> =>
    (await guest.script('wg show all dump')).trim().split('\n').map(inOrder);

  it('is, for wg, what was wished for, though it takes several messages', async () => {
    expect(Number(await ours('make'))).toBeGreaterThan(2);
    const [device, ...peers] = await theirs();
    const { keys, listenPort } = WISH;
    const secret = encodeKey(exportWireguardKey(keys));
    expect(device).toBe(`wg0\t${secret}\t${encodeKey(keys.publicKey)}\t${listenPort}\t0x10`);
    expect(peers.sort()).toEqual(WISH.peers.map(lineOf).sort());
  });

  it('takes no message when it is what was wished for', async () => {
    expect(await ours('settle')).toBe('0');
  });

  it('is put back when a foreign tool changed it, in one message', async () => {
    const before = (await theirs()).sort();
    const [one, two, three, four, five] = WISH.peers.map(({ publicKey }) => encodeKey(publicKey));
    await guest.script(`
      wg set wg0 listen-port 1234 fwmark 0
      wg set wg0 peer ${one} remove
      wg set wg0 peer ${two} preshared-key /dev/null persistent-keepalive 9
      wg set wg0 peer ${three} endpoint 192.0.2.77:1
      # Of the next peer, and one that nobody shall have.
      wg set wg0 peer ${four} allowed-ips 10.244.4.0/24,10.77.0.0/16
      wg set wg0 peer ${encodeKey(new Uint8Array(32).fill(9))} allowed-ips 10.78.0.0/16`);
    expect((await theirs()).sort()).not.toEqual(before);
    expect(await ours('settle')).toBe('1');
    expect((await theirs()).sort()).toEqual(before);
    expect(before.find((line) => line.includes(`${five}\t`))).toContain('10.244.4.0/24');
    expect(await ours('settle')).toBe('0');
  });

  it('has addresses, routes and rules around it, as iproute2 sees them, until they are removed', async () => {
    const around = () =>
      guest.script(`
        ip -o addr show dev wg0 | awk '{ print $3, $4 }'
        # A table that nothing was ever put in is an error.
        { ip route show table 1070; ip -6 route show table 1070; } 2>/dev/null || true
        ip rule; ip -6 rule`);
    const before = await around();
    await ours('direct');
    const added = (await around()).split('\n').filter((line) => !before.split('\n').includes(line));
    expect(added.map((line) => line.replace(/\s+/g, ' ').trim())).toEqual([
      'inet 192.0.2.9/32',
      'inet6 2001:db8::9/128',
      '10.244.1.0/24 dev wg0 scope link',
      'unreachable 10.244.1.0/24 metric 4278198272',
      'fd10:1::/64 dev wg0 metric 1024 pref medium',
      'unreachable fd10:1::/64 dev lo metric 4278198272 pref medium',
      '70: from all lookup 1070',
      '71: from 10.244.1.0/24 lookup 71',
      '70: from all lookup 1070',
      '71: from fd10:1::/64 lookup 71',
    ]);
    await ours('undirect');
    expect(await around()).toBe(before);
  });

  it('is told from a device of another kind, and from none', async () => {
    expect(await ours('refused')).toBe('lo EOPNOTSUPP\nnonesuch ENODEV');
  });

  it('is removed', async () => {
    await ours('remove');
    expect(await guest.script('wg show all dump')).toBe('');
  });
});

/** A peer as `wg show all dump` has it, before its first handshake. */
function lineOf(peer: DesiredPeer): string {
  const { publicKey, presharedKey, endpoint, persistentKeepalive, allowedIps } = peer;
  const host = endpoint && formatAddress(endpoint.address);
  return inOrder(
    [
      'wg0',
      encodeKey(publicKey),
      presharedKey === undefined ? '(none)' : encodeKey(presharedKey.export()),
      endpoint === undefined
        ? '(none)'
        : `${host?.includes(':') ? `[${host}]` : host}:${endpoint.port}`,
      allowedIps.length === 0 ? '(none)' : allowedIps.map(formatPrefix).join(','),
      '0\t0\t0',
      String(persistentKeepalive ?? 'off'),
    ].join('\t'),
  );
}

/** A line of the dump with the allowed IPs in one order: the kernel has none. */
function inOrder(line: string): string {
  return line
    .split('\t')
    .map((field) => field.split(',').sort().join(','))
    .join('\t');
}
