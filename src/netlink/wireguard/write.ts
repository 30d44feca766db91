import type { Prefix } from '../../net/index.js';
import { writeGenericHeader } from '../generic/message.js';
import { checkLinkName } from '../route/link-change.js';
import { familyOf } from '../wire/family.js';
import { FLAG, type NetlinkRequest } from '../wire/message.js';
import { Writer } from '../wire/writer.js';
import { LARGEST_ALLOWED_IP, writeAllowedIps } from './allowed-ip.js';
import { COMMAND, DEVICE, DEVICE_FLAG, FAMILY, PEER_FLAG } from './constants.js';
import type { WireguardChange, WireguardPeerChange } from './device.js';
import { writeSockaddr } from './endpoint.js';
import { PART, peerTemplate } from './peer-template.js';
import { checkKey, writeSecret } from './secret.js';

/**
 * Bytes of a message: an attribute, such as the list of peers, has less than 64 KiB, and two messages
 * of this size go in one batch.
 */
const LARGEST_MESSAGE = 32 * 1024;
/** struct nlmsghdr, which the socket puts in front. */
const HEADER = 16;
/** What a peer takes at most without its allowed IPs: an item, two keys, endpoint, keepalive, flags, and a list. */
const LARGEST_HEAD = 4 + 36 + 36 + 32 + 8 + 8 + 4;
/** genlmsghdr, name, private key, port, mark, flags, and the list of peers. */
const LARGEST_DEVICE = 4 + 20 + 36 + 8 + 8 + 8 + 4;
const SMALLEST_MESSAGE = HEADER + LARGEST_DEVICE + LARGEST_HEAD + LARGEST_ALLOWED_IP;

/**
 * WG_CMD_SET_DEVICE, as several messages where one is too small: to be sent in their order, in one
 * call. A message that is refused keeps what came before it, also of its own peers. Their bodies hold
 * keys: none of their bytes may be shown.
 *
 * @param family the number that `findFamily` gave
 * @param largest bytes of a message
 * @throws RangeError for a name that no device can have, a key that has not 32 bytes, an address that
 *   is none of IP, or messages too small for a peer
 */
export function setWireguard(
  family: number,
  name: string,
  change: WireguardChange,
  largest = LARGEST_MESSAGE,
): NetlinkRequest[] {
  checkLinkName(name);
  if (largest < SMALLEST_MESSAGE) {
    throw new RangeError(`a message of ${largest} bytes has no room for a peer`);
  }
  const messages = new Messages(name, change, largest - HEADER);
  return messages.bodies().map((body) => ({ type: family, flags: FLAG.request | FLAG.ack, body }));
}

/** Each with as many peers as it has room for, of which one may go on in the next (linux/wireguard.h). */
class Messages {
  readonly #name: string;
  readonly #change: WireguardChange;
  /** Bytes of a body. */
  readonly #room: number;
  readonly #writer = new Writer();
  readonly #bodies: Uint8Array[] = [];
  /** The open message's list of peers. */
  #list: number | undefined;

  constructor(name: string, change: WireguardChange, room: number) {
    this.#name = name;
    this.#change = change;
    this.#room = room;
  }

  bodies(): readonly Uint8Array[] {
    this.#open();
    for (const peer of this.#change.peers ?? []) this.#add(peer);
    this.#close();
    return this.#bodies;
  }

  #open(): void {
    const writer = this.#writer;
    const { peers = [] } = this.#change;
    writeGenericHeader(writer, COMMAND.setDevice, FAMILY.version);
    writer.attributeText(DEVICE.name, this.#name);
    // Again in a further message, replacing would remove the peers of those before it.
    if (this.#bodies.length === 0) writeDevice(writer, this.#change);
    this.#list = peers.length === 0 ? undefined : writer.begin(DEVICE.peers);
  }

  #close(): void {
    if (this.#list !== undefined) this.#writer.end(this.#list);
    this.#bodies.push(this.#writer.finish());
    // At once, as it may have held a key.
    this.#writer.clear();
  }

  #add(peer: WireguardPeerChange): void {
    const { allowedIps = [] } = peer;
    let written = 0;
    do {
      const left = this.#room - this.#writer.length - LARGEST_HEAD;
      if (left < LARGEST_ALLOWED_IP) {
        this.#close();
        this.#open();
      }
      written = this.#write(peer, allowedIps, written);
    } while (written < allowedIps.length);
  }

  /** @returns how many of its allowed IPs are written with those that have room now */
  #write(peer: WireguardPeerChange, allowedIps: readonly Prefix[], from: number): number {
    const writer = this.#writer;
    const { publicKey, presharedKey, endpoint, persistentKeepalive } = peer;
    checkKey(publicKey, 'a public key');
    const isContinued = from > 0;
    const flags = flagsOf(peer, isContinued);
    const parts = partsOf(peer, flags, isContinued);
    const template = peerTemplate(parts);
    const at = writer.template(template.bytes, template.publicKeyAt, publicKey);
    if (!isContinued) {
      if (presharedKey !== undefined && presharedKey !== 'none') {
        presharedKey.writeTo(writer, at + template.presharedKeyAt);
      }
      if (endpoint !== undefined) writeSockaddr(writer, at + template.endpointAt, endpoint);
      if (persistentKeepalive !== undefined) {
        writer.u16(at + template.persistentKeepaliveAt, persistentKeepalive);
      }
    }
    if (flags !== 0) writer.u32(at + template.flagsAt, flags);
    let end = 0;
    if (allowedIps.length > 0) {
      const room = Math.floor((this.#room - writer.length) / LARGEST_ALLOWED_IP);
      end = Math.min(from + room, allowedIps.length);
      writeAllowedIps(writer, allowedIps, from, end);
      writer.end(at + template.allowedIpsAt);
    }
    writer.end(at + template.itemAt);
    return end;
  }
}

function writeDevice(writer: Writer, change: WireguardChange): void {
  const { privateKey, listenPort, fwmark, replacePeers } = change;
  if (privateKey !== undefined) writeSecret(writer, DEVICE.privateKey, privateKey);
  if (listenPort !== undefined) writer.u16(writer.attribute(DEVICE.listenPort, 2), listenPort);
  if (fwmark !== undefined) writer.attributeU32(DEVICE.fwmark, fwmark);
  if (replacePeers) writer.attributeU32(DEVICE.flags, DEVICE_FLAG.replacePeers);
}

const ENDPOINT_PART = { 4: PART.endpoint4, 6: PART.endpoint6 } as const;

/** @throws RangeError for an endpoint that has not 4 or 16 bytes */
function partsOf(
  { presharedKey, endpoint, persistentKeepalive, allowedIps }: WireguardPeerChange,
  flags: number,
  isContinued: boolean,
): number {
  const always =
    (flags === 0 ? 0 : PART.flags) |
    (allowedIps === undefined || allowedIps.length === 0 ? 0 : PART.allowedIps);
  if (isContinued) return always;
  return (
    always |
    (presharedKey === undefined ? 0 : PART.presharedKey) |
    (endpoint === undefined ? 0 : ENDPOINT_PART[familyOf(endpoint.address)]) |
    (persistentKeepalive === undefined ? 0 : PART.persistentKeepalive)
  );
}

/** A continuation neither takes away what was just added nor makes a peer that is only to be updated. */
function flagsOf(peer: WireguardPeerChange, isContinued: boolean): number {
  return (
    (peer.remove ? PEER_FLAG.remove : 0) |
    (peer.replaceAllowedIps && !isContinued ? PEER_FLAG.replaceAllowedIps : 0) |
    (peer.updateOnly ? PEER_FLAG.updateOnly : 0)
  );
}
