import { NetlinkParseError } from '../errors.js';
import { eachAttribute } from '../wire/attributes.js';
import type { Reader } from '../wire/reader.js';
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

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * Reads one item of WGDEVICE_A_PEERS.
 *
 * @param from where its attributes begin
 * @param to where they end
 * @throws NetlinkParseError
 */
export function readPeer(reader: Reader, from: number, to: number): WireguardPeer {
  const peer: Mutable<WireguardPeer> = {
    publicKey: NO_KEY,
    persistentKeepalive: 0,
    lastHandshake: 0n,
    receivedBytes: 0n,
    sentBytes: 0n,
    allowedIps: [],
  };
  eachAttribute(reader, from, to, (type, at, end) => {
    switch (type) {
      case PEER.publicKey:
        reader.check(at, end, WIREGUARD_KEY_BYTES, 'WGPEER_A_PUBLIC_KEY');
        peer.publicKey = reader.bytes(at, WIREGUARD_KEY_BYTES);
        break;
      case PEER.presharedKey: {
        const secret = readSecret(reader, at, end, 'WGPEER_A_PRESHARED_KEY');
        if (secret !== undefined) peer.presharedKey = secret;
        break;
      }
      case PEER.endpoint:
        peer.endpoint = readEndpoint(reader, at, end);
        break;
      case PEER.persistentKeepalive:
        reader.check(at, end, 2, 'a keepalive interval');
        peer.persistentKeepalive = reader.u16(at);
        break;
      case PEER.lastHandshake:
        peer.lastHandshake = readTime(reader, at, end);
        break;
      case PEER.receivedBytes:
        peer.receivedBytes = readBytes(reader, at, end);
        break;
      case PEER.sentBytes:
        peer.sentBytes = readBytes(reader, at, end);
        break;
      case PEER.allowedIps:
        peer.allowedIps = readAllowedIps(reader, at, end);
        break;
    }
  });
  if (peer.publicKey === NO_KEY) throw new NetlinkParseError('a WireGuard peer without a key');
  return peer;
}

const NO_KEY = new Uint8Array(0);

/** Reads WGPEER_A_LAST_HANDSHAKE_TIME: nanoseconds since 1970. @throws NetlinkParseError */
export function readTime(reader: Reader, at: number, end: number): bigint {
  reader.check(at, end, TIME_SIZE, '__kernel_timespec');
  return reader.u64(at) * NANOSECONDS + reader.u64(at + 8);
}

/** Reads WGPEER_A_RX_BYTES and WGPEER_A_TX_BYTES. @throws NetlinkParseError */
export function readBytes(reader: Reader, at: number, end: number): bigint {
  reader.check(at, end, 8, 'a number of bytes');
  return reader.u64(at);
}
