/** Why a function of this folder refuses its arguments. Stable: code and tests may rely on them. */
export type KeyingReason =
  | 'bad-address'
  | 'bad-integer'
  | 'bad-key-bytes'
  | 'bad-record'
  | 'bad-text'
  | 'epoch-exhausted'
  | 'key-too-long'
  | 'mixed-families'
  | 'same-node'
  | 'unknown-key-id';

/**
 * Thrown when a caller passes what it should have checked before: a fault of ours, not of a peer, whose
 * input is judged by verdicts instead. The message never quotes a value.
 */
export class KeyingError extends Error {
  override readonly name = 'KeyingError';

  constructor(
    readonly reason: KeyingReason,
    message: string,
  ) {
    super(message);
  }
}
