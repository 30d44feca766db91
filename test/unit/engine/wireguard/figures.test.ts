import { describe, expect, it } from 'vitest';
import { Metrics } from '../../../../src/agent/metrics.js';
import {
  type DeviceContext,
  describeWireguard,
  wireguardFigures,
} from '../../../../src/engine/wireguard/index.js';
import type { WireguardDevice, WireguardPeer } from '../../../../src/netlink/index.js';
import { parseStatus, type WireguardInterface } from '../../../../src/status/index.js';
import { encodeKey, pskSource } from '../../../../src/wireguard/index.js';
import { HEALTHY } from '../../status/samples.js';
import { described, device, key, peer } from '../../wireguard/samples.js';

/** Milliseconds since 1970. */
const NOW = 1_800_000_000_000;
const secondsAgo = (seconds: number): bigint => BigInt(NOW - seconds * 1000) * 1_000_000n;

const context = (more: Partial<DeviceContext> = {}): DeviceContext => ({
  nodeOf: (found) =>
    ['worker-2', 'worker-3'].find((name) => encodeKey(key(name)) === encodeKey(found)),
  isConfirmed: (found) => encodeKey(found) === encodeKey(key('worker-2')),
  ...{ psk: 'from the Secret, key id 3', nodeEncryption: false, now: NOW },
  ...more,
});

/** A device as the kernel has it, whose peers differ by these from idle ones. */
function kernelDevice(
  name: string,
  peers: Readonly<Record<string, Partial<WireguardPeer>>>,
): WireguardDevice {
  const all = described(device(...Object.keys(peers).map((one) => peer(one, '10.0.0.0/24'))));
  const changes = Object.values(peers);
  return {
    ...all,
    name,
    peers: all.peers.map((one, index) => ({ ...one, ...changes[index] })),
  };
}

const peersOf = (found: readonly WireguardInterface[]) => found.flatMap(({ peers }) => peers);
const agesOf = (...handshakes: bigint[]) => {
  const peers = handshakes.map((lastHandshake, index) => [`p${index}`, { lastHandshake }]);
  const one = kernelDevice('podcloak_wg0', Object.fromEntries(peers));
  return peersOf(describeWireguard([one], context({ nodeOf: (found) => nameOf(found) })));
};
const nameOf = (found: Uint8Array): string | undefined =>
  ['p0', 'p1', 'p2'].find((name) => encodeKey(key(name)) === encodeKey(found));

