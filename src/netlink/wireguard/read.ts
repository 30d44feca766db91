import { NetlinkParseError } from '../errors.js';
import { packGeneric, readGeneric } from '../generic/message.js';
import { checkLinkName } from '../route/link-change.js';
import type { NetlinkSocket } from '../socket/conversation.js';
import { parseAttributes } from '../wire/attributes.js';
import { FLAG, type NetlinkMessage } from '../wire/message.js';
import type { NetlinkQuery } from '../wire/query.js';
import { decodeText, Reader } from '../wire/reader.js';
import { COMMAND, DEVICE, FAMILY } from './constants.js';
import type { WireguardDevice, WireguardPeer } from './device.js';
import { readPeer } from './read-peer.js';
import { readSecret, WIREGUARD_KEY_BYTES } from './secret.js';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What one message of the answer says: the first all of the device, the others of its peers only. */
export type WireguardPart = Partial<WireguardDevice> & Pick<WireguardDevice, 'peers'>;

/**
 * WG_CMD_GET_DEVICE, keys included: ENODEV if there is no such device, EOPNOTSUPP if it is none of
 * WireGuard. {@link joinParts} makes a device of the answers.
 *
 * @param family the number that `findFamily` gave
 * @throws RangeError for a name that no device can have
 */
export function getWireguardParts(family: number, name: string): NetlinkQuery<WireguardPart> {
  checkLinkName(name);
  const body = packGeneric(COMMAND.getDevice, FAMILY.version, (writer) =>
    writer.attributeText(DEVICE.name, name),
  );
  const parse = (message: NetlinkMessage): WireguardPart | undefined =>
    message.type === family ? parsePart(message) : undefined;
  return { type: family, flags: FLAG.request | FLAG.dump, body, parse };
}

/**
 * Asks for a device and all of its peers, over a socket of the protocol `generic`.
 *
 * @throws NetlinkError (see {@link getWireguardParts}), NetlinkOverrunError, NetlinkSocketError,
 *   NetlinkParseError
 */
export async function readWireguard(
  socket: NetlinkSocket,
  family: number,
  name: string,
): Promise<WireguardDevice> {
  return joinParts(await socket.dump(getWireguardParts(family, name)));
}

/**
 * Joins the messages of one answer. What does not fit a message goes on in the next; a peer that was
 * cut is named again there, with its key and further allowed IPs alone (linux/wireguard.h).
 *
 * @throws NetlinkParseError when the first does not describe the device, or another one a second
 */
export function joinParts(parts: readonly WireguardPart[]): WireguardDevice {
  const [first] = parts;
  if (first?.ifindex === undefined || first.name === undefined) {
    throw new NetlinkParseError('a WireGuard device without index or name');
  }
  if (parts.some(({ ifindex = first.ifindex }) => ifindex !== first.ifindex)) {
    throw new NetlinkParseError('two WireGuard devices in one answer');
  }
  const device: WireguardDevice = { ...first, ...identity(first), peers: joinPeers(parts) };
  return device;
}

function identity({ ifindex = 0, name = '', listenPort = 0, fwmark = 0 }: WireguardPart) {
  return { ifindex, name, listenPort, fwmark };
}

function joinPeers(parts: readonly WireguardPart[]): WireguardPeer[] {
  const joined: Mutable<WireguardPeer>[] = [];
  // Not by adding lists together, which takes the square of the number of messages.
  let open: { readonly peer: Mutable<WireguardPeer>; readonly lists: WireguardPeer[] } | undefined;
  const close = (): void => {
    if (open === undefined || open.lists.length === 1) return;
    open.peer.allowedIps = open.lists.flatMap(({ allowedIps }) => allowedIps);
  };
  for (const peer of parts.flatMap(({ peers }) => peers)) {
    if (open !== undefined && Buffer.compare(open.peer.publicKey, peer.publicKey) === 0) {
      open.lists.push(peer);
      continue;
    }
    close();
    open = { peer: { ...peer }, lists: [peer] };
    joined.push(open.peer);
  }
  close();
  return joined;
}

/** Reads one message of the answer; undefined for another command. @throws NetlinkParseError */
function parsePart(message: NetlinkMessage): WireguardPart | undefined {
  const { command, attributes } = readGeneric(message);
  if (command !== COMMAND.getDevice) return undefined;
  const part: Mutable<WireguardPart> = { peers: [] };
  for (const { type, payload } of attributes) {
    if (type === DEVICE.ifindex) part.ifindex = new Reader(payload, 4, 'WGDEVICE_A_IFINDEX').u32(0);
    else if (type === DEVICE.name) part.name = decodeText(payload);
    else if (type === DEVICE.publicKey) {
      const reader = new Reader(payload, WIREGUARD_KEY_BYTES, 'WGDEVICE_A_PUBLIC_KEY');
      part.publicKey = reader.bytes(0, WIREGUARD_KEY_BYTES);
    } else if (type === DEVICE.privateKey) {
      const secret = readSecret(payload, 'WGDEVICE_A_PRIVATE_KEY');
      if (secret !== undefined) part.privateKey = secret;
    } else if (type === DEVICE.listenPort) {
      part.listenPort = new Reader(payload, 2, 'WGDEVICE_A_LISTEN_PORT').u16(0);
    } else if (type === DEVICE.fwmark) {
      part.fwmark = new Reader(payload, 4, 'WGDEVICE_A_FWMARK').u32(0);
    } else if (type === DEVICE.peers) {
      part.peers = parseAttributes(payload).map((one) => readPeer(one.payload));
    }
  }
  return part;
}
