import { describe, expect, it } from 'vitest';
import { bypassingCni, exemptDevices } from '../../../src/agent/bypasses.js';
import type { Link } from '../../../src/netlink/index.js';

const IFF_LOOPBACK = 8;
const link = (name: string, change: Partial<Link> = {}): Link =>
  ({ index: 1, name, flags: 0, ...change }) as Link;

/** A kernel where the settings are 0, but for these; there is no disable_xfrm of IPv6. */
const settings =
  (changed: Record<string, string>) =>
  (path: string): string | undefined =>
    path.includes('ipv6') && path.endsWith('disable_xfrm') ? undefined : `${changed[path] ?? 0}\n`;

describe('a device that is exempt from IPsec', () => {
  it.each([
    ['net/ipv4/conf/eth0/disable_xfrm', 'net.ipv4.conf.eth0.disable_xfrm is 1'],
    ['net/ipv4/conf/eth0/disable_policy', 'net.ipv4.conf.eth0.disable_policy is 1'],
    ['net/ipv6/conf/eth0/disable_policy', 'net.ipv6.conf.eth0.disable_policy is 1'],
    ['net/ipv4/conf/all/disable_xfrm', 'net.ipv4.conf.all.disable_xfrm is 1'],
    ['net/ipv6/conf/all/disable_policy', 'net.ipv6.conf.all.disable_policy is 1'],
  ])('is one by %s', (path, message) => {
    const found = exemptDevices([link('eth0')], [], settings({ [path]: '1' }));
    expect(found).toMatchObject({ code: 'PC718', severity: 'error' });
    expect(found?.message).toContain(message);
  });

  it('may be an overlay’s, as packets to other nodes leave by it', () => {
    const read = settings({ 'net/ipv4/conf/flannel.1/disable_xfrm': '1' });
    expect(exemptDevices([link('flannel.1', { kind: 'vxlan' })], [], read)?.code).toBe('PC718');
  });

  it('may be a veth where the node itself is a container, as with kind', () => {
    const read = settings({ 'net/ipv4/conf/eth0/disable_xfrm': '1' });
    expect(exemptDevices([link('eth0', { kind: 'veth' })], ['eth0'], read)?.code).toBe('PC718');
  });

  it.each([
    ['the loopback device, where the kernel itself sets both', { flags: IFF_LOOPBACK }],
    ['the node’s end of a pod’s device', { kind: 'veth' }],
    ['a WireGuard device, whose packets are encrypted already', { kind: 'wireguard' }],
  ])('is not %s', (_, change) => {
    const read = settings({ 'net/ipv4/conf/x/disable_policy': '1' });
    expect(exemptDevices([link('x', change)], [], read)).toBeUndefined();
  });

  it('is none where the kernel has no such settings', () => {
    expect(exemptDevices([link('eth0')], [], () => undefined)).toBeUndefined();
  });
});

describe('a CNI that routes in eBPF', () => {
  it.each([
    ['bpfin.cali', 'Calico'],
    ['cilium_host', 'Cilium'],
  ])('is told by the device %s', (name, cni) => {
    expect(bypassingCni([link('eth0'), link(name)])?.message).toContain(cni);
  });

  it('is not seen in devices of CNIs that route in the kernel', () => {
    const names = ['eth0', 'cni0', 'cali12345', 'flannel.1', 'tunl0'];
    expect(bypassingCni(names.map((name) => link(name)))).toBeUndefined();
  });
});
