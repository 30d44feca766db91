import { KeyingError } from './keying-error.js';

/** Bytes of the length in front of a field. */
const PREFIX = 4;

/**
 * The canonical encoding of a list of fields: each as its length in bytes (4 bytes, big-endian) and then
 * its bytes. No list has the encoding of another, since the lengths say where each field ends; a list
 * inside a list is encoded first and becomes one field.
 */
export function encodeFields(fields: readonly Uint8Array[]): Uint8Array {
  const size = fields.reduce((sum, field) => sum + PREFIX + field.length, 0);
  // An ArrayBuffer first: outside V8's heap, so that wiping the result leaves no copy of it.
  const bytes = new Uint8Array(new ArrayBuffer(size));
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const field of fields) {
    view.setUint32(offset, field.length);
    bytes.set(field, offset + PREFIX);
    offset += PREFIX + field.length;
  }
  return bytes;
}

/**
 * A text as a field: UTF-8.
 *
 * @throws KeyingError `bad-text` for a lone surrogate, which UTF-8 cannot tell from another
 */
export function text(value: string): Uint8Array {
  if (/\p{Surrogate}/u.test(value)) {
    throw new KeyingError('bad-text', 'a text to be encoded holds half a character');
  }
  return new TextEncoder().encode(value);
}

/**
 * A number as a field: 8 bytes, big-endian, unsigned.
 *
 * @throws KeyingError `bad-integer` for a fraction, a negative number, or one of 2^53 or more
 */
export function integer(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new KeyingError(
      'bad-integer',
      'a number to be encoded is not an integer from 0 to 2^53-1',
    );
  }
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}
