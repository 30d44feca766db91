import { createHash } from 'node:crypto';
import { type Prefix, parsePrefix } from '../../../src/net/index.js';
import { WireguardSecret } from '../../../src/netlink/index.js';
import {
  type DesiredDevice,
  type DesiredPeer,
  importWireguardKey,
} from '../../../src/wireguard/index.js';

/** The device that the guest's program makes, and that `wg` has to show. */
export const WISH: DesiredDevice = {
  keys: importWireguardKey(key('the node')),
  listenPort: 51871,
  fwmark: 0x10,
  peers: Array.from({ length: 300 }, (_, index) => peerOf(index)),
};

/** Peers of both IP versions, with and without each thing; one with more than a message's worth. */
function peerOf(index: number): DesiredPeer {
  const third = index % 250;
  const block = index < 250 ? 244 : 245;
  const few = [`10.${block}.${third}.0/24`, `fd10:${index.toString(16)}::/64`];
  const many = Array.from({ length: 1500 }, (_, at) => `10.${100 + (at >> 8)}.${at & 255}.0/24`);
  const address =
    index % 2 === 0
      ? Uint8Array.of(192, 0, 2, 1 + third)
      : Uint8Array.of(0x20, 1, 0xd, 0xb8, ...new Array<number>(11).fill(0), 1 + third);
  return {
    // Any 32 bytes are a public key; a real one takes long to make in the guest.
    publicKey: key(`peer ${index}`),
    ...(index % 3 === 0 ? {} : { presharedKey: new WireguardSecret(key(`shared ${index}`)) }),
    ...(index % 5 === 0 ? {} : { endpoint: { address, port: 51871 + (index % 2) } }),
    ...(index % 7 === 0 ? { persistentKeepalive: 25 } : {}),
    allowedIps: [...(index === 11 ? many : []), ...(index === 13 ? [] : few)].map(prefix),
  };
}

function key(name: string): Uint8Array {
  return Uint8Array.from(createHash('sha256').update(name).digest());
}

export function prefix(text: string): Prefix {
  const parsed = parsePrefix(text);
  if (parsed === undefined) throw new Error(`no prefix: ${text}`);
  return parsed;
}
