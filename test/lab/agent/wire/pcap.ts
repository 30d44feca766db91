/**
 * Files as `tcpdump -w` writes them: libpcap's classic format, in the byte order of the writer, here
 * always little-endian with microseconds (draft-ietf-opsawg-pcap).
 *
 * Header, 24 bytes: magic 0xa1b2c3d4 at 0, link type at 20. Then of each packet, 16 bytes: seconds,
 * microseconds, bytes that are here, bytes that it had on the wire.
 */

const MAGIC = 0xa1b2c3d4;
const HEADER = 24;
const RECORD = 16;
const ETHERNET = 1;

/** A frame of the wire, as the recorder kept it. */
export interface Frame {
  /** When it passed, in microseconds since 1970 by the guest's clock. */
  readonly time: number;
  /** Its length on the wire, in bytes; there may be fewer in {@link bytes}. */
  readonly length: number;
  readonly bytes: Buffer;
}

/** Takes a file piece by piece, and says which frames became whole. */
export class PcapReader {
  #rest: Buffer = Buffer.alloc(0);
  #isOpen = false;

  /** @throws Error for another format than that of Ethernet frames above. */
  read(piece: Buffer): Frame[] {
    this.#rest = Buffer.concat([this.#rest, piece]);
    if (!this.#isOpen && !this.#readHeader()) return [];
    const frames: Frame[] = [];
    for (;;) {
      const rest = this.#rest;
      if (rest.length < RECORD) return frames;
      const end = RECORD + rest.readUInt32LE(8);
      if (rest.length < end) return frames;
      const time = rest.readUInt32LE(0) * 1_000_000 + rest.readUInt32LE(4);
      frames.push({ time, length: rest.readUInt32LE(12), bytes: rest.subarray(RECORD, end) });
      this.#rest = rest.subarray(end);
    }
  }

  #readHeader(): boolean {
    if (this.#rest.length < HEADER) return false;
    const [magic, linkType] = [this.#rest.readUInt32LE(0), this.#rest.readUInt32LE(20)];
    if (magic !== MAGIC || linkType !== ETHERNET) {
      throw new Error(`not a capture of Ethernet: magic ${magic}, link type ${linkType}`);
    }
    this.#rest = this.#rest.subarray(HEADER);
    this.#isOpen = true;
    return true;
  }
}
