import type { SaState } from '../../netlink/index.js';
import { sequenceWear } from '../../status/index.js';

/** That an SA has used so many sequence numbers that its key should go; undefined: none has. */
export function wearText(sas: readonly SaState[]): string | undefined {
  const wear = sequenceWear(sas);
  if (wear === null || wear.share < 1) return undefined;
  const { keyID, esn } = wear;
  // Without a number: it would be another text, and another write of the record, each time.
  return esn
    ? `more than 2^40 packets went through an SA of key id ${keyID}`
    : `more than 2^29 packets went through an SA of key id ${keyID}, which has no extended sequence numbers and ends at 2^32`;
}
