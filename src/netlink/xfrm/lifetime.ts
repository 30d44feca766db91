import type { Reader } from '../wire/reader.js';
import type { Writer } from '../wire/writer.js';

/** At one of these a soft limit announces the end of an SA or policy, and a hard one ends it. */
export interface Limits {
  readonly softBytes: bigint;
  readonly hardBytes: bigint;
  readonly softPackets: bigint;
  readonly hardPackets: bigint;
  /** Seconds since it was added; 0 for no limit. */
  readonly softAddSeconds: bigint;
  readonly hardAddSeconds: bigint;
  /** Seconds since it was first used; 0 for no limit. */
  readonly softUseSeconds: bigint;
  readonly hardUseSeconds: bigint;
}

/** How much an SA or policy was used. */
export interface Usage {
  readonly bytes: bigint;
  readonly packets: bigint;
  /** Seconds since 1970. */
  readonly addedAt: bigint;
  /** Seconds since 1970; 0 when never used. */
  readonly firstUsedAt: bigint;
}

/** XFRM_INF: no limit of bytes or packets. */
export const UNLIMITED = 0xffff_ffff_ffff_ffffn;

export const NO_LIMITS: Limits = {
  softBytes: UNLIMITED,
  hardBytes: UNLIMITED,
  softPackets: UNLIMITED,
  hardPackets: UNLIMITED,
  softAddSeconds: 0n,
  hardAddSeconds: 0n,
  softUseSeconds: 0n,
  hardUseSeconds: 0n,
};

/*
 * struct xfrm_lifetime_cfg (linux/xfrm.h), 64 bytes
 * | offset | size | name                     |
 * |      0 |    8 | soft_byte_limit          |
 * |      8 |    8 | hard_byte_limit          |
 * |     16 |    8 | soft_packet_limit        |
 * |     24 |    8 | hard_packet_limit        |
 * |     32 |    8 | soft_add_expires_seconds |
 * |     40 |    8 | hard_add_expires_seconds |
 * |     48 |    8 | soft_use_expires_seconds |
 * |     56 |    8 | hard_use_expires_seconds |
 *
 * struct xfrm_lifetime_cur, 32 bytes
 * | offset | size | name     |
 * |      0 |    8 | bytes    |
 * |      8 |    8 | packets  |
 * |     16 |    8 | add_time |
 * |     24 |    8 | use_time |
 */

/** Writes xfrm_lifetime_cfg where all is zero so far. */
export function writeLimits(writer: Writer, at: number, limits: Limits): void {
  if (limits === NO_LIMITS) {
    // What nearly every SA and policy has: eight big integers less to write for each.
    writer.fill(at, 32, 0xff);
    return;
  }
  writer.u64(at, limits.softBytes);
  writer.u64(at + 8, limits.hardBytes);
  writer.u64(at + 16, limits.softPackets);
  writer.u64(at + 24, limits.hardPackets);
  writer.u64(at + 32, limits.softAddSeconds);
  writer.u64(at + 40, limits.hardAddSeconds);
  writer.u64(at + 48, limits.softUseSeconds);
  writer.u64(at + 56, limits.hardUseSeconds);
}

/** Reads xfrm_lifetime_cfg. */
export function readLimits(reader: Reader, at: number): Limits {
  return isUnlimited(reader, at) ? NO_LIMITS : readEach(reader, at);
}

/** What nearly every SA and policy is: one object for all of them, and no big integers. */
function isUnlimited(reader: Reader, at: number): boolean {
  for (let offset = 0; offset < 64; offset += 4) {
    if (reader.u32(at + offset) !== (offset < 32 ? 0xffff_ffff : 0)) return false;
  }
  return true;
}

function readEach(reader: Reader, at: number): Limits {
  return {
    softBytes: reader.u64(at),
    hardBytes: reader.u64(at + 8),
    softPackets: reader.u64(at + 16),
    hardPackets: reader.u64(at + 24),
    softAddSeconds: reader.u64(at + 32),
    hardAddSeconds: reader.u64(at + 40),
    softUseSeconds: reader.u64(at + 48),
    hardUseSeconds: reader.u64(at + 56),
  };
}

/** Reads xfrm_lifetime_cur. */
export function readUsage(reader: Reader, at: number): Usage {
  return {
    bytes: reader.u64(at),
    packets: reader.u64(at + 8),
    addedAt: reader.u64(at + 16),
    firstUsedAt: reader.u64(at + 24),
  };
}
