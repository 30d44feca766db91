import { createHmac, timingSafeEqual } from 'node:crypto';
import type { KeyLine } from '../key-lines/index.js';
import { KeyingError } from './keying-error.js';
import { checkValue, recordMacKey } from './line-keys.js';
import type { BelievedRecord } from './open-record.js';
import { encodeRecord, type RecordOwner } from './record-encoding.js';
import { claimedVersion, parseRecord } from './record-parse.js';
import type { EncryptionNodeSpec, UnsealedRecord } from './record-spec.js';
import { RECORD_VERSION, type RecordVersion } from './record-version.js';
import type { MalformedReason } from './strict.js';

/** A record that a holder of the Secret wrote, for this node name, in this cluster. */
export interface AuthenticRecord {
  readonly verdict: 'authentic';
  readonly owner: RecordOwner;
  readonly record: EncryptionNodeSpec;
  /** The key ids whose MACs hold, ascending. Only public keys of these may be used: {@link publicKeyOf}. */
  readonly provenKeyIDs: readonly number[];
  /** Key ids under which the writer has other key material than we, ascending. */
  readonly otherKeyIDs: readonly number[];
}

/** What is known of a record. Only `authentic` is to be acted on; all others are for people. */
export type RecordVerdict =
  | AuthenticRecord
  /** We have none of the keys that vouch for it: not synced yet, or another cluster's. */
  | { readonly verdict: 'unknown-key-id'; readonly keyIDs: readonly number[] }
  /** It names our key material, but was not written with it, or was changed since. */
  | { readonly verdict: 'wrong-mac'; readonly keyIDs: readonly number[] }
  /** Its writer has other key material than we under all ids that both know. */
  | { readonly verdict: 'other-key'; readonly keyIDs: readonly number[] }
  | { readonly verdict: 'malformed'; readonly path: string; readonly reason: MalformedReason }
  /** Written by a newer agent, or so it says: nothing of it can be checked. */
  | { readonly verdict: 'too-new-protocol'; readonly protocolVersion: number };

/**
 * Adds check value and MAC (HMAC-SHA-256, RFC 2104) under each line of the Secret.
 *
 * @throws KeyingError `unknown-key-id` for a public key whose id is not among the lines, or without any
 * line; `bad-record` for a record that {@link verifyRecord} would call malformed
 */
export function sealRecord(
  record: UnsealedRecord,
  owner: RecordOwner,
  lines: readonly KeyLine[],
): EncryptionNodeSpec {
  const known = new Set(lines.map(({ keyId }) => keyId));
  const named = [...record.keys, ...(record.wireguard ?? [])].flatMap(({ keyID }) => keyID ?? []);
  if (known.size === 0 || named.some((keyID) => !known.has(keyID))) {
    throw new KeyingError('unknown-key-id', 'a record can only be sealed with the keys it names');
  }
  const checks = lines.map((line) => ({
    line,
    keyID: line.keyId,
    check: base64(checkValue(line, owner.clusterUID)),
  }));
  const encoded = encodeRecord(owner, { ...record, macs: checks });
  const macs = checks.map(({ line, keyID, check }) => ({
    keyID,
    check,
    mac: base64(macOf(encoded, line, owner)),
  }));
  const sealed = { ...record, macs };
  // What others would refuse must fail here, on the node that has the fault.
  const result = parseRecord(sealed);
  if ('value' in result) return result.value;
  throw new KeyingError('bad-record', `${result.path}: ${result.reason}`);
}

/**
 * Judges a record that anyone may have written. Never throws for what is in it.
 *
 * @param spec the object's `spec`, as JSON
 * @param owner the object's name, and our own cluster's UID
 * @param lines our Secret's
 * @param newest the latest version that the caller acts on; one that has no WireGuard must not take a
 * record for authentic that it would understand by half
 */
export function verifyRecord(
  spec: unknown,
  owner: RecordOwner,
  lines: readonly KeyLine[],
  newest: RecordVersion = RECORD_VERSION.wireguard,
): RecordVerdict {
  const version = claimedVersion(spec);
  if (version !== undefined && version > newest) {
    return { verdict: 'too-new-protocol', protocolVersion: version };
  }
  const parsed = parseRecord(spec);
  if (!('value' in parsed)) return { verdict: 'malformed', ...parsed };
  const record = parsed.value;
  const encoded = encodeRecord(owner, record);
  const proven: number[] = [];
  const wrong: number[] = [];
  const other: number[] = [];
  for (const { keyID, check, mac } of record.macs) {
    const line = lines.find(({ keyId }) => keyId === keyID);
    if (line === undefined) continue;
    // Public values: no need for constant time.
    if (base64(checkValue(line, owner.clusterUID)) !== check) other.push(keyID);
    else if (holds(macOf(encoded, line, owner), mac)) proven.push(keyID);
    else wrong.push(keyID);
  }
  // One wrong MAC condemns the whole record: no honest writer makes one, but the holder of an old,
  // leaked key who changes a record cannot make the MAC of the new key.
  if (wrong.length > 0) return { verdict: 'wrong-mac', keyIDs: ascending(wrong) };
  if (proven.length === 0) {
    if (other.length > 0) return { verdict: 'other-key', keyIDs: ascending(other) };
    const keyIDs = ascending(record.macs.map(({ keyID }) => keyID));
    return { verdict: 'unknown-key-id', keyIDs };
  }
  return {
    verdict: 'authentic',
    owner,
    record,
    provenKeyIDs: ascending(proven),
    otherKeyIDs: ascending(other),
  };
}

/** The X25519 public key of a key id, 32 bytes; undefined where there is none or no MAC vouches for it. */
export function publicKeyOf(
  { record, provenKeyIDs }: BelievedRecord,
  keyID: number,
): Uint8Array | undefined {
  const key = record.keys.find((one) => one.keyID === keyID);
  if (key === undefined || !provenKeyIDs.includes(keyID)) return undefined;
  return Uint8Array.from(Buffer.from(key.publicKey, 'base64'));
}

function macOf(encoded: Uint8Array, line: KeyLine, owner: RecordOwner): Uint8Array {
  const key = recordMacKey(line, owner.clusterUID, owner.nodeName);
  try {
    return createHmac('sha256', key).update(encoded).digest();
  } finally {
    key.fill(0);
  }
}

function holds(expected: Uint8Array, given: string): boolean {
  return timingSafeEqual(expected, Buffer.from(given, 'base64'));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function ascending(numbers: readonly number[]): number[] {
  return [...numbers].sort((one, other) => one - other);
}
