import { NetlinkParseError } from '../errors.js';
import { openGeneric, packGeneric } from '../generic/message.js';
import { checkLinkName } from '../route/link-change.js';
import type { NetlinkSocket } from '../socket/conversation.js';
import { eachAttribute } from '../wire/attributes.js';
import { FLAG, type NetlinkMessage } from '../wire/message.js';
import type { NetlinkQuery } from '../wire/query.js';
import { COMMAND, DEVICE, FAMILY } from './constants.js';
import type { WireguardDevice, WireguardPart, WireguardPeer } from './device.js';
import type { WireguardMemory } from './memory.js';
import { readPeer } from './read-peer.js';
import { readSecret, WIREGUARD_KEY_BYTES } from './secret.js';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * WG_CMD_GET_DEVICE, keys included: ENODEV if there is no such device, EOPNOTSUPP if it is none of
 * WireGuard. {@link joinParts} makes a device of the answers.
 *
 * @param family the number that `findFamily` gave
 * @param memory of the answer before; the received bytes are changed then
 * @throws RangeError for a name that no device can have
 */
export function getWireguardParts(
  family: number,
  name: string,
  memory?: WireguardMemory,
): NetlinkQuery<WireguardPart> {
  checkLinkName(name);
  const body = packGeneric(COMMAND.getDevice, FAMILY.version, (writer) =>
    writer.attributeText(DEVICE.name, name),
  );
  const parse = (message: NetlinkMessage): WireguardPart | undefined => {
    if (message.type !== family) return undefined;
    return memory === undefined ? parsePart(message) : memory.recall(message, parsePart);
  };
  return { type: family, flags: FLAG.request | FLAG.dump, body, parse };
}

/**
 * Asks for a device and all of its peers, over a socket of the protocol `generic`.
 *
 * @param memory of this device, for who asks again and again
 * @throws NetlinkError (see {@link getWireguardParts}), NetlinkOverrunError, NetlinkSocketError,
 *   NetlinkParseError
 */
export async function readWireguard(
  socket: NetlinkSocket,
  family: number,
  name: string,
  memory?: WireguardMemory,
): Promise<WireguardDevice> {
  return joinParts(await socket.dump(getWireguardParts(family, name, memory)));
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
  const joined: WireguardPeer[] = [];
  // Of the last one. Not added together one by one, which takes the square of the number of messages.
  let pieces: WireguardPeer[] = [];
  const close = (): void => {
    const [first] = pieces;
    if (first === undefined || pieces.length === 1) return;
    const allowedIps = pieces.flatMap((piece) => piece.allowedIps);
    joined[joined.length - 1] = { ...first, allowedIps };
  };
  for (const { peers } of parts) {
    for (const peer of peers) {
      const [first] = pieces;
      if (first !== undefined && Buffer.compare(first.publicKey, peer.publicKey) === 0) {
        pieces.push(peer);
        continue;
      }
      close();
      pieces = [peer];
      joined.push(peer);
    }
  }
  close();
  return joined;
}

/** Reads one message of the answer; undefined for another command. @throws NetlinkParseError */
function parsePart({ body }: NetlinkMessage): WireguardPart | undefined {
  const { reader, command, attributesAt } = openGeneric(body);
  if (command !== COMMAND.getDevice) return undefined;
  const peers: WireguardPeer[] = [];
  const part: Mutable<WireguardPart> = { peers };
  eachAttribute(reader, attributesAt, body.length, (type, at, end) => {
    switch (type) {
      case DEVICE.ifindex:
        reader.check(at, end, 4, 'WGDEVICE_A_IFINDEX');
        part.ifindex = reader.u32(at);
        break;
      case DEVICE.name:
        part.name = reader.text(at, end - at);
        break;
      case DEVICE.publicKey:
        reader.check(at, end, WIREGUARD_KEY_BYTES, 'WGDEVICE_A_PUBLIC_KEY');
        part.publicKey = reader.bytes(at, WIREGUARD_KEY_BYTES);
        break;
      case DEVICE.privateKey: {
        const secret = readSecret(reader, at, end, 'WGDEVICE_A_PRIVATE_KEY');
        if (secret !== undefined) part.privateKey = secret;
        break;
      }
      case DEVICE.listenPort:
        reader.check(at, end, 2, 'WGDEVICE_A_LISTEN_PORT');
        part.listenPort = reader.u16(at);
        break;
      case DEVICE.fwmark:
        reader.check(at, end, 4, 'WGDEVICE_A_FWMARK');
        part.fwmark = reader.u32(at);
        break;
      case DEVICE.peers:
        eachAttribute(reader, at, end, (_, from, to) => peers.push(readPeer(reader, from, to)));
        break;
    }
  });
  return part;
}
