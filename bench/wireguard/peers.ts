import { createHash } from 'node:crypto';
import { formatAddress, formatPrefix, type Prefix } from '../../src/net/index.js';
import { WireguardSecret } from '../../src/netlink/index.js';
import {
  type DesiredDevice,
  type DesiredPeer,
  encodeKey,
  exportWireguardKey,
  importWireguardKey,
  LISTEN_PORT,
} from '../../src/wireguard/index.js';

export const DEVICE = 'podcloak_wg0';

/**
 * A device with so many peers of a dual-stack cluster, each with a PSK, an endpoint and four allowed IPs:
 * pod prefixes and addresses of the node, of either family.
 *
 * @param count at most 16,383
 */
export function wishOf(count: number): DesiredDevice {
  return {
    keys: importWireguardKey(key('the node')),
    listenPort: LISTEN_PORT,
    fwmark: 0,
    peers: Array.from({ length: count }, (_, index) => peerOf(index + 1)),
  };
}

/** One peer has another endpoint, as when a node got another address. */
export function oneChanged(wish: DesiredDevice): DesiredDevice {
  const [first, ...others] = wish.peers;
  if (first === undefined) throw new Error('no peer');
  const moved = { ...first, endpoint: { address: ELSEWHERE, port: LISTEN_PORT } };
  return { ...wish, peers: [moved, ...others] };
}

/** What `wg setconf` and `wg syncconf` read (wg(8)). */
export function configOf({ keys, listenPort, peers }: DesiredDevice): string {
  const head = [
    `PrivateKey = ${encodeKey(exportWireguardKey(keys))}`,
    `ListenPort = ${listenPort}`,
  ];
  return ['[Interface]', ...head, ...peers.map(peerText), ''].join('\n');
}

const ELSEWHERE = Uint8Array.of(172, 31, 255, 254);

function peerOf(number: number): DesiredPeer {
  const [high, low] = [number >> 8, number & 255];
  const address = Uint8Array.of(172, 16 + high, low, 1);
  return {
    // Any 32 bytes are a public key.
    publicKey: key(`peer ${number}`),
    presharedKey: new WireguardSecret(key(`shared with ${number}`)),
    endpoint: { address, port: LISTEN_PORT },
    allowedIps: [
      { family: 4, address: Uint8Array.of(10, 64 + high, low, 0), length: 24 },
      { family: 6, address: ipv6(0x10, high, low, 0), length: 64 },
      { family: 4, address, length: 32 },
      { family: 6, address: ipv6(0x11, high, low, 1), length: 128 },
    ] satisfies Prefix[],
  };
}

function ipv6(network: number, high: number, low: number, last: number): Uint8Array {
  return Uint8Array.of(0xfd, network, 0, 0, 0, 0, high, low, 0, 0, 0, 0, 0, 0, 0, last);
}

function peerText({ publicKey, presharedKey, endpoint, allowedIps }: DesiredPeer): string {
  if (presharedKey === undefined || endpoint === undefined) throw new Error('all have both');
  return [
    '[Peer]',
    `PublicKey = ${encodeKey(publicKey)}`,
    `PresharedKey = ${encodeKey(presharedKey.export())}`,
    `Endpoint = ${formatAddress(endpoint.address)}:${endpoint.port}`,
    `AllowedIPs = ${allowedIps.map(formatPrefix).join(', ')}`,
  ].join('\n');
}

function key(name: string): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(`bench ${name}`).digest());
}
