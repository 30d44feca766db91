import { Reader } from '../wire/reader.js';
import type { Writer } from '../wire/writer.js';
import { ATTRIBUTE } from './constants.js';

/** The sequence numbers of an SA (RFC 4303 §3.3.3, §3.4.3; RFC 4304 for those of 64 bits). */
export interface Replay {
  /** How far behind the highest number a packet may still arrive, in packets. */
  readonly window: number;
  /** The last sequence number sent. */
  readonly sent: bigint;
  /** The highest sequence number received. */
  readonly received: bigint;
  /** Which numbers of the window were received, in the kernel's order of words; empty for none. */
  readonly bitmap: readonly number[];
}

/** What a new SA starts with: a window of so many packets, at most 4096. */
export function freshReplay(window: number): Replay {
  return { window, sent: 0n, received: 0n, bitmap: [] };
}

/*
 * struct xfrm_replay_state_esn (linux/xfrm.h): XFRMA_REPLAY_ESN_VAL
 * | offset | size | name                              |
 * |      0 |    4 | bmp_len, in words of 32 bits      |
 * |      4 |    4 | oseq: last sent, low half         |
 * |      8 |    4 | seq: highest received, low half   |
 * |     12 |    4 | oseq_hi                           |
 * |     16 |    4 | seq_hi                            |
 * |     20 |    4 | replay_window, in packets         |
 * |     24 |    – | bmp; a request may leave it out   |
 *
 * struct xfrm_replay_state: XFRMA_REPLAY_VAL, of SAs that were added without the above
 * | offset | size | name   |
 * |      0 |    4 | oseq   |
 * |      4 |    4 | seq    |
 * |      8 |    4 | bitmap |
 */
const ESN_SIZE = 24;
const LEGACY_SIZE = 12;

/** Writes XFRMA_REPLAY_ESN_VAL. */
export function writeReplay(writer: Writer, replay: Replay): void {
  const { window, sent, received, bitmap } = replay;
  const at = writer.attribute(ATTRIBUTE.replayEsn, ESN_SIZE + bitmap.length * 4);
  writer.u32(at, Math.ceil(window / 32));
  writer.u32(at + 4, Number(sent & 0xffff_ffffn));
  writer.u32(at + 8, Number(received & 0xffff_ffffn));
  writer.u32(at + 12, Number(sent >> 32n));
  writer.u32(at + 16, Number(received >> 32n));
  writer.u32(at + 20, window);
  for (const [index, word] of bitmap.entries()) writer.u32(at + ESN_SIZE + index * 4, word);
}

/** Reads XFRMA_REPLAY_ESN_VAL. @throws NetlinkParseError */
export function readReplay(payload: Uint8Array): Replay {
  const reader = new Reader(payload, payload.length, 'xfrm_replay_state_esn');
  return {
    window: reader.u32(20),
    sent: wide(reader.u32(12), reader.u32(4)),
    received: wide(reader.u32(16), reader.u32(8)),
    bitmap: payload.length === ESN_SIZE ? [] : readBitmap(reader, reader.u32(0)),
  };
}

function readBitmap(reader: Reader, words: number): number[] {
  // Bounds first: a count from hostile bytes must not become a huge array.
  const bitmap = reader.inner(ESN_SIZE, words * 4, 'the bitmap of xfrm_replay_state_esn');
  return Array.from({ length: words }, (_, index) => bitmap.u32(index * 4));
}

/**
 * Reads XFRMA_REPLAY_VAL.
 *
 * @param window of the SA (its `replay_window` field), in packets
 * @throws NetlinkParseError
 */
export function readLegacyReplay(payload: Uint8Array, window: number): Replay {
  const reader = new Reader(payload, LEGACY_SIZE, 'xfrm_replay_state');
  return {
    window,
    sent: BigInt(reader.u32(0)),
    received: BigInt(reader.u32(4)),
    bitmap: [reader.u32(8)],
  };
}

function wide(high: number, low: number): bigint {
  return (BigInt(high) << 32n) | BigInt(low);
}
