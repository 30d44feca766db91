import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/agent/config.js';

const data = {
  'encryption.enabled': 'true',
  'encryption.type': 'ipsec',
  'encryption.nodeEncryption': 'false',
  'encryption.ipsec.interface': 'eth0, eth1',
  'encryption.ipsec.secretName': 'cilium-ipsec-keys',
  'encryption.ipsec.keyFile': 'keys',
  'encryption.ipsec.mountPath': '/etc/ipsec',
  'encryption.ipsec.keyWatcher': 'true',
  'encryption.ipsec.keyRotationDuration': '1m30s',
};

describe('the configuration of the agent', () => {
  it('is what the ConfigMap says, with a list of devices', () => {
    expect(parseConfig(data)).toEqual({
      config: {
        enabled: true,
        type: 'ipsec',
        nodeEncryption: false,
        interfaces: ['eth0', 'eth1'],
        secretName: 'cilium-ipsec-keys',
        keyFile: 'keys',
        mountPath: '/etc/ipsec',
        keyWatcher: true,
        keyRotationDuration: 90_000,
        requireSecret: true,
        persistentKeepalive: 0,
      },
    });
  });

  it('has the type of encryption, and the keepalive in seconds', () => {
    const wireguard = { ...data, 'encryption.type': 'wireguard' };
    expect(parseConfig(wireguard)).toMatchObject({ config: { type: 'wireguard' } });
    const keepalive = (text: string) =>
      parseConfig({ ...wireguard, 'encryption.wireguard.persistentKeepalive': text });
    expect(keepalive('0s')).toMatchObject({ config: { persistentKeepalive: 0 } });
    expect(keepalive('1m5s')).toMatchObject({ config: { persistentKeepalive: 65 } });
  });

  it.each(Object.keys(data))(
    'is refused as a whole without %s: nothing is taken for off',
    (key) => {
      const rest = Object.fromEntries(Object.entries(data).filter(([name]) => name !== key));
      expect(parseConfig(rest)).toMatchObject({ problems: [{ code: 'PC714' }] });
    },
  );

  it.each([
    ['encryption.enabled', ''],
    ['encryption.enabled', 'False'],
    ['encryption.type', ''],
    ['encryption.type', 'WireGuard'],
    ['encryption.type', 'ztunnel'],
    ['encryption.wireguard.requireSecret', ''],
    ['encryption.wireguard.requireSecret', 'no'],
    ['encryption.wireguard.persistentKeepalive', ''],
    ['encryption.wireguard.persistentKeepalive', '25'],
    ['encryption.wireguard.persistentKeepalive', '500ms'],
    ['encryption.wireguard.persistentKeepalive', '65536s'],
    ['encryption.ipsec.keyRotationDuration', 'soon'],
    ['encryption.ipsec.keyRotationDuration', '5'],
  ])('is refused with %s=%j', (key, value) => {
    expect(parseConfig({ ...data, [key]: value })).toMatchObject({ problems: [{ code: 'PC714' }] });
  });

  it('has the key of the startup taint while that is on', () => {
    const path = 'encryption.strictMode.startupTaint';
    const taint = (enabled: string, key: string) =>
      parseConfig({ ...data, [`${path}.enabled`]: enabled, [`${path}.key`]: key });
    expect(taint('true', 'a/b')).toMatchObject({ config: { startupTaint: 'a/b' } });
    const off = taint('false', 'a/b');
    expect('config' in off && 'startupTaint' in off.config).toBe(false);
    for (const wrong of [taint('yes', 'a/b'), taint('true', '')]) {
      expect(wrong).toMatchObject({ problems: [{ code: 'PC714' }] });
    }
  });

  const strict = (change: Record<string, string>) => {
    const all = {
      ...data,
      'encryption.strictMode.egress.enabled': 'true',
      'encryption.strictMode.egress.cidr': '',
      'encryption.strictMode.egress.allowRemoteNodeIdentities': 'true',
      'encryption.strictMode.ingress.enabled': 'false',
      ipv4NativeRoutingCIDR: '10.244.0.0/16',
      ipv6NativeRoutingCIDR: '',
      ...change,
    };
    const parsed = parseConfig(all);
    return 'config' in parsed ? parsed.config.strict : parsed.problems.map(({ code }) => code);
  };

  it('has strict mode with the ranges of the pods, or with its own', () => {
    expect(strict({})).toEqual({ egress: ['10.244.0.0/16'], ingress: [], allowNodes: true });
    const own = { 'encryption.strictMode.egress.cidr': '10.0.0.0/8, FD00::/16' };
    const both = { 'encryption.strictMode.ingress.enabled': 'true', ...own };
    const ranges = ['10.0.0.0/8', 'fd00::/16'];
    expect(strict(both)).toEqual({ egress: ranges, ingress: ranges, allowNodes: true });
  });

  it('is refused as synth would where the strict CIDRs leave pods out, but for what is off', () => {
    const own = { 'encryption.strictMode.egress.cidr': '10.244.0.0/17' };
    expect(strict(own)).toEqual(['PC552']);
    expect(strict({ ...own, 'encryption.enabled': 'false' })).toMatchObject({ ingress: [] });
    const off = { ...own, 'encryption.strictMode.egress.enabled': 'false' };
    expect(strict(off)).toBeUndefined();
  });

  it('has no strict mode where it is off, or the ConfigMap is of before there was one', () => {
    expect(strict({ 'encryption.strictMode.egress.enabled': 'false' })).toBeUndefined();
  });

  it.each([
    ['encryption.strictMode.egress.enabled', 'yes'],
    ['ipv4NativeRoutingCIDR', ''],
  ])('is refused in strict mode with %s=%j', (key, value) => {
    expect(strict({ [key]: value })).toContain('PC714');
  });

  it.each([
    ['encryption.strictMode.egress.cidr', '10.0.0.0/8,nonsense', 'PC202'],
    ['encryption.strictMode.egress.cidr', '10.0.0.1/8', 'PC203'],
    ['ipv4NativeRoutingCIDR', '10.244.0.0/33', 'PC202'],
    ['ipv4NativeRoutingCIDR', 'fd00::/48', 'PC202'],
    ['ipv6NativeRoutingCIDR', 'fd00::1/48', 'PC203'],
  ])('is refused as synth would with %s=%j, in strict mode or not', (key, value, code) => {
    expect(strict({ [key]: value })).toContain(code);
    expect(parseConfig({ ...data, [key]: value })).toMatchObject({ problems: [{ code }] });
  });
});
