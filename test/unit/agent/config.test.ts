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
};

describe('the configuration of the agent', () => {
  it('is what the ConfigMap says, with a list of devices', () => {
    expect(parseConfig(data)).toEqual({
      config: {
        enabled: true,
        nodeEncryption: false,
        interfaces: ['eth0', 'eth1'],
        secretName: 'cilium-ipsec-keys',
        keyFile: 'keys',
        mountPath: '/etc/ipsec',
        keyWatcher: true,
      },
    });
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
    ['encryption.type', 'wireguard'],
  ])('is refused with %s=%j', (key, value) => {
    expect(parseConfig({ ...data, [key]: value })).toMatchObject({ problems: [{ code: 'PC714' }] });
  });
});
