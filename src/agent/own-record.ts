import { type OpenRecord, type RecordOwner, readOpenRecord } from '../keying/index.js';
import { isKeyless } from '../pairs/index.js';

/**
 * A node's own record as it may be believed without a Secret: one without MACs, or one that says that the node was
 * disabled to the end, after which nothing of the Secret counts.
 *
 * @param spec the object's `spec`, as JSON
 * @returns undefined for one of a node that has a Secret, or that cannot be read
 */
export function openOwnRecord(spec: unknown, owner: RecordOwner): OpenRecord | undefined {
  const found = readOpenRecord(spec, owner);
  if (found.verdict !== 'open') return undefined;
  const { record } = found;
  const isOff = record.phase === 'Disabled' && isKeyless(record);
  return record.macs.length === 0 || isOff ? found : undefined;
}
