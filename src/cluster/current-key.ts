import { fieldsOf, listOf } from './fields.js';

/** `status.currentKey` of a record: how far a node is with the key that it prefers. */
export interface CurrentKey {
  readonly keyID: number;
  /** It sends to each of its peers under it. */
  readonly isConfirmed: boolean;
  readonly peers: number;
  readonly confirmed: number;
  /** Some of those that it does not. */
  readonly waitingFor: readonly string[];
}

/** Undefined where the node's agent has not said so. */
export function currentKeyOf(status: unknown): CurrentKey | undefined {
  const { keyID, isConfirmed, peers, confirmed, waitingFor } = fieldsOf(
    fieldsOf(status).currentKey,
  );
  if (typeof keyID !== 'number') return undefined;
  return {
    keyID,
    isConfirmed: isConfirmed === true,
    peers: typeof peers === 'number' ? peers : 0,
    confirmed: typeof confirmed === 'number' ? confirmed : 0,
    waitingFor: listOf(waitingFor).filter((one) => typeof one === 'string'),
  };
}

/** Whom a node waits for, for people. */
export function waitingText({ peers, confirmed, waitingFor }: CurrentKey): string {
  return `${confirmed} of ${peers} peers, waits for ${waitingFor.join(', ') || 'others'}`;
}
