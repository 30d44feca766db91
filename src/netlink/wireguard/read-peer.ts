import { NetlinkParseError } from '../errors.js';
import { parseAttributes } from '../wire/attributes.js';
import { Reader } from '../wire/reader.js';
import { readAllowedIps } from './allowed-ip.js';
import { PEER } from './constants.js';
import type { WireguardPeer } from './device.js';
import { readEndpoint } from './endpoint.js';
import { readSecret, WIREGUARD_KEY_BYTES } from './secret.js';

/*
 * struct __kernel_timespec (linux/time_types.h), 16 bytes, order of the machine
 * | offset | size | name    |
 * |      0 |    8 | tv_sec  |
 * |      8 |    8 | tv_nsec |
 */
const TIME_SIZE = 16;
const NANOSECONDS = 1_000_000_000n;

/** Reads one item of WGDEVICE_A_PEERS. @throws NetlinkParseError */
export function readPeer(bytes: Uint8Array): WireguardPeer {
  let publicKey: Uint8Array | undefined;
  const peer: { -readonly [Key in keyof WireguardPeer]?: WireguardPeer[Key] } = {};
  for (const { type, payload } of parseAttributes(bytes)) {
    if (type === PEER.publicKey) {
      const reader = new Reader(payload, WIREGUARD_KEY_BYTES, 'WGPEER_A_PUBLIC_KEY');
      publicKey = reader.bytes(0, WIREGUARD_KEY_BYTES);
    } else if (type === PEER.presharedKey) {
      const secret = readSecret(payload, 'WGPEER_A_PRESHARED_KEY');
      if (secret !== undefined) peer.presharedKey = secret;
    } else if (type === PEER.endpoint) peer.endpoint = readEndpoint(payload);
    else if (type === PEER.persistentKeepalive) {
      peer.persistentKeepalive = new Reader(payload, 2, 'a keepalive interval').u16(0);
    } else if (type === PEER.lastHandshake) peer.lastHandshake = readTime(payload);
    else if (type === PEER.receivedBytes) peer.receivedBytes = readBytes(payload);
    else if (type === PEER.sentBytes) peer.sentBytes = readBytes(payload);
    else if (type === PEER.allowedIps) peer.allowedIps = readAllowedIps(payload);
  }
  if (publicKey === undefined) throw new NetlinkParseError('a WireGuard peer without a key');
  return {
    publicKey,
    persistentKeepalive: 0,
    lastHandshake: 0n,
    receivedBytes: 0n,
    sentBytes: 0n,
    allowedIps: [],
    ...peer,
  };
}

function readTime(payload: Uint8Array): bigint {
  const reader = new Reader(payload, TIME_SIZE, '__kernel_timespec');
  return reader.u64(0) * NANOSECONDS + reader.u64(8);
}

function readBytes(payload: Uint8Array): bigint {
  return new Reader(payload, 8, 'a number of bytes').u64(0);
}
