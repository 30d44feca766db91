import { randomBytes } from 'node:crypto';
import { type KeyLine, newKeyLine, parseKeyLines } from '../../../src/key-lines/index.js';
import {
  type EncryptionNodeSpec,
  type PublishedDevice,
  RECORD_VERSION,
  sealRecord,
  type UnsealedRecord,
} from '../../../src/keying/index.js';
import type { WrittenRecord } from '../../../src/kube/index.js';

export const CLUSTER_UID = '7d1c1d5e-2f0b-4a54-9c3a-0f6d1c5a9b10';

/** Key lines with these ids, the last one current. */
export function linesWith(...ids: number[]): KeyLine[] {
  return ids.flatMap((id) => parseKeyLines(newKeyLine(id, 'rfc4106-gcm-aes', randomBytes)).keys);
}

/** What the agent of a node that has these lines would publish. */
export function sealedSpec(
  node: string,
  lines: readonly KeyLine[],
  clusterUID = CLUSTER_UID,
  number = 1,
): EncryptionNodeSpec {
  return sealRecord(unsealed(node, lines, number), { clusterUID, nodeName: node }, lines);
}

/** The same of a node of WireGuard: for each line a device, of generation 1 and on, unless others are given. */
export function sealedWireguardSpec(
  node: string,
  lines: readonly KeyLine[],
  devices: readonly PublishedDevice[] = lines.map(({ keyId }, at) => deviceOf(at + 1, keyId)),
  change: Partial<UnsealedRecord> = {},
): EncryptionNodeSpec {
  const record: UnsealedRecord = {
    ...unsealed(node, lines, 1),
    ...{ protocolVersion: RECORD_VERSION.wireguard, type: 'wireguard', wireguard: devices },
    ...change,
  };
  return sealRecord(record, { clusterUID: CLUSTER_UID, nodeName: node }, lines);
}

const EPOCH = 1_790_000_000;

export function deviceOf(generation: number, keyID: number): PublishedDevice {
  return {
    ...{ generation, keyID, epoch: EPOCH, listenPort: generation % 2 === 1 ? 51_871 : 51_872 },
    publicKey: randomBytes(32).toString('base64'),
  };
}

function unsealed(node: string, lines: readonly KeyLine[], number: number): UnsealedRecord {
  return {
    protocolVersion: RECORD_VERSION.ipsec,
    nodeUID: `uid-of-${node}`,
    nodeNumber: number,
    type: 'ipsec',
    phase: 'Enforced',
    epoch: EPOCH,
    revision: 1,
    generation: 1,
    addresses: ['192.0.2.1'],
    podPrefixes: [],
    keys: lines.map(({ keyId: keyID }) => ({
      keyID,
      algorithm: 'rfc4106(gcm(aes))',
      publicKey: randomBytes(32).toString('base64'),
    })),
  };
}

/** `status.currentKey` of a node that has sent to so many of its peers under the key. */
export function onKey(keyID: number, confirmed: number, peers: number, waitingFor: string[] = []) {
  const isConfirmed = confirmed === peers;
  return { currentKey: { keyID, isConfirmed, peers, confirmed, waitingFor } };
}

export function recordOf(name: string, spec: unknown, status?: unknown): WrittenRecord {
  const head = { name, uid: `record-of-${name}`, resourceVersion: '1', generation: 1 };
  return { ...head, spec, ...(status === undefined ? {} : { status }) };
}
