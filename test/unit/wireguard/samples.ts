import { createHash } from 'node:crypto';
import { type Prefix, parsePrefix } from '../../../src/net/index.js';
import { type WireguardDevice, WireguardSecret } from '../../../src/netlink/index.js';
import {
  type DesiredDevice,
  type DesiredPeer,
  importWireguardKey,
} from '../../../src/wireguard/index.js';

/** 32 bytes that stand for a name. */
export function key(name: string): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(name).digest());
}

export function prefix(text: string): Prefix {
  const parsed = parsePrefix(text);
  if (parsed === undefined) throw new Error(`no prefix: ${text}`);
  return parsed;
}

/** A peer of a name, with these allowed IPs. */
export function peer(name: string, ...allowedIps: string[]): DesiredPeer {
  return {
    publicKey: key(name),
    presharedKey: new WireguardSecret(key(`shared with ${name}`)),
    endpoint: { address: Uint8Array.of(192, 0, 2, 1), port: 51871 },
    allowedIps: allowedIps.map(prefix),
  };
}

export function device(...peers: DesiredPeer[]): DesiredDevice {
  return { keys: importWireguardKey(key('node')), listenPort: 51871, fwmark: 0, peers };
}

/** The device as the kernel would describe it once it is as desired. */
export function described({ keys, listenPort, fwmark, peers }: DesiredDevice): WireguardDevice {
  return {
    ifindex: 7,
    name: 'wg0',
    privateKey: keys.privateKey,
    publicKey: keys.publicKey,
    listenPort,
    fwmark,
    peers: peers.map((one) => ({
      ...one,
      persistentKeepalive: one.persistentKeepalive ?? 0,
      lastHandshake: 0n,
      receivedBytes: 0n,
      sentBytes: 0n,
    })),
  };
}
