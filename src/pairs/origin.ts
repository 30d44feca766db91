import { createHash } from 'node:crypto';
import {
  type BelievedRecord,
  type EncryptionType,
  type PublishedDevice,
  pairGeneration,
  publicKeyOf,
} from '../keying/index.js';
import { isRoutable, parseAddress } from '../net/index.js';
import { type DeviceEnd, type Devices, type End, NO_KEY_ID, type Origin } from './state.js';

/** This node, as its own record describes it. */
export interface OwnEnd {
  readonly nodeName: string;
  readonly nodeUID: string;
  readonly nodeNumber: number;
  readonly epoch: number;
  /** 0–31. */
  readonly generation: number;
  /** Canonical, those that a tunnel may end at, the preferred one first. */
  readonly addresses: readonly string[];
  /** Base64 by key id, in the order of the key file: the last one is preferred. */
  readonly publicKeys: ReadonlyMap<number, string>;
  /** How this node is to encrypt. */
  readonly type: EncryptionType;
  /** Its WireGuard devices, the preferred one last. */
  readonly devices: readonly PublishedDevice[];
}

/**
 * The tunnels that a pair should have, the preferred one last: one for each key id that both have published, or, if
 * both are to use WireGuard, one for each generation in which both have a device of one key id, or both one without.
 * Both nodes come to the same tunnels from the same two records.
 */
export function wantedOrigins(own: OwnEnd, peer: BelievedRecord): Origin[] {
  const address = commonAddresses(own.addresses, peer.record.addresses);
  // A number that both claim would give both directions one SPI: one of the two is going to change.
  if (address === undefined || own.nodeNumber === peer.record.nodeNumber) return [];
  const originOf = (keyID: number): Origin[] => originsOf(own, peer, address, keyID);
  // Until both are, they go on by what both can.
  const isByDevices = own.type === 'wireguard' && peer.record.type === 'wireguard';
  if (!isByDevices) return [...own.publicKeys.keys()].flatMap(originOf);
  return own.devices.flatMap((device): Origin[] => {
    const { generation, keyID } = device;
    const other = peer.record.wireguard?.find((one) => one.generation === generation);
    if (other === undefined || other.keyID !== keyID) return [];
    const devices: Devices = { generation, own: deviceEnd(device), peer: deviceEnd(other) };
    if (keyID !== undefined) return originOf(keyID).map((origin) => ({ ...origin, devices }));
    const ends = { own: device.publicKey, peer: other.publicKey };
    return [{ ...originWith(own, peer, address, { keyID: NO_KEY_ID, ...ends }), devices }];
  });
}

function originsOf(
  own: OwnEnd,
  peer: BelievedRecord,
  address: { readonly own: string; readonly peer: string },
  keyID: number,
): Origin[] {
  const publicKey = own.publicKeys.get(keyID);
  const theirs = publicKeyOf(peer, keyID);
  if (publicKey === undefined || theirs === undefined) return [];
  const keys = { keyID, own: publicKey, peer: Buffer.from(theirs).toString('base64') };
  return [originWith(own, peer, address, keys)];
}

/** @param keys in base64 */
function originWith(
  { nodeName, nodeUID, nodeNumber, epoch, generation }: OwnEnd,
  { owner, record }: BelievedRecord,
  address: { readonly own: string; readonly peer: string },
  keys: { readonly keyID: number; readonly own: string; readonly peer: string },
): Origin {
  return {
    keyID: keys.keyID,
    generation: pairGeneration(generation, record.generation),
    own: { nodeName, nodeUID, nodeNumber, epoch, address: address.own, publicKey: keys.own },
    peer: {
      nodeName: owner.nodeName,
      nodeUID: record.nodeUID,
      nodeNumber: record.nodeNumber,
      epoch: record.epoch,
      address: address.peer,
      publicKey: keys.peer,
    },
  };
}

function deviceEnd({ epoch, listenPort, publicKey }: PublishedDevice): DeviceEnd {
  return { epoch, listenPort, publicKey };
}

/**
 * {@link wantedOrigins}, remembered while neither end changes: each round asks for those of all peers, and an
 * object that stays the same keeps its {@link originID}, too.
 */
export class WantedOrigins {
  #own = '';
  #known = new WeakMap<BelievedRecord, Origin[]>();

  from(own: OwnEnd): (peer: BelievedRecord) => Origin[] {
    const text = JSON.stringify({ ...own, publicKeys: [...own.publicKeys] });
    if (text !== this.#own) this.#known = new WeakMap();
    this.#own = text;
    return (peer) => {
      const origins = this.#known.get(peer) ?? wantedOrigins(own, peer);
      this.#known.set(peer, origins);
      return origins;
    };
  }
}

/** The first of each that are of one family, IPv4 before IPv6: both nodes choose alike. */
function commonAddresses(
  own: readonly string[],
  peer: readonly string[],
): { own: string; peer: string } | undefined {
  for (const bytes of [4, 16]) {
    const mine = own.find((text) => tunnelEnd(text)?.length === bytes);
    const theirs = peer.find((text) => tunnelEnd(text)?.length === bytes);
    if (mine !== undefined && theirs !== undefined && mine !== theirs) {
      return { own: mine, peer: theirs };
    }
  }
  return undefined;
}

function tunnelEnd(text: string): Uint8Array | undefined {
  const bytes = parseAddress(text);
  return bytes !== undefined && isRoutable(bytes) ? bytes : undefined;
}

/** Asked for again and again, of the same objects. */
const ids = new WeakMap<Origin, string>();

/** Names an origin: equal for equal keys. */
export function originID(origin: Origin): string {
  const known = ids.get(origin);
  if (known !== undefined) return known;
  const { keyID, generation, own, peer, devices } = origin;
  const fields = [
    ...[keyID, generation, ...endFields(own), ...endFields(peer)],
    ...(devices === undefined ? [] : deviceFields(devices)),
  ];
  const id = createHash('sha256').update(JSON.stringify(fields)).digest('hex').slice(0, 32);
  ids.set(origin, id);
  return id;
}

function endFields(end: End): (string | number)[] {
  const { nodeName, nodeUID, nodeNumber, address, publicKey, epoch } = end;
  return [nodeName, nodeUID, nodeNumber, address, publicKey, epoch];
}

function deviceFields({ generation, own, peer }: Devices): (string | number)[] {
  const of = ({ epoch, listenPort, publicKey }: DeviceEnd): (string | number)[] => [
    ...[epoch, listenPort, publicKey],
  ];
  return [generation, ...of(own), ...of(peer)];
}
