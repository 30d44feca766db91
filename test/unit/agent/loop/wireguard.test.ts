import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isDone, progressOf } from '../../../../src/rotation/progress.js';
import { bothRig } from './engines.js';
import { linesOf, pass, stopAll, twoNodes } from './two-nodes.js';

vi.mock('../../../../src/agent/probe-socket.js', async () => {
  const { AirSockets } = await import('./air.js');
  return { ProbeSockets: AirSockets };
});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  stopAll();
  vi.useRealTimers();
});

const ON_WG0 = [
  'podcloak_wg0 1',
  '10.244.2.0/24 51871 podcloak_wg0',
  '192.168.50.2/32 51872 podcloak_wg0',
  '10.244.2.0/24 51871 unreachable',
  '192.168.50.2/32 51872 unreachable',
  '192.168.50.2/32 51873 podcloak_wg0',
  'rule 69 IPv4',
  'rule 70 IPv4',
  'rule 71 IPv4',
];

describe('two agents that are to use WireGuard', () => {
  it('come to encrypt, and lead all through the device', async () => {
    const { api, one, two } = twoNodes(bothRig, 'wireguard');
    await pass(15);
    expect(await one.pairs()).toEqual(['n2 encrypted 3']);
    expect(await two.pairs()).toEqual(['n1 encrypted 3']);
    expect([one.agent.problems, two.agent.problems]).toEqual([[], []]);
    expect([api.spec('n1').phase, api.spec('n1').type]).toEqual(['Enforced', 'wireguard']);
    const found = one.rig.contents();
    expect(
      found.filter((text) => !text.includes(' allow') && !text.includes(' block')).sort(),
    ).toEqual([...ON_WG0].sort());
    expect(found.filter((text) => text.startsWith('SA'))).toEqual([]);
  });

  it('change nothing once all is as it should be, nor after a restart', async () => {
    const { one, two } = twoNodes(bothRig, 'wireguard');
    await pass(15);
    const before = (await one.agent.report()).kernelWrites;
    const key = two.rig.network?.device('podcloak_wg0')?.publicKey;
    await pass(600);
    expect((await one.agent.report()).kernelWrites).toBe(before);
    two.stop();
    two.start();
    await pass(30);
    expect((await two.agent.report()).kernelWrites).toBe(0);
    expect(two.rig.network?.device('podcloak_wg0')?.publicKey).toEqual(key);
    expect(await two.pairs()).toEqual(['n1 encrypted 3']);
  });

  it('stay on IPsec, encrypted, while the kernel of one has no WireGuard, and say why; and move once it has', async () => {
    const { api, one, two } = twoNodes(bothRig);
    await pass(15);
    if (two.rig.network === undefined) throw new Error('it has a network');
    two.rig.network.hasWireguard = false;
    api.configure({ 'encryption.type': 'wireguard' });
    await pass(60);
    for (let life = 0; life < 2; life += 1) {
      expect(await one.pairs()).toEqual(['n2 encrypted 3']);
      expect(await two.pairs()).toEqual(['n1 encrypted 3']);
      expect((await one.agent.report()).status.peers).toMatchObject([
        { cause: 'no-device', reason: expect.stringMatching(/^it stays on IPsec: /) },
      ]);
      expect(two.agent.problems.map(({ code }) => code)).toEqual(['PC734']);
      expect(two.rig.contents().filter((text) => text.startsWith('SA'))).toHaveLength(2);
      two.stop();
      two.start();
      await pass(60);
    }
    two.rig.network.hasWireguard = true;
    await pass(90);
    expect(one.rig.contents()).toContain('10.244.2.0/24 51871 podcloak_wg0');
    expect(await two.pairs()).toEqual(['n1 encrypted 3']);
    expect([one.agent.problems, two.agent.problems]).toEqual([[], []]);
    expect((await one.agent.report()).status.peers[0]?.reason).toBeUndefined();
  });

  it('rotate by a second device, and drop the first', async () => {
    const { one, two, setKeys } = twoNodes(bothRig, 'wireguard');
    await pass(15);
    setKeys(3, 4);
    await pass(30);
    expect(await one.pairs()).toEqual(['n2 encrypted 4']);
    expect(await two.pairs()).toEqual(['n1 encrypted 4']);
    expect(one.rig.contents()).toContain('10.244.2.0/24 51871 podcloak_wg1');
    setKeys(4);
    await pass(150);
    expect(one.rig.contents().filter((text) => text.startsWith('podcloak'))).toEqual([
      'podcloak_wg1 1',
    ]);
    expect((await one.agent.report()).status.keyIDs).toEqual([4]);
  });

  it('say that they are on a new key once data goes under it, and `keys rotate --wait` sees that', async () => {
    const { api, one, two, setKeys } = twoNodes(bothRig, 'wireguard');
    const progress = () => {
      const known = { nodes: ['n1', 'n2'], records: api.written };
      return progressOf(known, linesOf(3, 4), 'cluster-uid');
    };
    await pass(30);
    two.stop();
    setKeys(3, 4);
    await pass(90);
    // It has a device of the new line, and said so, and data goes under the old one.
    expect(one.rig.contents()).toContain('podcloak_wg1 0');
    expect(await one.pairs()).toEqual(['n2 encrypted 3']);
    expect(progress().nodes).toMatchObject([
      { node: 'n1', state: 'switching', confirmed: 0, why: '0 of 1 peers, waits for n2' },
      { node: 'n2', state: 'behind', why: 'has not read key id 4 yet (knows 3)' },
    ]);
    two.start();
    await pass(90);
    expect(one.rig.contents()).toContain('10.244.2.0/24 51871 podcloak_wg1');
    expect(progress().nodes).toMatchObject([
      { node: 'n1', state: 'done', peers: 1, confirmed: 1 },
      { node: 'n2', state: 'done', peers: 1, confirmed: 1 },
    ]);
    expect(isDone(progress())).toBe(true);
  });

  it('leave the device of a key that is revoked at once, for that of the line before', async () => {
    const { api, one, two, setKeys, revoke } = twoNodes(bothRig, 'wireguard');
    await pass(15);
    setKeys(3, 4);
    await pass(30);
    expect(await one.pairs()).toEqual(['n2 encrypted 4']);
    revoke(4, 3);
    await pass(15);
    expect(await one.pairs()).toEqual(['n2 encrypted 3']);
    expect(await two.pairs()).toEqual(['n1 encrypted 3']);
    expect(one.rig.contents()).toContain('10.244.2.0/24 51871 podcloak_wg0');
    expect(one.rig.contents().filter((text) => text.includes('podcloak_wg1'))).toEqual([]);
    expect(api.spec('n1')).toMatchObject({ wireguard: [{ generation: 1, keyID: 3 }] });
  });

  it('rotate again, onto the first device, while the line of before is gone at once', async () => {
    const { one, two, setKeys } = twoNodes(bothRig, 'wireguard');
    await pass(15);
    setKeys(4);
    await pass(150);
    setKeys(5);
    await pass(150);
    expect(await one.pairs()).toEqual(['n2 encrypted 5']);
    expect(await two.pairs()).toEqual(['n1 encrypted 5']);
    expect(one.rig.contents().filter((text) => text.startsWith('podcloak'))).toEqual([
      'podcloak_wg0 1',
    ]);
  });

  it('rotate again as `keys rotate` does: the line of before goes when the next one comes', async () => {
    const { one, two, setKeys } = twoNodes(bothRig, 'wireguard');
    await pass(15);
    setKeys(3, 4);
    await pass(30);
    setKeys(4, 5);
    await pass(150);
    expect(await one.pairs()).toEqual(['n2 encrypted 5']);
    expect(await two.pairs()).toEqual(['n1 encrypted 5']);
    expect(one.rig.contents()).toContain('10.244.2.0/24 51871 podcloak_wg0');
  });

  it('stay on the second of three lines, as there are two devices, until the first is gone', async () => {
    const { one, two, setKeys } = twoNodes(bothRig, 'wireguard');
    await pass(15);
    setKeys(3, 4);
    await pass(30);
    setKeys(3, 4, 5);
    await pass(150);
    expect(await one.pairs()).toEqual(['n2 encrypted 4']);
    expect(one.rig.contents()).toContain('10.244.2.0/24 51871 podcloak_wg1');
    setKeys(4, 5);
    await pass(150);
    expect(await one.pairs()).toEqual(['n2 encrypted 5']);
    expect(await two.pairs()).toEqual(['n1 encrypted 5']);
  });

  it.each([
    ['device', 'deleteDevice'],
    ['rules', 'deleteRules'],
    ['routes', 'deleteRoutes'],
  ] as const)('put back a %s that somebody deleted, with the same key', async (_, lose) => {
    const { one, two } = twoNodes(bothRig, 'wireguard');
    await pass(15);
    const before = [...one.rig.contents()].sort();
    const key = one.rig.network?.device('podcloak_wg0')?.publicKey;
    one.rig.network?.[lose]('podcloak_wg0');
    one.agent.kernelChanged();
    await pass(15);
    expect([...one.rig.contents()].sort()).toEqual(before);
    expect(one.rig.network?.device('podcloak_wg0')?.publicKey).toEqual(key);
    expect(await two.pairs()).toEqual(['n1 encrypted 3']);
  });

  it('move to IPsec and back', async () => {
    const { api, one, two } = twoNodes(bothRig, 'wireguard');
    await pass(15);
    api.configure({ 'encryption.type': 'ipsec' });
    await pass(150);
    expect(await one.pairs()).toEqual(['n2 encrypted 3']);
    expect(one.rig.contents().filter((text) => text.startsWith('SA'))).toHaveLength(2);
    expect(one.rig.contents().filter((text) => /podcloak|rule|5187/.test(text))).toEqual([]);
    api.configure({ 'encryption.type': 'wireguard' });
    await pass(150);
    expect(await two.pairs()).toEqual(['n1 encrypted 3']);
    expect(two.rig.contents().filter((text) => text.startsWith('SA'))).toEqual([]);
    expect(two.rig.contents()).toContain('podcloak_wg0 1');
  });

  it('walk back when encryption is disabled, and leave nothing', async () => {
    const { api, one, two } = twoNodes(bothRig, 'wireguard');
    one.rig.network?.settings.set('net/ipv4/conf/eth0/rp_filter', '1');
    await pass(15);
    api.configure({ 'encryption.enabled': 'false' });
    await pass(60);
    expect([one.rig.contents(), two.rig.contents()]).toEqual([[], []]);
    expect(api.spec('n1').phase).toBe('Disabled');
    expect((await one.agent.report()).status.mode).toBe('Disabled');
    expect(one.rig.network?.settings.get('net/ipv4/conf/eth0/rp_filter')).toBe('1');
    expect(one.rig.network?.log).toContain('net/ipv4/conf/eth0/rp_filter=2');
    api.configure({ 'encryption.enabled': 'true' });
    await pass(60);
    expect(await one.pairs()).toEqual(['n2 encrypted 3']);
  });
});
