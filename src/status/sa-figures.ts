import { createHash } from 'node:crypto';
import { type Algorithms, SA_FLAG, type SaState } from '../netlink/index.js';
import type { SequenceNumber } from './agent-status.js';

/** The name of a key that does not tell it: 64 bits of its SHA-256. */
export function keyHash(key: Uint8Array): string {
  return `sha256:${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
}

/** How many different keys these SAs have: see `AgentStatus.keysInUse`. */
export function countKeys(sas: readonly Algorithms[]): number {
  const keys = sas.flatMap(({ aead, auth, crypt }) => {
    const parts = [aead, auth, crypt].flatMap((one) => (one === undefined ? [] : [one.key]));
    // One for a pair of authentication and encryption; none for an SA without keys.
    return parts.length === 0 ? [] : [parts.map(keyHash).join(' ')];
  });
  return new Set(keys).size;
}

const LIMIT = 0xffff_ffffn;
const LIMIT_ESN = 0xffff_ffff_ffff_ffffn;

/**
 * The sequence number of the SA that has the smallest share of its numbers left, of those it sent or
 * received; null when none has been used.
 */
export function maxSequence(
  sas: readonly Pick<SaState, 'flags' | 'replay'>[],
): SequenceNumber | null {
  let most: { current: bigint; limit: bigint; esn: boolean } | undefined;
  for (const { flags, replay } of sas) {
    if (replay === undefined) continue;
    const esn = (flags & SA_FLAG.esn) !== 0;
    const limit = esn ? LIMIT_ESN : LIMIT;
    const current = replay.sent > replay.received ? replay.sent : replay.received;
    if (current === 0n) continue;
    // Shares, compared without division.
    if (most === undefined || current * most.limit > most.current * limit) {
      most = { current, limit, esn };
    }
  }
  if (most === undefined) return null;
  const hex = (number: bigint): string => `0x${number.toString(16)}`;
  return { current: hex(most.current), limit: hex(most.limit), esn: most.esn };
}
