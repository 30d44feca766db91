import { afterAll, beforeAll, expect, it } from 'vitest';
import { labDescribe } from '../lab-describe.js';
import { type Guest, guestNeeds, startGuest } from './guest.js';
import { bundleForGuest, type GuestProgram } from './guest-program.js';

labDescribe('a kernel that was booted without IPv6', guestNeeds, () => {
  let guest: Guest;
  let program: GuestProgram;
  beforeAll(async () => {
    program = await bundleForGuest(new URL('./no-ipv6-program.ts', import.meta.url));
    guest = await startGuest({ bootOption: 'ipv6.disable=1' });
  });
  afterAll(async () => {
    await guest?.stop();
    await program?.remove();
  });

  it('is read all the same, and each route of IPv4 once', async () => {
    await guest.script(`
      [ ! -e /proc/sys/net/ipv6 ]
      ip link add podcloak_wg0 type wireguard; ip link set podcloak_wg0 up
      ip route add 10.9.0.0/24 dev podcloak_wg0 table 51871 protocol 148
      ip rule add pref 70 lookup 51871 protocol 148`);
    const { code, stdout, stderr } = await guest.run(process.execPath, [program.path]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      devices: ['podcloak_wg0'],
      routes: ['10.9.0.0/24 table 51871'],
      rules: ['IPv4 70'],
      network: ['10.9.0.0/24 table 51871'],
    });
  });
});
