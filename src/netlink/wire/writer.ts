import { LITTLE_ENDIAN } from './reader.js';

/** struct nlattr: linux/netlink.h. Netlink aligns everything to 4 bytes. */
const ATTRIBUTE_HEADER = 4;
const NESTED = 0x8000;

/** Rounds up to netlink's alignment (NLMSG_ALIGN, NLA_ALIGN). */
export function align(size: number): number {
  return (size + 3) & ~3;
}

/**
 * The body of a message: what `fill` writes, one structure or attribute behind another.
 *
 * @returns bytes of their own
 */
export function packBody(fill: (writer: Writer) => void): Uint8Array {
  // One for all, as making a buffer for each message took most of the time of packing it.
  scratch.clear();
  fill(scratch);
  const body = scratch.finish();
  // At once, as it may have held a key.
  scratch.clear();
  return body;
}

/** Bytes that are zero unless written. Offsets are from the start of the body. */
export class Writer {
  #bytes = new Uint8Array(512);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  clear(): void {
    this.#bytes.fill(0, 0, this.#length);
    this.#length = 0;
  }

  /** In bytes, so far. */
  get length(): number {
    return this.#length;
  }

  /**
   * A structure of these bytes, which are to be a multiple of 4, with a value somewhere in it.
   *
   * @returns its offset
   */
  template(bytes: Uint8Array, valueAt: number, value: Uint8Array): number {
    const at = this.#length;
    this.#length = at + bytes.length;
    if (this.#length > this.#bytes.length) this.#grow();
    this.#bytes.set(bytes, at);
    this.#bytes.set(value, at + valueAt);
    return at;
  }

  /** Room for a structure of so many bytes; returns its offset. */
  structure(size: number): number {
    const at = this.#length;
    this.#length = align(at + size);
    if (this.#length > this.#bytes.length) this.#grow();
    return at;
  }

  /** An attribute with room for so many bytes of payload; returns the offset of the payload. */
  attribute(type: number, size: number): number {
    const at = this.#length;
    const length = ATTRIBUTE_HEADER + size;
    // What `structure` and `align` do, and both halves of the header at once: there are tens of thousands.
    this.#length = (at + length + 3) & ~3;
    if (this.#length > this.#bytes.length) this.#grow();
    const header = LITTLE_ENDIAN ? (type << 16) | length : (length << 16) | type;
    this.#view.setUint32(at, header, LITTLE_ENDIAN);
    return at + ATTRIBUTE_HEADER;
  }

  /** An attribute that holds the attributes that `fill` writes. */
  nested(type: number, fill: () => void): void {
    const payload = this.begin(type);
    fill();
    this.end(payload);
  }

  /** The same without a function to make, where there are thousands: what follows is in it until its {@link end}. */
  begin(type: number): number {
    return this.attribute(type | NESTED, 0);
  }

  /** @param payload what {@link begin} returned */
  end(payload: number): void {
    this.u16(payload - ATTRIBUTE_HEADER, this.#length - payload + ATTRIBUTE_HEADER);
  }

  attributeU32(type: number, value: number): void {
    this.u32(this.attribute(type, 4), value);
  }

  /** Network byte order. */
  attributeBe32(type: number, value: number): void {
    this.be32(this.attribute(type, 4), value);
  }

  attributeBytes(type: number, value: Uint8Array): void {
    this.bytes(this.attribute(type, value.length), value);
  }

  /** Text and the zero byte that ends it (NLA_NUL_STRING, NLA_STRING). */
  attributeText(type: number, value: string): void {
    const text = Buffer.from(value);
    this.bytes(this.attribute(type, text.length + 1), text);
  }

  u8(at: number, value: number): void {
    this.#view.setUint8(at, value);
  }

  u16(at: number, value: number): void {
    this.#view.setUint16(at, value, LITTLE_ENDIAN);
  }

  u32(at: number, value: number): void {
    this.#view.setUint32(at, value, LITTLE_ENDIAN);
  }

  u64(at: number, value: bigint): void {
    this.#view.setBigUint64(at, value, LITTLE_ENDIAN);
  }

  /** Network byte order. */
  be16(at: number, value: number): void {
    this.#view.setUint16(at, value, false);
  }

  /** Network byte order. */
  be32(at: number, value: number): void {
    this.#view.setUint32(at, value, false);
  }

  bytes(at: number, value: Uint8Array): void {
    this.#bytes.set(value, at);
  }

  /** So many times the same byte. */
  fill(at: number, size: number, value: number): void {
    this.#bytes.fill(value, at, at + size);
  }

  /** What was written, as bytes of their own. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #grow(): void {
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length));
    larger.set(this.#bytes);
    // It may hold a key.
    this.#bytes.fill(0);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

const scratch = new Writer();
