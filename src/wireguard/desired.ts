import type { Prefix } from '../net/index.js';
import type { Endpoint, WireguardSecret } from '../netlink/index.js';
import type { WireguardKeyPair } from './keys.js';

/** A peer as it should be. */
export interface DesiredPeer {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** 32 bytes, out of sight; absent for none. */
  readonly presharedKey?: WireguardSecret;
  /** Absent where the peer has to come first, from wherever. */
  readonly endpoint?: Endpoint;
  /** Seconds, 1–65535; absent for off. */
  readonly persistentKeepalive?: number | undefined;
  /** Host bits do not count: the kernel leaves them out. */
  readonly allowedIps: readonly Prefix[];
}

/** A device as it should be. */
export interface DesiredDevice {
  readonly keys: WireguardKeyPair;
  /** UDP port, 1–65535. */
  readonly listenPort: number;
  /** Mark of what it sends; 0 for none. */
  readonly fwmark: number;
  /**
   * No two of one key, none of the device's own, no allowed IP of two: whoever wants a device decides whom to
   * believe. The kernel takes two peers of one key for one, leaves out one with its own, and gives an allowed IP
   * to the last that asks for it.
   */
  readonly peers: readonly DesiredPeer[];
}

/** Of the byte that a prefix of so many bits cuts, its part. */
function lastBits(bytes: Uint8Array, bits: number): number {
  return (bytes[bits >> 3] ?? 0) & (0xff00 >> (bits & 7));
}

/** A public key as a key of a map. */
export function textOfKey(publicKey: Uint8Array): string {
  return Buffer.from(publicKey).toString('latin1');
}

/**
 * A prefix as a key of a map, without its host bits. Neither as people spell it nor by `networkOf`, as
 * there are tens of thousands to compare.
 */
export function textOfPrefix({ address, length }: Prefix): string {
  const network = Buffer.from(address);
  const at = length >> 3;
  if (at < network.length) {
    network[at] = (network[at] ?? 0) & (0xff << (8 - (length & 7)));
    network.fill(0, at + 1);
  }
  return `${network.toString('latin1')}/${length}`;
}

/** Whether two prefixes are the same but for their host bits. */
export function isSamePrefix(one: Prefix, other: Prefix): boolean {
  const { address, length } = one;
  if (length !== other.length || address.length !== other.address.length) return false;
  const whole = length >> 3;
  for (let at = 0; at < whole; at += 1) if (address[at] !== other.address[at]) return false;
  return (length & 7) === 0 || lastBits(address, length) === lastBits(other.address, length);
}
