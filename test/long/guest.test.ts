import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Guest, guestNeeds, startGuest } from '../lab/kernel/guest.js';
import { labDescribe } from '../lab/lab-describe.js';

labDescribe('the kernel lab', guestNeeds, () => {
  let guest: Guest;
  beforeAll(async () => {
    guest = await startGuest();
  });
  afterAll(() => guest?.stop());

  it('runs another kernel than this machine, with ESP and WireGuard', async () => {
    const release = await guest.script('uname -r');
    await guest.script(`
      ip link add wg0 type wireguard
      ip xfrm state add src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x1001 reqid 1 mode tunnel \\
        aead 'rfc4106(gcm(aes))' 0x0102030405060708090a0b0c0d0e0f1011121314 128
    `);

    expect(release.trim()).toMatch(/-amd64$/);
    expect(await guest.script('ip xfrm state')).toContain('rfc4106(gcm(aes))');
  });

  it('tells a program’s code, output and error apart', async () => {
    const { code, stdout, stderr } = await guest.run('bash', ['-c', 'cat; echo bad >&2; exit 3'], {
      input: 'grüße\n',
    });

    expect({ code, stdout, stderr }).toEqual({ code: 3, stdout: 'grüße\n', stderr: 'bad\n' });
    expect((await guest.run('/nonexistent', [])).code).toBe(-1);
  });

  it('runs programs side by side and ends them with all that they started', async () => {
    const loop = guest.start('bash', ['-c', 'sleep 600 & echo started; wait']);
    await loop.prints(/started/);
    loop.signal('SIGKILL');

    expect((await loop.ended).code).toBe(-1);
    expect(await guest.script('pgrep -x sleep || echo none')).toBe('none\n');
  });

  it('cannot change this machine’s files', async () => {
    const file = new URL(import.meta.url).pathname;
    await guest.script(`echo x >>${file}; grep -c . ${file} >/dev/null`);

    const { readFileSync } = await import('node:fs');
    expect(readFileSync(file, 'utf8').endsWith('});\n')).toBe(true);
  });
});
