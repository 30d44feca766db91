import { type ProbeKind, probeMac, probeMacHolds } from '../keying/index.js';

/**
 * A message between two agents, in band through an SA of their pair, over UDP. Big-endian.
 *
 * | offset | size | name                                                   |
 * |      0 |    4 | magic: `PDCK`                                          |
 * |      4 |    1 | version: 1                                             |
 * |      5 |    1 | kind: 1 probe, 2 answer, 3 sending                     |
 * |      6 |    2 | zero                                                   |
 * |      8 |    4 | SPI of the SA that it is about; an answer repeats it   |
 * |     12 |   16 | nonce; an answer repeats it                            |
 * |     28 |   32 | MAC under that SA's probe key (docs/keying.md)         |
 */
export interface ProbeMessage {
  readonly kind: ProbeKind;
  readonly spi: number;
  /** 16 bytes. */
  readonly nonce: Uint8Array;
  /** 32 bytes. */
  readonly mac: Uint8Array;
}

const SIZE = 60;
const MAGIC = 0x5044_434b;
const VERSION = 1;
const KINDS: readonly ProbeKind[] = ['probe', 'answer', 'sending'];
export const NONCE_BYTES = 16;

export function packProbe(
  kind: ProbeKind,
  spi: number,
  nonce: Uint8Array,
  probeKey: Uint8Array,
): Uint8Array {
  const bytes = Buffer.alloc(SIZE);
  bytes.writeUInt32BE(MAGIC, 0);
  bytes.writeUInt8(VERSION, 4);
  bytes.writeUInt8(KINDS.indexOf(kind) + 1, 5);
  bytes.writeUInt32BE(spi, 8);
  bytes.set(nonce, 12);
  bytes.set(probeMac(probeKey, kind, nonce), 28);
  return bytes;
}

/** Reads a message; undefined for anything else. Its MAC is not judged. */
export function parseProbe(bytes: Uint8Array): ProbeMessage | undefined {
  if (bytes.length !== SIZE) return undefined;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const kind = KINDS[buffer.readUInt8(5) - 1];
  const isOurs =
    buffer.readUInt32BE(0) === MAGIC &&
    buffer.readUInt8(4) === VERSION &&
    buffer.readUInt16BE(6) === 0;
  if (kind === undefined || !isOurs) return undefined;
  return {
    kind,
    spi: buffer.readUInt32BE(8),
    nonce: new Uint8Array(buffer.subarray(12, 28)),
    mac: new Uint8Array(buffer.subarray(28)),
  };
}

/** Whether a holder of the SA's keys made it. */
export function isAuthentic({ kind, nonce, mac }: ProbeMessage, probeKey: Uint8Array): boolean {
  return probeMacHolds(probeMac(probeKey, kind, nonce), mac);
}
