import { createHash, type KeyObject } from 'node:crypto';
import type { Prefix } from '../net/index.js';
import type {
  Endpoint,
  WireguardChange,
  WireguardDevice,
  WireguardPeer,
  WireguardPeerChange,
} from '../netlink/index.js';
import {
  conflictingClaims,
  type DesiredDevice,
  type DesiredPeer,
  textOfKey,
  textOfPrefix,
} from './desired.js';

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
 * @throws RangeError when peers claim the same (see {@link conflictingClaims})
 */
export function diff(actual: WireguardDevice, desired: DesiredDevice): WireguardChange | undefined {
  const [conflict] = conflictingClaims(desired);
  if (conflict !== undefined) throw new RangeError(`conflicting claims: ${conflict.kind}`);
  const { privateKey } = desired.keys;
  const isSameKey = actual.privateKey?.equals(privateKey) ?? false;
  const peers = diffPeers(actual.peers, desired.peers);
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
  desired: readonly DesiredPeer[],
): WireguardPeerChange[] {
  const present = new Map(actual.map((peer) => [textOfKey(peer.publicKey), peer]));
  const wanted = new Set(desired.map(({ publicKey }) => textOfKey(publicKey)));
  const isWanted = ({ publicKey }: WireguardPeer): boolean => wanted.has(textOfKey(publicKey));
  return [
    ...desired.flatMap((peer) => {
      const before = present.get(textOfKey(peer.publicKey));
      return before === undefined ? [newPeer(peer)] : (changedPeer(before, peer) ?? []);
    }),
    ...discard(actual.filter(isWanted), desired),
    ...actual
      .filter((peer) => !isWanted(peer))
      .map(({ publicKey }) => ({ publicKey, remove: true })),
  ];
}

/** Complete at once: the kernel makes it with its PSK, so that no handshake goes without. */
function newPeer(peer: DesiredPeer): WireguardPeerChange {
  const { publicKey, presharedKey, endpoint, persistentKeepalive, allowedIps } = peer;
  return {
    publicKey,
    ...(presharedKey === undefined ? {} : { presharedKey }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(persistentKeepalive === 0 ? {} : { persistentKeepalive }),
    ...(allowedIps.length === 0 ? {} : { allowedIps }),
  };
}

function changedPeer(before: WireguardPeer, peer: DesiredPeer): WireguardPeerChange | undefined {
  const { publicKey, presharedKey, endpoint, persistentKeepalive } = peer;
  const has = new Set(before.allowedIps.map(textOfPrefix));
  const allowedIps = peer.allowedIps.filter((one) => !has.has(textOfPrefix(one)));
  const change: Omit<WireguardPeerChange, 'publicKey'> = {
    ...(isSameSecret(before.presharedKey, presharedKey)
      ? {}
      : { presharedKey: presharedKey ?? 'none' }),
    ...(endpoint === undefined || isSameEndpoint(before.endpoint, endpoint) ? {} : { endpoint }),
    ...(before.persistentKeepalive === persistentKeepalive ? {} : { persistentKeepalive }),
    ...(allowedIps.length === 0 ? {} : { allowedIps }),
  };
  return Object.keys(change).length === 0 ? undefined : { publicKey, ...change };
}

/** What peers that stay have and no peer shall have. */
function discard(
  kept: readonly WireguardPeer[],
  desired: readonly DesiredPeer[],
): WireguardPeerChange[] {
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

function isSameSecret(one: KeyObject | undefined, other: KeyObject | undefined): boolean {
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
