import { createHash } from 'node:crypto';
import type { Prefix } from '../net/index.js';
import type {
  Endpoint,
  WireguardChange,
  WireguardDevice,
  WireguardPeer,
  WireguardPeerChange,
  WireguardSecret,
} from '../netlink/index.js';
import { type DesiredDevice, type DesiredPeer, isSamePrefix, textOfPrefix } from './desired.js';
import { Finder } from './finder.js';

/**
 * A peer that takes over allowed IPs that nobody shall have, and is removed with them in the same
 * breath: kernels before 6.16 take a single one from a peer in no other way than all of its allowed IPs
 * first, which loses packets. A hash, so that nobody has the private key.
 */
export const DISCARDED_PEER: Uint8Array = Uint8Array.from(
  createHash('sha256').update('podcloak: a WireGuard peer that nobody is').digest(),
);

/**
 * What to change so that a device is as desired, without a moment in which a peer lacks an allowed IP
 * that it has and shall keep, or in which nobody has one that moves: peers are made and changed first
 * (an allowed IP moves to whom it is added), then what nobody shall have goes, then peers.
 *
 * Endpoints that roamed are set back. A private key is set in place, which ends all sessions: to heal
 * what a foreign tool changed, never to rotate. The same goes for a PSK, which counts from the next
 * handshake.
 *
 * @returns undefined when nothing is to be changed
 */
export function diff(actual: WireguardDevice, desired: DesiredDevice): WireguardChange | undefined {
  const { privateKey } = desired.keys;
  const isSameKey = actual.privateKey?.equals(privateKey) ?? false;
  const peers = diffPeers(actual.peers, desired);
  const change: WireguardChange = {
    ...(isSameKey ? {} : { privateKey }),
    ...(actual.listenPort === desired.listenPort ? {} : { listenPort: desired.listenPort }),
    ...(actual.fwmark === desired.fwmark ? {} : { fwmark: desired.fwmark }),
    ...(peers.length === 0 ? {} : { peers }),
  };
  return Object.keys(change).length === 0 ? undefined : change;
}

/** The changes of peers, in the order in which the kernel has to make them. */
function diffPeers(
  actual: readonly WireguardPeer[],
  desired: DesiredDevice,
): WireguardPeerChange[] {
  const found = new Finder(actual);
  const changes: WireguardPeerChange[] = [];
  const others: WireguardPeer[] = [];
  let place = 0;
  for (const peer of desired.peers) {
    const before = found.take(peer.publicKey, place);
    place += 1;
    if (before === undefined) {
      // Complete at once: the kernel makes it with its PSK, so that no handshake goes without.
      changes.push(peer);
      continue;
    }
    const hasOthers = !hasSameList(before.allowedIps, peer.allowedIps);
    if (hasOthers) others.push(before);
    const change = changedPeer(before, peer, hasOthers);
    if (change !== undefined) changes.push(change);
  }
  changes.push(...discard(others, desired.peers));
  for (const { publicKey } of found.left()) changes.push({ publicKey, remove: true });
  return changes;
}

/** Prefix for prefix, as the kernel gives them back in the order in which they came. */
function hasSameList(some: readonly Prefix[], others: readonly Prefix[]): boolean {
  if (some.length !== others.length) return false;
  for (const [index, one] of some.entries()) {
    const other = others[index];
    if (other === undefined || !isSamePrefix(one, other)) return false;
  }
  return true;
}

/** Filled field by field: a spread for each, of thousands of peers, takes several times as long. */
type MutableChange = { -readonly [Key in keyof WireguardPeerChange]: WireguardPeerChange[Key] };

function changedPeer(
  before: WireguardPeer,
  peer: DesiredPeer,
  hasOthers: boolean,
): WireguardPeerChange | undefined {
  const { publicKey, presharedKey, endpoint, persistentKeepalive = 0 } = peer;
  const change: MutableChange = { publicKey };
  if (!isSameSecret(before.presharedKey, presharedKey)) {
    change.presharedKey = presharedKey ?? 'none';
  }
  if (endpoint !== undefined && !isSameEndpoint(before.endpoint, endpoint)) {
    change.endpoint = endpoint;
  }
  if (before.persistentKeepalive !== persistentKeepalive) {
    change.persistentKeepalive = persistentKeepalive;
  }
  const allowedIps = hasOthers ? missing(before.allowedIps, peer.allowedIps) : [];
  if (allowedIps.length > 0) change.allowedIps = allowedIps;
  return Object.keys(change).length === 1 ? undefined : change;
}

/** What of the second list is not in the first. */
function missing(present: readonly Prefix[], wanted: readonly Prefix[]): Prefix[] {
  const has = new Set(present.map(textOfPrefix));
  return wanted.filter((one) => !has.has(textOfPrefix(one)));
}

/** What peers that stay have and no peer shall have. */
function discard(
  kept: readonly WireguardPeer[],
  desired: readonly DesiredPeer[],
): WireguardPeerChange[] {
  if (kept.length === 0) return [];
  const wanted = new Set(desired.flatMap(({ allowedIps }) => allowedIps.map(textOfPrefix)));
  const allowedIps: Prefix[] = kept.flatMap((peer) =>
    peer.allowedIps.filter((one) => !wanted.has(textOfPrefix(one))),
  );
  if (allowedIps.length === 0) return [];
  const publicKey = DISCARDED_PEER;
  return [
    { publicKey, allowedIps },
    { publicKey, remove: true },
  ];
}

function isSameSecret(
  one: WireguardSecret | undefined,
  other: WireguardSecret | undefined,
): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.equals(other);
}

function isSameEndpoint(one: Endpoint | undefined, other: Endpoint): boolean {
  return (
    one !== undefined &&
    one.port === other.port &&
    (one.scope ?? 0) === (other.scope ?? 0) &&
    Buffer.compare(one.address, other.address) === 0
  );
}
