import { encodeFields, integer, text } from './encoding.js';
import type { EncryptionNodeSpec, PublishedDevice, RecordMac } from './record-spec.js';

/** A record as far as MACs cover it: everything but the MACs' own bytes. */
export type CoveredRecord = Omit<EncryptionNodeSpec, 'macs'> & {
  readonly macs: readonly Pick<RecordMac, 'keyID' | 'check'>[];
};

/** Whose record it is: bound into the MAC, so that no record can be moved to another name or cluster. */
export interface RecordOwner {
  readonly clusterUID: string;
  readonly nodeName: string;
}

/**
 * The canonical encoding of a record (docs/keying.md, "The record"). Keys and MACs go in by ascending key
 * id, and devices by generation, as the API server may keep them in another order; addresses and prefixes
 * go in as they stand. A record without devices is encoded as before there were any.
 */
export function encodeRecord(owner: RecordOwner, record: CoveredRecord): Uint8Array {
  const { addresses, podPrefixes, keys, macs, wireguard } = record;
  return encodeFields([
    integer(record.protocolVersion),
    text(owner.clusterUID),
    text(owner.nodeName),
    text(record.nodeUID),
    integer(record.nodeNumber),
    text(record.type),
    text(record.phase),
    integer(record.epoch),
    integer(record.revision),
    integer(record.generation),
    encodeFields(addresses.map(text)),
    encodeFields(podPrefixes.map(({ cidr, source }) => encodeFields([text(cidr), text(source)]))),
    encodeFields(
      byKeyID(keys).map(({ keyID, algorithm, publicKey }) =>
        encodeFields([integer(keyID), text(algorithm), Buffer.from(publicKey, 'base64')]),
      ),
    ),
    encodeFields(
      byKeyID(macs).map(({ keyID, check }) =>
        encodeFields([integer(keyID), Buffer.from(check, 'base64')]),
      ),
    ),
    ...(wireguard === undefined ? [] : [encodeFields(byGeneration(wireguard).map(encodeDevice))]),
  ]);
}

/** No key id is 0, so that stands for none. */
function encodeDevice(device: PublishedDevice): Uint8Array {
  const { generation, epoch, listenPort, publicKey, keyID } = device;
  return encodeFields([
    integer(generation),
    integer(epoch),
    integer(listenPort),
    Buffer.from(publicKey, 'base64'),
    integer(keyID ?? 0),
  ]);
}

function byGeneration(devices: readonly PublishedDevice[]): PublishedDevice[] {
  return [...devices].sort((one, other) => one.generation - other.generation);
}

function byKeyID<T extends { readonly keyID: number }>(items: readonly T[]): T[] {
  return [...items].sort((one, other) => one.keyID - other.keyID);
}
