import type { KeyLine } from '../key-lines/index.js';
import {
  type AuthenticRecord,
  deriveWireguardPsk,
  isSmallOrder,
  type OpenRecord,
  wipe,
} from '../keying/index.js';
import { WireguardSecret } from '../netlink/index.js';
import { decodeKey } from './keys.js';
import type { DeviceKey } from './stored-keys.js';

/** This node's end of its pairs in one generation. */
export interface OwnDevice {
  readonly clusterUID: string;
  readonly nodeName: string;
  readonly nodeUID: string;
  readonly device: DeviceKey;
}

/** Why two nodes cannot talk in a generation. Stable: for status, events and metrics. */
export type PairRefusal =
  /** The peer has no device of this generation yet, or not any more. */
  | 'no-device'
  /** Its PSKs come from another line than ours: one of the two has not got the Secret's last change yet. */
  | 'other-key-id'
  /** It has no PSK, and we have: never done without. */
  | 'peer-without-psk'
  /** We have no PSK, and it has. */
  | 'own-without-psk'
  /** We lack the line that both name, or none of its MACs proves the record. */
  | 'unproven-key-id'
  /** Its name, UID or public key is ours. */
  | 'same-node'
  /** Its public key is a point of small order, with which anyone can speak. */
  | 'weak-key';

/** What a node has to know to make a peer of another. */
export type PairKeys =
  | {
      readonly kind: 'keys';
      /** 32 bytes. */
      readonly publicKey: Uint8Array;
      /** The peer's, UDP. */
      readonly listenPort: number;
      /** 32 bytes, out of sight; absent where the cluster has no Secret. */
      readonly psk?: { readonly keyID: number; readonly key: WireguardSecret };
    }
  | { readonly kind: 'refused'; readonly reason: PairRefusal };

/**
 * What two nodes have to know of each other in the generation of `own`. Both come to the same end from the
 * same records: with the PSK of one key id, without any PSK, or not at all. A pair never goes without a PSK
 * because one of the two lacks the Secret.
 *
 * @param lines the Secret's; none where there is no Secret
 */
export function pairKeys(
  own: OwnDevice,
  peer: AuthenticRecord | OpenRecord,
  lines: readonly KeyLine[],
): PairKeys {
  const { generation, keyID } = own.device;
  const device = peer.record.wireguard?.find((one) => one.generation === generation);
  const publicKey = device && decodeKey(device.publicKey);
  if (device === undefined || publicKey === undefined) return refused('no-device');
  if (device.keyID !== keyID) {
    if (device.keyID === undefined) return refused('peer-without-psk');
    return refused(keyID === undefined ? 'own-without-psk' : 'other-key-id');
  }
  const { nodeName, nodeUID } = own;
  const { owner, record } = peer;
  const isSame =
    owner.nodeName === nodeName ||
    record.nodeUID === nodeUID ||
    Buffer.compare(publicKey, own.device.keys.publicKey) === 0;
  if (isSame) return refused('same-node');
  if (isSmallOrder(publicKey)) return refused('weak-key');
  const keys = { kind: 'keys', publicKey, listenPort: device.listenPort } as const;
  if (keyID === undefined) return keys;
  const line = lines.find(({ keyId }) => keyId === keyID);
  if (line === undefined || !peer.provenKeyIDs.includes(keyID)) return refused('unproven-key-id');
  const bytes = deriveWireguardPsk({
    ...{ clusterUID: own.clusterUID, line, generation },
    ends: [
      { nodeName, nodeUID, publicKey: own.device.keys.publicKey, epoch: own.device.epoch },
      { nodeName: owner.nodeName, nodeUID: record.nodeUID, publicKey, epoch: device.epoch },
    ],
  });
  try {
    return { ...keys, psk: { keyID, key: new WireguardSecret(bytes) } };
  } finally {
    wipe(bytes);
  }
}

/**
 * For status: where the PSKs of a node's pairs come from. "none" is not a fault: it is what a cluster
 * without a Secret has.
 */
export function pskText(pairs: readonly PairKeys[]): string {
  const counts = new Map<number | undefined, number>();
  for (const one of pairs) {
    if (one.kind !== 'keys') continue;
    const keyID = one.psk?.keyID;
    counts.set(keyID, (counts.get(keyID) ?? 0) + 1);
  }
  const named = [...counts].sort(([one], [other]) => (one ?? 0) - (other ?? 0));
  const [only] = named;
  if (only === undefined) return 'none, as there is no peer';
  if (named.length === 1) return pskSource(only[0]);
  return named.map(([keyID, count]) => `${pskSource(keyID)} (peers: ${count})`).join('; ');
}

/** Where the PSKs of a device come from, in words. @param keyID undefined for none */
export function pskSource(keyID: number | undefined): string {
  return keyID === undefined ? 'none, as there is no Secret' : `from the Secret, key id ${keyID}`;
}

function refused(reason: PairRefusal): PairKeys {
  return { kind: 'refused', reason };
}
