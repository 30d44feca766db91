import { KeyingError } from './keying-error.js';
import type { RecordVerdict } from './record.js';
import type { RecordOwner } from './record-encoding.js';
import { claimedVersion, parseRecord } from './record-parse.js';
import type { EncryptionNodeSpec, UnsealedRecord } from './record-spec.js';
import { NEWEST_RECORD, RECORD_VERSION } from './record-version.js';

/**
 * A record of a cluster without a Secret: nothing proves it but the API server's word that this node's
 * agent wrote it.
 */
export interface OpenRecord {
  readonly verdict: 'open';
  readonly owner: RecordOwner;
  readonly record: EncryptionNodeSpec;
  /** None: there is nothing to prove them by. */
  readonly provenKeyIDs: readonly number[];
}

/** What is known of a record where there is no Secret. Only `open` is to be acted on. */
export type OpenVerdict =
  | OpenRecord
  /** Its writer has a Secret, and we have none. */
  | { readonly verdict: 'sealed'; readonly keyIDs: readonly number[] }
  | Extract<RecordVerdict, { verdict: 'malformed' | 'too-new-protocol' }>;

/**
 * A record as a node writes it where there is no Secret: without MACs. IPsec has no such records.
 *
 * @throws KeyingError `bad-record` for one that {@link readOpenRecord} would not call open
 */
export function openRecord(record: UnsealedRecord): EncryptionNodeSpec {
  const result = parseRecord({ ...record, macs: [] });
  if (!('value' in result)) {
    throw new KeyingError('bad-record', `${result.path}: ${result.reason}`);
  }
  if (result.value.wireguard === undefined) {
    throw new KeyingError('bad-record', 'only a record of WireGuard may go without a Secret');
  }
  return result.value;
}

/**
 * Judges a record where there is no Secret, which is for the *configuration* to say: an agent whose key
 * file is late must not take that for leave to believe anyone. Never throws for what is in it.
 *
 * @param spec the object's `spec`, as JSON
 * @param owner the object's name, and our own cluster's UID
 */
export function readOpenRecord(spec: unknown, owner: RecordOwner): OpenVerdict {
  const version = claimedVersion(spec);
  if (version !== undefined && version > NEWEST_RECORD) {
    return { verdict: 'too-new-protocol', protocolVersion: version };
  }
  const parsed = parseRecord(spec);
  if (!('value' in parsed)) return { verdict: 'malformed', ...parsed };
  const record = parsed.value;
  if (record.macs.length > 0) {
    const keyIDs = record.macs.map(({ keyID }) => keyID).sort((one, other) => one - other);
    return { verdict: 'sealed', keyIDs };
  }
  if (record.protocolVersion < RECORD_VERSION.wireguard) {
    return { verdict: 'malformed', path: 'spec.protocolVersion', reason: 'out of range' };
  }
  return { verdict: 'open', owner, record, provenKeyIDs: [] };
}
