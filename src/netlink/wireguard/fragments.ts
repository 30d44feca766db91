import type { Prefix } from '../../net/index.js';
import { allowedIpSize } from './allowed-ip.js';
import type { WireguardPeerChange } from './device.js';
import { endpointSize } from './endpoint.js';
import { checkKey } from './secret.js';

/** A peer, or what of it fits a message. */
export interface PeerFragment {
  readonly peer: WireguardPeerChange;
  /** All but key and allowed IPs was in a message before. */
  readonly isContinued: boolean;
  readonly allowedIps: readonly Prefix[];
}

/** Of a key, and of an attribute with up to four bytes: headers of 4 bytes included. */
const KEY_SIZE = 36;
const SMALL_SIZE = 8;
const NEST_SIZE = 4;

/**
 * Cuts peers into messages, in their order: as many as fit, and a peer with more allowed IPs than are
 * left room for goes on in the next message (linux/wireguard.h).
 *
 * @param first bytes for peers in the first message
 * @param next bytes for peers in each further one; enough for any peer with one allowed IP
 * @throws RangeError for a key that has not 32 bytes, and an endpoint that is none of IP
 */
export function cutPeers(
  peers: readonly WireguardPeerChange[],
  first: number,
  next: number,
): PeerFragment[][] {
  const messages: PeerFragment[][] = [];
  let open: PeerFragment[] = [];
  let left = first;
  for (const peer of peers) {
    const { allowedIps = [], publicKey } = peer;
    checkKey(publicKey, 'a public key');
    let at = 0;
    do {
      const head = headSize(peer, at > 0);
      const following = allowedIps[at];
      if (left < head + (following === undefined ? 0 : allowedIpSize(following))) {
        messages.push(open);
        open = [];
        left = next;
      }
      left -= head;
      const from = at;
      for (let one = allowedIps[at]; one !== undefined; one = allowedIps[at]) {
        const size = allowedIpSize(one);
        if (size > left) break;
        left -= size;
        at += 1;
      }
      // Without room for a single one this would never end.
      if (at === from && following !== undefined) throw new RangeError('no room for a peer');
      const isWhole = at - from === allowedIps.length;
      const part = isWhole ? allowedIps : allowedIps.slice(from, at);
      open.push({ peer, isContinued: from > 0, allowedIps: part });
    } while (at < allowedIps.length);
  }
  messages.push(open);
  return messages;
}

/** The bytes of a peer without its allowed IPs, if it has as much as it can. */
export const LARGEST_HEAD = NEST_SIZE * 2 + KEY_SIZE * 2 + SMALL_SIZE * 2 + 32;

function headSize(peer: WireguardPeerChange, isContinued: boolean): number {
  const { presharedKey, endpoint, persistentKeepalive } = peer;
  // The flags are counted in any case: they take less than working out whether there are any.
  const fixed = NEST_SIZE * 2 + KEY_SIZE + SMALL_SIZE;
  if (isContinued) return fixed;
  return (
    fixed +
    (presharedKey === undefined ? 0 : KEY_SIZE) +
    (endpoint === undefined ? 0 : endpointSize(endpoint)) +
    (persistentKeepalive === undefined ? 0 : SMALL_SIZE)
  );
}
