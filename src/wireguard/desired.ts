import type { KeyObject } from 'node:crypto';
import type { Prefix } from '../net/index.js';
import type { Endpoint } from '../netlink/index.js';
import type { WireguardKeyPair } from './keys.js';

/** A peer as it should be. */
export interface DesiredPeer {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** 32 bytes, out of sight; absent for none. */
  readonly presharedKey?: KeyObject;
  /** Absent where the peer has to come first, from wherever. */
  readonly endpoint?: Endpoint;
  /** Seconds, up to 65535; 0 for off. */
  readonly persistentKeepalive: number;
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
  readonly peers: readonly DesiredPeer[];
}

/** What more than one peer claims, or a peer that is the device itself. */
export type Claim =
  | { readonly kind: 'prefix'; readonly prefix: Prefix; readonly peers: readonly DesiredPeer[] }
  | { readonly kind: 'key'; readonly peers: readonly DesiredPeer[] }
  | { readonly kind: 'own-key'; readonly peers: readonly DesiredPeer[] };

/**
 * What the kernel would not take as it is said: it gives a prefix to the last that asks for it, takes
 * two peers of one key for one, and leaves out a peer with the device's own key. Whoever wants a device
 * decides whom to believe.
 */
export function conflictingClaims(device: DesiredDevice): Claim[] {
  return claimNothingTwice(device) ? [] : claimsOf(device);
}

/** Mostly the case, and found in a fraction of the time: what has different hashes is different. */
function claimNothingTwice({ keys, peers }: DesiredDevice): boolean {
  const hashes = new Set<number>();
  let count = 1;
  hashes.add(hashOf(keys.publicKey, KEY_BITS));
  for (const { publicKey, allowedIps } of peers) {
    hashes.add(hashOf(publicKey, KEY_BITS));
    for (const { address, length } of allowedIps) hashes.add(hashOf(address, length));
    count += 1 + allowedIps.length;
  }
  return hashes.size === count;
}

function claimsOf({ keys, peers }: DesiredDevice): Claim[] {
  const own = peers.filter(({ publicKey }) => Buffer.compare(publicKey, keys.publicKey) === 0);
  const byKey = several(peers.map((peer) => [textOfKey(peer.publicKey), peer]));
  const byPrefix = several(
    peers.flatMap((peer) =>
      [...new Set(peer.allowedIps.map(textOfPrefix))].map((text) => [text, peer] as const),
    ),
  );
  return [
    ...(own.length === 0 ? [] : [{ kind: 'own-key', peers: own } as const]),
    ...[...byKey.values()].map((claimants) => ({ kind: 'key', peers: claimants }) as const),
    ...[...byPrefix].flatMap(([text, claimants]) => {
      const prefix = claimants[0]?.allowedIps.find((one) => textOfPrefix(one) === text);
      return prefix === undefined ? [] : [{ kind: 'prefix', prefix, peers: claimants } as const];
    }),
  ];
}

/** Of a public key, to be told from others: all of its bits are random. */
const KEY_BITS = 64;
/** http://www.isthe.com/chongo/tech/comp/fnv/: FNV-1a of 32 bits. */
const FNV = { offset: 0x811c9dc5, prime: 0x01000193 } as const;

/** Of the first bits, how many they are, and of how many bytes. */
function hashOf(bytes: Uint8Array, bits: number): number {
  let hash = FNV.offset ^ ((bytes.length << 9) | bits);
  const whole = bits >> 3;
  for (let at = 0; at < whole; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), FNV.prime);
  if ((bits & 7) === 0) return hash;
  return Math.imul(hash ^ lastBits(bytes, bits), FNV.prime);
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

function several(
  pairs: readonly (readonly [string, DesiredPeer])[],
): Map<string, readonly DesiredPeer[]> {
  const found = new Map<string, DesiredPeer[]>();
  for (const [text, peer] of pairs) {
    const list = found.get(text);
    if (list === undefined) found.set(text, [peer]);
    else list.push(peer);
  }
  return new Map([...found].filter(([, list]) => list.length > 1));
}
