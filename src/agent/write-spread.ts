import type { EncryptionNodeSpec, UnsealedRecord } from '../keying/index.js';
import { saysTheSame } from './own.js';

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
 * Whether a record says all that it said, and has more keys: only that may wait. A phase, an epoch, an address,
 * a prefix, or a key that goes is about what is safe now, and is published at once.
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
  return (
    saysTheSame({ ...before, keys: [] }, { ...after, keys: [] }) &&
    before.keys.every(({ keyID, publicKey }) => stays.get(keyID) === publicKey) &&
    had.every((id) => keyIDs.includes(id)) &&
    keyIDs.some((id) => !had.includes(id))
  );
}
