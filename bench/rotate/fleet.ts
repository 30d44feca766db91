/** Nodes of an IPv4 cluster in routine: what their records say, and pairs that are encrypted under one key. */
import { createHash } from 'node:crypto';
import type { OwnState } from '../../src/agent/state.js';
import type { KeyLine } from '../../src/key-lines/index.js';
import {
  algorithmOf,
  type BelievedRecord,
  markOf,
  reqidOf,
  type UnsealedRecord,
} from '../../src/keying/index.js';
import { type OwnEnd, type Pair, wantedOrigins } from '../../src/pairs/index.js';
import { fakeTunnel } from '../../test/unit/pairs/samples.js';

export const CLUSTER_UID = 'cluster';

/** Node number `i`, from 1 on. */
export const nameOf = (i: number): string => `n${i}`;
export const addressOf = (i: number): string => `172.${16 + (i >> 8)}.${i & 255}.1`;
export const podCidrOf = (i: number): string => `10.${64 + (i >> 8)}.${i & 255}.0/24`;

/** Base64 of 32 bytes, others for each node and key id: the tunnels here are made without a curve. */
export function publicKeyOfNode(i: number, keyID: number): string {
  return createHash('sha256').update(`${i} ${keyID}`).digest('base64');
}

export function ownStateOf(i: number): OwnState {
  return {
    ...{ clusterUID: CLUSTER_UID, nodeUID: `uid-${nameOf(i)}`, nodeNumber: i },
    ...{ epoch: 1, generation: i % 32, revision: 1, publishedPhase: 'Enforced' },
    ...{ privateKeys: {}, checks: {}, ends: [addressOf(i)], retired: [] },
  };
}

/** What the record of a node says that has these lines. */
export function recordTextOf(i: number, lines: readonly KeyLine[]): UnsealedRecord {
  return {
    ...{ protocolVersion: 1, nodeUID: `uid-${nameOf(i)}`, nodeNumber: i, type: 'ipsec' },
    ...{ phase: 'Enforced', epoch: 1, revision: 1, generation: i % 32 },
    addresses: [addressOf(i)],
    podPrefixes: [{ cidr: podCidrOf(i), source: 'Node.spec.podCIDRs' }],
    keys: lines.map((line) => ({
      ...{ keyID: line.keyId, algorithm: algorithmOf(line) },
      publicKey: publicKeyOfNode(i, line.keyId),
    })),
  };
}

/** A node as it knows itself. */
export function endOf(i: number, lines: readonly KeyLine[]): OwnEnd {
  return {
    ...{ nodeName: nameOf(i), nodeUID: `uid-${nameOf(i)}`, nodeNumber: i, epoch: 1 },
    ...{ generation: i % 32, addresses: [addressOf(i)] },
    publicKeys: new Map(lines.map(({ keyId }) => [keyId, publicKeyOfNode(i, keyId)])),
    ...{ type: 'ipsec', devices: [] },
  };
}

/** The pair as it is long after both have confirmed all that is wanted. */
export function settledPair(own: OwnEnd, peer: BelievedRecord): Pair {
  const { record, owner } = peer;
  const reqid = reqidOf(record.nodeNumber);
  const tunnels = wantedOrigins(own, peer).map((origin) => {
    return { ...fakeTunnel(origin, reqid), confirmed: true, peerSends: true, told: true };
  });
  const last = tunnels.at(-1);
  if (last === undefined) throw new Error(`no tunnel with ${owner.nodeName}`);
  return {
    ...{ peer: owner.nodeName, reqid, tunnels, spent: [], sendsOn: last.id },
    podPrefixes: record.podPrefixes.map(({ cidr }) => cidr),
    addresses: record.addresses,
    mark: markOf(peer),
    ...{ outClosed: true, inClosed: true },
  };
}
