import { afOf } from '../wire/family.js';
import { Writer } from '../wire/writer.js';
import { PEER } from './constants.js';
import { SOCKADDR_SIZE } from './endpoint.js';
import { WIREGUARD_KEY_BYTES } from './secret.js';

/** The number of an attribute in a list, which the kernel does not look at. */
const ITEM = 0;

/** What of a peer is to be written besides its public key, as bits. */
export const PART = {
  presharedKey: 1,
  endpoint4: 2,
  endpoint6: 4,
  persistentKeepalive: 8,
  flags: 16,
  allowedIps: 32,
} as const;

/**
 * An item of WGDEVICE_A_PEERS with all that follows from which parts it has; without what they say. Offsets are
 * those of payloads.
 */
export interface PeerTemplate {
  readonly bytes: Uint8Array;
  readonly itemAt: number;
  readonly publicKeyAt: number;
  readonly presharedKeyAt: number;
  readonly endpointAt: number;
  readonly persistentKeepaliveAt: number;
  readonly flagsAt: number;
  readonly allowedIpsAt: number;
}

const made: (PeerTemplate | undefined)[] = [];

/** Peers mostly have the same parts: to write each attribute of each took most of the time of a large device. */
export function peerTemplate(parts: number): PeerTemplate {
  const known = made[parts];
  if (known !== undefined) return known;
  const template = make(parts);
  made[parts] = template;
  return template;
}

function make(parts: number): PeerTemplate {
  const writer = new Writer();
  const family = parts & PART.endpoint6 ? 6 : 4;
  const attribute = (part: number, type: number, size: number): number =>
    parts & part ? writer.attribute(type, size) : 0;
  const itemAt = writer.begin(ITEM);
  const offsets = {
    publicKeyAt: writer.attribute(PEER.publicKey, WIREGUARD_KEY_BYTES),
    presharedKeyAt: attribute(PART.presharedKey, PEER.presharedKey, WIREGUARD_KEY_BYTES),
    endpointAt: attribute(PART.endpoint4 | PART.endpoint6, PEER.endpoint, SOCKADDR_SIZE[family]),
    persistentKeepaliveAt: attribute(PART.persistentKeepalive, PEER.persistentKeepalive, 2),
    flagsAt: attribute(PART.flags, PEER.flags, 4),
  };
  if (offsets.endpointAt > 0) writer.u16(offsets.endpointAt, afOf(family));
  const allowedIpsAt = parts & PART.allowedIps ? writer.begin(PEER.allowedIps) : 0;
  return { itemAt, ...offsets, allowedIpsAt, bytes: writer.finish() };
}
