import type { EncryptionNodeSpec, UnsealedRecord } from '../keying/index.js';
import { deviceFields, saysTheSame } from './own.js';

/** Of a cluster's nodes, after a change that reaches all of them: no more writes a second than this. */
const A_SECOND = 200;
/** Nobody waits longer for a new key, in milliseconds; kubelets take up to two minutes to bring it. */
const LONGEST = 30_000;

/**
 * How long this node waits before it publishes what all others are about to publish as well, in milliseconds.
 *
 * @param nodes of the cluster, about
 * @param random 0 ≤ random < 1
 */
export function writeSpread(nodes: number, random: number): number {
  return Math.floor(Math.min(LONGEST, (nodes / A_SECOND) * 1000) * random);
}

/**
 * Whether a record says all that it said, and has more keys or WireGuard devices: only that may wait, as pairs go on by
 * what they have. A phase, an epoch, an address, a prefix, or a key or device that goes or changes is about what is
 * safe now, and is published at once. WireGuard in the place of IPsec adds devices, and the other way takes them away.
 *
 * @param keyIDs that the next record will have MACs under
 */
export function onlyAddsKeys(
  before: EncryptionNodeSpec,
  after: UnsealedRecord,
  keyIDs: readonly number[],
): boolean {
  const had = before.macs.map(({ keyID }) => keyID);
  const stays = new Map(after.keys.map(({ keyID, publicKey }) => [keyID, publicKey]));
  // With the first Secret devices get PSKs: those without go from the record, and stay while pairs need them.
  const isFirst = had.length === 0 && keyIDs.length > 0;
  const hadDevices = isFirst ? [] : deviceTexts(before);
  const devices = deviceTexts(after);
  return (
    saysTheSame(withoutKeys(before, after), { ...after, keys: [], wireguard: [] }) &&
    before.keys.every(({ keyID, publicKey }) => stays.get(keyID) === publicKey) &&
    had.every((id) => keyIDs.includes(id)) &&
    hadDevices.every((text) => devices.includes(text)) &&
    (keyIDs.some((id) => !had.includes(id)) || devices.length > hadDevices.length)
  );
}

/** Without what may be added; in the version and of the type of the later one, if that only comes with its devices. */
function withoutKeys(before: EncryptionNodeSpec, after: UnsealedRecord): UnsealedRecord {
  const { protocolVersion, type } = before;
  const hasMoved = type === 'ipsec' && after.type === 'wireguard';
  return {
    ...before,
    protocolVersion: Math.max(protocolVersion, after.protocolVersion),
    type: hasMoved ? after.type : type,
    ...{ keys: [], wireguard: [] },
  };
}

function deviceTexts({ wireguard = [] }: UnsealedRecord): string[] {
  return wireguard.map((device) => JSON.stringify(deviceFields(device)));
}
