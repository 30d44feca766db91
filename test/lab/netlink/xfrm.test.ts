import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  deletePolicy,
  deleteSa,
  dumpPolicies,
  dumpSas,
  getPolicy,
  getSa,
  getSpdInfo,
  isLarval,
  type NetlinkSocket,
  NO_LIMITS,
  newPolicy,
  newSa,
  openNetlink,
  type Policy,
  setSpdThresholds,
  updatePolicy,
} from '../../../src/netlink/index.js';
import {
  address,
  counting,
  GCM_SA,
  OUT_POLICY,
  REALM,
  selector,
  UDP_SELECTOR,
} from '../../unit/netlink/samples.js';
import { labDescribe } from '../lab-describe.js';
import { run } from '../run.js';
import { enterFreshNamespace, ip, NETWORK_NAMESPACE } from './namespace.js';

const OWNER = 0x706f6463;
const MARKED: Policy = { ...OUT_POLICY, selector: { ...OUT_POLICY.selector, user: OWNER } };

labDescribe('XFRM in the kernel of this machine', [NETWORK_NAMESPACE], () => {
  let leave: () => void;
  let socket: NetlinkSocket;

  beforeAll(async () => {
    leave = enterFreshNamespace();
    socket = await openNetlink('xfrm');
  });
  beforeEach(() => ip('xfrm policy flush'));
  afterEach(() => ip('xfrm state flush'));
  afterAll(() => {
    socket.close();
    leave();
  });

  it('has the policies that we add, as iproute2 sees them', async () => {
    const masked = {
      ...MARKED,
      ...REALM,
      direction: 'in' as const,
      selector: { ...UDP_SELECTOR, sourcePort: { port: 2, mask: 6 } },
    };
    expect(await socket.request([newPolicy(MARKED), newPolicy(masked)])).toEqual([
      undefined,
      undefined,
    ]);
    const text = await ip('-s xfrm policy list');
    expect(text).toContain('src 10.244.1.0/24 dst 10.244.2.0/24 uid 1886348387');
    expect(text).toMatch(/dir out action allow index \d+ priority 100 /);
    expect(text).toContain('tmpl src 10.0.0.1 dst 10.0.0.2');
    expect(text).toMatch(/proto esp spi 0x31234567\(\d+\) reqid 17\(0x00000011\) mode tunnel/);
    expect(text).toContain('proto udp sport 2 dport 5353');
    expect(text).toContain('mark 0x10/0xff');
    expect(text).toContain('if_id 0x7');
    // iproute2 knows no port masks.
    const ports = (await socket.dump(dumpPolicies())).map((one) => one.selector.sourcePort);
    expect(ports).toContainEqual({ port: 2, mask: 6 });
  });

  it('shows us the policies that iproute2 adds', async () => {
    await ip(
      'xfrm policy add src 10.244.1.0/24 dst 10.244.2.0/24 dir out priority 100 ' +
        'tmpl src 10.0.0.1 dst 10.0.0.2 proto esp spi 0x31234567 reqid 17 mode tunnel',
    );
    const policies = await socket.dump(dumpPolicies());
    expect(policies).toEqual([expect.objectContaining({ ...OUT_POLICY, limits: NO_LIMITS })]);
    expect(await socket.get(getPolicy(OUT_POLICY))).toEqual(policies[0]);
  });

  it('keeps the owner mark, and takes it for a part of the identity', async () => {
    await socket.request([newPolicy(OUT_POLICY), newPolicy(MARKED)]);
    const users = async () =>
      (await socket.dump(dumpPolicies())).map((one) => one.selector.user).sort();
    expect(await users()).toEqual([0, OWNER]);
    await socket.request([deletePolicy(MARKED)]);
    expect(await users()).toEqual([0]);
  });

  it('updates a policy in its place', async () => {
    await socket.request([newPolicy(MARKED), updatePolicy({ ...MARKED, priority: 7 })]);
    const policies = await socket.dump(dumpPolicies());
    expect(policies.map(({ priority }) => priority)).toEqual([7]);
  });

  it('says which request it refused and why, and does the others', async () => {
    const wide = { ...MARKED.selector.source, length: 200 };
    const outcomes = await socket.request([
      newPolicy(MARKED),
      newPolicy({ ...MARKED, priority: 1 }),
      deletePolicy(OUT_POLICY),
      newPolicy({ ...MARKED, selector: { ...MARKED.selector, source: wide } }),
      newPolicy({ ...MARKED, direction: 'fwd' }),
    ]);
    expect(outcomes.map((outcome) => outcome && [outcome.index, outcome.code])).toEqual([
      undefined,
      [1, 'EEXIST'],
      [2, 'ENOENT'],
      [3, 'EINVAL'],
      undefined,
    ]);
    expect(await socket.dump(dumpPolicies())).toHaveLength(2);
    await expect(socket.get(getPolicy(OUT_POLICY))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('dumps more policies than fit a datagram', async () => {
    const many = Array.from({ length: 3000 }, (_, index) =>
      newPolicy({
        ...MARKED,
        selector: selector('10.0.0.0/8', `11.${index >> 8}.${index & 255}.0/24`),
      }),
    );
    expect((await socket.request(many)).filter((outcome) => outcome !== undefined)).toEqual([]);
    const policies = await socket.dump(dumpPolicies());
    expect(new Set(policies.map(({ index }) => index)).size).toBe(3000);
  });

  it('hashes policies by the thresholds that we set', async () => {
    const before = await socket.get(getSpdInfo());
    await socket.request([setSpdThresholds({ ipv4: { localBits: 16, remoteBits: 24 } })]);
    const after = await socket.get(getSpdInfo());
    expect(after).toEqual({ ...before, ipv4: { localBits: 16, remoteBits: 24 } });
    expect(await ip('-s -s xfrm policy count')).toMatch(/IPv4 thresholds.*16.*24/is);
  });

  it('shows us larval SAs, which we can delete', async () => {
    await ip(
      'xfrm state allocspi src 10.0.0.1 dst 10.0.0.2 proto esp mode tunnel reqid 9 ' +
        'min 0x100 max 0x100',
    );
    const [larval, ...others] = await socket.dump(dumpSas());
    expect(others).toEqual([]);
    expect(larval).toMatchObject({ spi: 0x100, reqid: 9, source: address('10.0.0.1') });
    expect(larval && isLarval(larval)).toBe(true);
    const id = { ...GCM_SA, spi: 0x100 };
    expect(await socket.get(getSa(id))).toEqual(larval);
    expect(await socket.request([deleteSa(id), deleteSa(id)])).toEqual([
      undefined,
      expect.objectContaining({ code: 'ESRCH', index: 1 }),
    ]);
  });

  it('adds our SAs where iproute2 can add the same, and else says why not', async () => {
    const { aead: _, ...rest } = GCM_SA;
    const sa = {
      ...rest,
      auth: { name: 'hmac(sha256)', key: counting(32), icvBits: 128 },
      crypt: { name: 'cbc(aes)', key: counting(16, 0xf0) },
    };
    const hex = (bytes: Uint8Array) => `0x${Buffer.from(bytes).toString('hex')}`;
    const theirs = await run('ip', [
      ...'xfrm state add src 10.0.0.1 dst 10.0.0.3 proto esp spi 0x31234567 reqid 17'.split(' '),
      ...'mode tunnel replay-window 1024 flag esn'.split(' '),
      ...['auth-trunc', sa.auth.name, hex(sa.auth.key), '128'],
      ...['enc', sa.crypt.name, hex(sa.crypt.key)],
    ]);
    const [refused] = await socket.request([newSa(sa)]);
    if (theirs.code !== 0) {
      expect(refused?.text).not.toBe('');
      expect(theirs.stderr).toContain(refused?.text);
      return;
    }
    expect(refused).toBeUndefined();
    const found = await socket.dump(dumpSas());
    expect(found).toHaveLength(2);
    for (const one of found) {
      const { destination: _destination, replay: _replay, ...expected } = sa;
      expect(one).toMatchObject({ ...expected, replay: { window: 1024 }, limits: NO_LIMITS });
      expect(isLarval(one)).toBe(false);
    }
  });
});