describe('a WireGuard device in a node’s status', () => {
  it('has the words that people know of it, and its peers by name, strangers last', () => {
    const found = describeWireguard(
      [
        kernelDevice('podcloak_wg0', {
          stranger: {},
          'worker-3': { receivedBytes: 92n, sentBytes: 148n },
          'worker-2': { lastHandshake: secondsAgo(12), receivedBytes: 1n, sentBytes: 2n },
        }),
      ],
      context(),
    );
    const endpoint = '192.0.2.1:51871';
    expect(found).toEqual([
      {
        name: 'podcloak_wg0',
        publicKey: encodeKey(device().keys.publicKey),
        ...{ listenPort: 51871, peerCount: 3, psk: 'from the Secret, key id 3' },
        nodeEncryption: false,
        peers: [
          {
            ...{ node: 'worker-2', publicKey: encodeKey(key('worker-2')), endpoint },
            ...{ handshakeAgeSeconds: 12, receivedBytes: 1, sentBytes: 2, confirmed: true },
          },
          {
            ...{ node: 'worker-3', publicKey: encodeKey(key('worker-3')), endpoint },
            ...{ handshakeAgeSeconds: null, receivedBytes: 92, sentBytes: 148, confirmed: false },
          },
          {
            ...{ node: null, publicKey: encodeKey(key('stranger')), endpoint },
            ...{ handshakeAgeSeconds: null, receivedBytes: 0, sentBytes: 0, confirmed: false },
          },
        ],
      },
    ]);
  });

  it('stands before one of a later name, in whatever order the kernel has them', () => {
    const two = ['podcloak_wg1', 'podcloak_wg0'].map((name) => kernelDevice(name, {}));
    expect(describeWireguard(two, context()).map(({ name }) => name)).toEqual([
      ...['podcloak_wg0', 'podcloak_wg1'],
    ]);
    expect(describeWireguard([], context())).toEqual([]);
  });

  it('tells ages of handshakes in whole seconds: none for none, and 0 after a clock was set back', () => {
    const ages = agesOf(secondsAgo(1) + 1n, 0n, secondsAgo(-3600));
    expect(ages.map(({ node, handshakeAgeSeconds }) => [node, handshakeAgeSeconds])).toEqual([
      ...[
        ['p0', 1],
        ['p1', null],
        ['p2', 0],
      ],
    ]);
  });

  it('spells endpoints as they are typed, and says when there is none', () => {
    const v6 = Uint8Array.of(0x20, 1, 0xd, 0xb8, ...new Array(11).fill(0), 2);
    const linkLocal = Uint8Array.of(0xfe, 0x80, ...new Array(13).fill(0), 1);
    const { peers, ...one } = kernelDevice('podcloak_wg0', {
      a: { endpoint: { address: v6, port: 51872 } },
      b: { endpoint: { address: linkLocal, port: 1, scope: 3 } },
      c: {},
    });
    const without = peers.map(({ endpoint, ...rest }, index) =>
      index === 2 || endpoint === undefined ? rest : { ...rest, endpoint },
    );
    const names = ['a', 'b', 'c'];
    const nodeOf = (found: Uint8Array) =>
      names.find((name) => encodeKey(key(name)) === encodeKey(found));
    const found = describeWireguard([{ ...one, peers: without }], context({ nodeOf }));
    expect(peersOf(found).map(({ endpoint }) => endpoint)).toEqual([
      ...['[2001:db8::2]:51872', '[fe80::1%3]:1', null],
    ]);
  });

  it('can be read again by whoever asked, also with counters of 64 bits and without a key', () => {
    const { publicKey: _, ...bare } = kernelDevice('podcloak_wg0', {
      'worker-2': { receivedBytes: 2n ** 64n - 1n, lastHandshake: 2n ** 64n - 1n },
    });
    const interfaces = describeWireguard([bare], context());
    expect(interfaces[0]?.publicKey).toBe('');
    expect(peersOf(interfaces)[0]?.receivedBytes).toBe(Number.MAX_SAFE_INTEGER);
    const status = { ...HEALTHY, mode: 'Wireguard' as const, interfaces };
    expect(parseStatus(JSON.stringify(status))).toEqual(status);
  });

  it('shows no PSK and no private key', () => {
    const one = kernelDevice('podcloak_wg0', { 'worker-2': {} });
    const text = JSON.stringify(describeWireguard([one], context()));
    for (const secret of [one.privateKey, one.peers[0]?.presharedKey]) {
      expect(secret).toBeDefined();
      expect(text).not.toContain(secret === undefined ? '' : encodeKey(secret.export()));
    }
  });
});

