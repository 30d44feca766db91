import { randomInt } from 'node:crypto';
import type { KeyLine } from '../key-lines/index.js';
import {
  algorithmOf,
  type BelievedRecord,
  MAX_NODE_NUMBER,
  nextEpoch,
  nextGeneration,
  type Phase,
  type PublishedDevice,
  RECORD_VERSION,
  type UnsealedRecord,
} from '../keying/index.js';
import { mayBeEncrypted } from '../pairs/index.js';
import type { OwnState } from './state.js';

/** What the API says of this node. */
export interface Identity {
  readonly clusterUID: string;
  readonly nodeUID: string;
}

/** Seconds since 1970. */
export type Clock = () => number;

/**
 * Who this node is when it remembers nothing: what its own record says, if it is believed, with the next
 * epoch; or somebody new.
 *
 * @param taken node numbers that other records claim
 */
export function firstOwn(
  identity: Identity,
  found: BelievedRecord | undefined,
  ends: readonly string[],
  taken: ReadonlySet<number>,
  clock: Clock,
): OwnState {
  const epoch = nextEpoch(found?.record.epoch, clock());
  const isSameNode = found?.record.nodeUID === identity.nodeUID;
  const wasEnforced = isSameNode && mayBeEncrypted(found.record);
  return {
    ...identity,
    nodeNumber: isSameNode ? found.record.nodeNumber : freeNumber(taken),
    epoch,
    generation: found === undefined ? randomInt(32) : nextGeneration(found.record.generation),
    revision: 0,
    publishedPhase: isSameNode ? found.record.phase : undefined,
    privateKeys: {},
    checks: {},
    ends,
    retired: [],
    ...(wasEnforced ? { lostMemoryAt: epoch } : {}),
  };
}

/** The node with new keys to come: the next epoch, whose SPIs are others than before. */
export function renewed(own: OwnState, clock: Clock, change: Partial<OwnState> = {}): OwnState {
  return {
    ...own,
    ...change,
    epoch: nextEpoch(change.epoch ?? own.epoch, clock()),
    generation: nextGeneration(own.generation),
    revision: 0,
    retired: [],
  };
}

/** A node number that no record claims. At random, so that nodes that start at once rarely meet. */
export function freeNumber(taken: ReadonlySet<number>): number {
  for (;;) {
    const number = randomInt(1, MAX_NODE_NUMBER + 1);
    if (!taken.has(number)) return number;
  }
}

/** What goes into the record, besides the identity. */
export interface Published {
  readonly type: UnsealedRecord['type'];
  readonly phase: Phase;
  readonly addresses: readonly string[];
  readonly podPrefixes: readonly { readonly cidr: string; readonly source: string }[];
  readonly lines: readonly KeyLine[];
  /** Base64 by key id. */
  readonly publicKeys: ReadonlyMap<number, string>;
  readonly devices: readonly PublishedDevice[];
  /** One of `RECORD_VERSION`: no earlier one, though it would do. */
  readonly least: number;
}

/** At most as many as the definition of the record allows. */
const MOST = 64;

/** The record, without its proofs. */
export function recordOf(own: OwnState, published: Published): UnsealedRecord {
  const { type, phase, addresses, podPrefixes, lines, publicKeys, devices, least } = published;
  const hasDevices = type === 'wireguard' || devices.length > 0;
  const needed = hasDevices ? RECORD_VERSION.wireguard : RECORD_VERSION.ipsec;
  const protocolVersion = Math.max(needed, least);
  return {
    protocolVersion,
    nodeUID: own.nodeUID,
    nodeNumber: own.nodeNumber,
    type,
    phase,
    epoch: own.epoch,
    revision: own.revision,
    generation: own.generation,
    addresses: addresses.slice(0, MOST),
    podPrefixes: podPrefixes.slice(0, MOST),
    keys: lines.flatMap((line) => {
      const publicKey = publicKeys.get(line.keyId);
      return publicKey === undefined
        ? []
        : [{ keyID: line.keyId, algorithm: algorithmOf(line), publicKey }];
    }),
    ...(protocolVersion >= RECORD_VERSION.wireguard ? { wireguard: devices } : {}),
  };
}

/** Whether two records say the same, whichever is the later one. */
export function saysTheSame(one: UnsealedRecord, other: UnsealedRecord): boolean {
  return plain(one) === plain(other);
}

function plain(record: UnsealedRecord): string {
  const { protocolVersion, nodeUID, nodeNumber, type, phase, epoch, generation } = record;
  const keys = record.keys.map(({ keyID, algorithm, publicKey }) => [keyID, algorithm, publicKey]);
  return JSON.stringify([
    ...[protocolVersion, nodeUID, nodeNumber, type, phase, epoch, generation],
    record.addresses,
    record.podPrefixes.map(({ cidr, source }) => [cidr, source]),
    keys.sort(([a], [b]) => Number(a) - Number(b)),
    devicesOf(record),
  ]);
}

function devicesOf({ wireguard }: UnsealedRecord): unknown {
  return wireguard?.map(deviceFields).sort(([a], [b]) => Number(a) - Number(b));
}

/** All that a record says of a device, its generation first. */
export function deviceFields(device: PublishedDevice): readonly (string | number)[] {
  const { generation, epoch, listenPort, publicKey, keyID } = device;
  return [generation, epoch, listenPort, publicKey, keyID ?? 0];
}
