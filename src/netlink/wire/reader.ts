import { endianness } from 'node:os';
import { NetlinkParseError } from '../errors.js';

/** Netlink's integers are in the order of the machine, but for those that belong to IP itself. */
export const LITTLE_ENDIAN = endianness() === 'LE';

/**
 * A structure of a known size within received bytes: reads at offsets from its start, never outside.
 */
export class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #name: string;

  /**
   * @param bytes starts with the structure; what follows it is not read
   * @param size of the structure in bytes
   * @param name of the structure in the kernel's headers, for the error
   * @throws NetlinkParseError when there are fewer bytes than the structure has
   */
  constructor(bytes: Uint8Array, size: number, name: string) {
    if (bytes.length < size) {
      throw new NetlinkParseError(`${name} has ${size} bytes: ${bytes.length} are left`);
    }
    this.#bytes = bytes.length === size ? bytes : bytes.subarray(0, size);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, size);
    this.#name = name;
  }

  u8(at: number): number {
    return this.#view.getUint8(this.#within(at, 1));
  }

  u16(at: number): number {
    return this.#view.getUint16(this.#within(at, 2), LITTLE_ENDIAN);
  }

  u32(at: number): number {
    return this.#view.getUint32(this.#within(at, 4), LITTLE_ENDIAN);
  }

  i32(at: number): number {
    return this.#view.getInt32(this.#within(at, 4), LITTLE_ENDIAN);
  }

  u64(at: number): bigint {
    return this.#view.getBigUint64(this.#within(at, 8), LITTLE_ENDIAN);
  }

  /** Network byte order. */
  be16(at: number): number {
    return this.#view.getUint16(this.#within(at, 2), false);
  }

  /** Network byte order. */
  be32(at: number): number {
    return this.#view.getUint32(this.#within(at, 4), false);
  }

  /** A copy, as receive buffers are used again (`slice` would not copy where they are a Buffer). */
  bytes(at: number, size: number): Uint8Array {
    this.#within(at, size);
    // Few, so that a loop is faster than a view of them to copy.
    const copy = new Uint8Array(size);
    for (let index = 0; index < size; index += 1) copy[index] = this.#bytes[at + index] ?? 0;
    return copy;
  }

  /**
   * Whether there is room for a structure between an attribute's ends, to be read at its start.
   *
   * @throws NetlinkParseError naming the structure when there is not
   */
  check(at: number, end: number, size: number, name: string): void {
    if (end - at >= size) return;
    throw new NetlinkParseError(`${name} has ${size} bytes: ${end - at} are left`);
  }

  /** Text in a field of fixed size that ends at the first zero byte (ASCII, or UTF-8 from others). */
  text(at: number, size: number): string {
    return decodeText(this.bytes(at, size));
  }

  /** A reader of a structure inside this one. */
  inner(at: number, size: number, name: string): Reader {
    this.#within(at, size);
    return new Reader(this.#bytes.subarray(at, at + size), size, name);
  }

  #within(at: number, size: number): number {
    if (at + size > this.#view.byteLength) {
      throw new NetlinkParseError(`${this.#name} has no ${size} bytes at offset ${at}`);
    }
    return at;
  }
}

/** Text up to its first zero byte. Bytes that are not UTF-8 become U+FFFD. */
export function decodeText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return Buffer.from(end === -1 ? bytes : bytes.subarray(0, end)).toString('utf8');
}