describe('the metrics of WireGuard', () => {
  const rendered = async (devices: readonly WireguardDevice[], more?: Partial<DeviceContext>) => {
    const interfaces = describeWireguard(devices, context(more));
    const status = { ...HEALTHY, mode: 'Wireguard' as const, interfaces };
    const figures = wireguardFigures(interfaces);
    const rest = { isReady: true, kernelWrites: 0, problems: [] };
    const text = await new Metrics().render({ status, figures, ...rest });
    return text.split('\n').filter((line) => line.startsWith('podcloak_wireguard_'));
  };

  it('are of each device and of each peer, by node or else by key', async () => {
    const one = kernelDevice('podcloak_wg0', {
      stranger: { lastHandshake: secondsAgo(-5) },
      'worker-2': { lastHandshake: secondsAgo(12), receivedBytes: 1n, sentBytes: 2n },
      'worker-3': {},
    });
    const of = (name: string) => `{interface="podcloak_wg0",peer="${name}"}`;
    const stranger = encodeKey(key('stranger'));
    expect(await rendered([one])).toEqual([
      `podcloak_wireguard_interface_info{interface="podcloak_wg0",public_key="${encodeKey(device().keys.publicKey)}",listen_port="51871"} 1`,
      'podcloak_wireguard_interface_has_psk{interface="podcloak_wg0"} 1',
      'podcloak_wireguard_peers{interface="podcloak_wg0"} 3',
      `podcloak_wireguard_received_bytes_total${of('worker-2')} 1`,
      `podcloak_wireguard_received_bytes_total${of('worker-3')} 0`,
      `podcloak_wireguard_received_bytes_total${of(stranger)} 0`,
      `podcloak_wireguard_sent_bytes_total${of('worker-2')} 2`,
      `podcloak_wireguard_sent_bytes_total${of('worker-3')} 0`,
      `podcloak_wireguard_sent_bytes_total${of(stranger)} 0`,
      `podcloak_wireguard_latest_handshake_age_seconds${of('worker-2')} 12`,
      `podcloak_wireguard_latest_handshake_age_seconds${of(stranger)} 0`,
      `podcloak_wireguard_peer_confirmed${of('worker-2')} 1`,
      `podcloak_wireguard_peer_confirmed${of('worker-3')} 0`,
      `podcloak_wireguard_peer_confirmed${of(stranger)} 0`,
    ]);
  });

  it('keep two devices apart', async () => {
    const two = ['podcloak_wg0', 'podcloak_wg1'].map((name, index) =>
      kernelDevice(name, { 'worker-2': { sentBytes: BigInt(index) } }),
    );
    const found = await rendered(two);
    expect(found).toContain('podcloak_wireguard_peers{interface="podcloak_wg1"} 1');
    expect(found.filter((line) => line.includes('sent_bytes'))).toEqual([
      'podcloak_wireguard_sent_bytes_total{interface="podcloak_wg0",peer="worker-2"} 0',
      'podcloak_wireguard_sent_bytes_total{interface="podcloak_wg1",peer="worker-2"} 1',
    ]);
  });

  it('tell a device whose peers have no PSK, as there is no Secret', async () => {
    const one = kernelDevice('podcloak_wg0', {});
    expect(await rendered([one], { psk: pskSource(undefined) })).toContain(
      'podcloak_wireguard_interface_has_psk{interface="podcloak_wg0"} 0',
    );
  });

  it('are no series without a device', async () => {
    expect(await rendered([])).toEqual([]);
  });

  it('tell many peers as one: all bytes, the oldest handshake, whether each is confirmed', async () => {
    const many = (count: number, last: Partial<WireguardPeer> = {}) => {
      const names = Array.from({ length: count }, (_, index) => `n${index}`);
      const idle = { sentBytes: 3n, lastHandshake: secondsAgo(10) };
      return kernelDevice(
        'podcloak_wg0',
        Object.fromEntries(
          names.map((name, index) => [name, index === 0 ? { ...idle, ...last } : idle]),
        ),
      );
    };
    const isConfirmed = () => true;
    expect(await rendered([many(100)], { isConfirmed })).toHaveLength(3 + 4 * 100);
    const found = await rendered([many(101, { lastHandshake: secondsAgo(90) })], { isConfirmed });
    const all = '{interface="podcloak_wg0",peer="*"}';
    expect(found.slice(2)).toEqual([
      'podcloak_wireguard_peers{interface="podcloak_wg0"} 101',
      `podcloak_wireguard_received_bytes_total${all} 0`,
      `podcloak_wireguard_sent_bytes_total${all} 303`,
      `podcloak_wireguard_latest_handshake_age_seconds${all} 90`,
      `podcloak_wireguard_peer_confirmed${all} 1`,
    ]);
    const oneLess = (one: Uint8Array) => encodeKey(one) !== encodeKey(key('n7'));
    expect(await rendered([many(101)], { isConfirmed: oneLess })).toContain(
      `podcloak_wireguard_peer_confirmed${all} 0`,
    );
  });
});
