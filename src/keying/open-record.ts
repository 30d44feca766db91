import { KeyingError } from './keying-error.js';
import type { AuthenticRecord, RecordVerdict } from './record.js';
import type { RecordOwner } from './record-encoding.js';
import { claimedVersion, parseRecord } from './record-parse.js';
import type { EncryptionNodeSpec, UnsealedRecord } from './record-spec.js';
import { NEWEST_RECORD, RECORD_VERSION } from './record-version.js';

/**
 * A record as a node without a Secret sees it: nothing proves it but the API server's word that this node's
 * agent wrote it.
 */
export interface OpenRecord {
  readonly verdict: 'open';
  readonly owner: RecordOwner;
  readonly record: EncryptionNodeSpec;
  /** None: there is nothing to prove them by. */
  readonly provenKeyIDs: readonly number[];
  /** None: there is nothing to compare them with. */
  readonly otherKeyIDs: readonly number[];
}

/** A record that may be acted on. */
export type BelievedRecord = AuthenticRecord | OpenRecord;

/** What is known of a record where there is no Secret. Only `open` is to be acted on. */
export type OpenVerdict =
  | OpenRecord
  | Extract<RecordVerdict, { verdict: 'malformed' | 'too-new-protocol' }>;

/**
 * No higher epoch or revision is believed without proof: whoever wrote the last number that there is would leave a node
 * none for its next record. A proof shows that the node came there itself, which takes it longer than it has.
 */
const MOST_WITHOUT_PROOF = 2 ** 52;

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
 * Judges a record where there is no Secret. One with MACs is believed as well: its writer has got a Secret that
 * may be on its way to us, and what is between the two has to stay until then. Never throws for what is in it.
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
  if (record.macs.length === 0 && record.protocolVersion < RECORD_VERSION.wireguard) {
    return { verdict: 'malformed', path: 'spec.protocolVersion', reason: 'out of range' };
  }
  for (const field of ['epoch', 'revision'] as const) {
    if (record[field] > MOST_WITHOUT_PROOF) {
      return { verdict: 'malformed', path: `spec.${field}`, reason: 'out of range' };
    }
  }
  return { verdict: 'open', owner, record, provenKeyIDs: [], otherKeyIDs: [] };
}
