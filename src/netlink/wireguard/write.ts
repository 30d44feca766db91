import { packGeneric } from '../generic/message.js';
import { checkLinkName } from '../route/link-change.js';
import { FLAG, type NetlinkRequest } from '../wire/message.js';
import type { Writer } from '../wire/writer.js';
import { writeAllowedIp } from './allowed-ip.js';
import { COMMAND, DEVICE, DEVICE_FLAG, FAMILY, PEER, PEER_FLAG } from './constants.js';
import type { WireguardChange, WireguardPeerChange } from './device.js';
import { writeEndpoint } from './endpoint.js';
import { cutPeers, LARGEST_HEAD, type PeerFragment } from './fragments.js';
import { writeSecret } from './secret.js';

/**
 * Bytes of a message: an attribute, such as the list of peers, has less than 64 KiB, and two messages
 * of this size go in one batch.
 */
const LARGEST_MESSAGE = 32 * 1024;
/** nlmsghdr and genlmsghdr. */
const HEADERS = 20;
/** What may stand in front of the peers: name, private key, flags, port, mark, the list's header. */
const DEVICE_SIZE = 20 + 36 + 8 * 3 + 4;
const SMALLEST_MESSAGE = HEADERS + DEVICE_SIZE + LARGEST_HEAD + 40;
/** The number of an attribute in a list, which the kernel does not look at. */
const ITEM = 0;

/**
 * WG_CMD_SET_DEVICE, as several messages where one is too small, each made when it is asked for: to be sent in
 * their order, in one call. A message that is refused keeps what came before it, also of its own peers. Their bodies hold
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
): Iterable<NetlinkRequest> {
  checkLinkName(name);
  if (largest < SMALLEST_MESSAGE) {
    throw new RangeError(`a message of ${largest} bytes has no room for a peer`);
  }
  const room = largest - HEADERS - DEVICE_SIZE;
  // All of them are looked at first: what cannot be written is found before anything is sent.
  const messages = cutPeers(change.peers ?? [], room, room);
  return writeMessages(family, name, change, messages);
}

function* writeMessages(
  family: number,
  name: string,
  change: WireguardChange,
  messages: readonly (readonly PeerFragment[])[],
): Generator<NetlinkRequest> {
  for (const [index, fragments] of messages.entries()) {
    const body = packGeneric(COMMAND.setDevice, FAMILY.version, (writer) => {
      writer.attributeText(DEVICE.name, name);
      // Again in a further message, replacing would remove the peers of those before it.
      if (index === 0) writeDevice(writer, change);
      if (fragments.length === 0) return;
      writer.nested(DEVICE.peers, () => {
        for (const fragment of fragments) writeFragment(writer, fragment);
      });
    });
    yield { type: family, flags: FLAG.request | FLAG.ack, body };
  }
}

function writeDevice(writer: Writer, change: WireguardChange): void {
  const { privateKey, listenPort, fwmark, replacePeers } = change;
  if (privateKey !== undefined) writeSecret(writer, DEVICE.privateKey, privateKey);
  if (listenPort !== undefined) writer.u16(writer.attribute(DEVICE.listenPort, 2), listenPort);
  if (fwmark !== undefined) writer.attributeU32(DEVICE.fwmark, fwmark);
  if (replacePeers) writer.attributeU32(DEVICE.flags, DEVICE_FLAG.replacePeers);
}

function writeFragment(writer: Writer, { peer, isContinued, allowedIps }: PeerFragment): void {
  const item = writer.begin(ITEM);
  writer.attributeBytes(PEER.publicKey, peer.publicKey);
  if (!isContinued) writePeer(writer, peer);
  const flags = flagsOf(peer, isContinued);
  if (flags !== 0) writer.attributeU32(PEER.flags, flags);
  if (allowedIps.length > 0) {
    const list = writer.begin(PEER.allowedIps);
    for (const one of allowedIps) writeAllowedIp(writer, one);
    writer.end(list);
  }
  writer.end(item);
}

function writePeer(writer: Writer, peer: WireguardPeerChange): void {
  const { presharedKey, endpoint, persistentKeepalive } = peer;
  if (presharedKey !== undefined) writeSecret(writer, PEER.presharedKey, presharedKey);
  if (endpoint !== undefined) writeEndpoint(writer, endpoint);
  if (persistentKeepalive !== undefined) {
    writer.u16(writer.attribute(PEER.persistentKeepalive, 2), persistentKeepalive);
  }
}

/** A continuation neither takes away what was just added nor makes a peer that is only to be updated. */
function flagsOf(peer: WireguardPeerChange, isContinued: boolean): number {
  return (
    (peer.remove ? PEER_FLAG.remove : 0) |
    (peer.replaceAllowedIps && !isContinued ? PEER_FLAG.replaceAllowedIps : 0) |
    (peer.updateOnly ? PEER_FLAG.updateOnly : 0)
  );
}
