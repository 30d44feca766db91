import { SA_FLAG, type SaState } from '../netlink/index.js';

/** How far the SA that is worn most has come towards the number of packets from which its key should go. */
export interface SequenceWear {
  /** 1 is when to rotate; more than 1 is late, and still far from the end. */
  readonly share: number;
  /** The key id that the SA is under: the upper four bits of its SPI. */
  readonly keyID: number;
  /** Numbers of 64 bits (RFC 4304). Podcloak's SAs have them; without, all 32 bits may go in hours. */
  readonly esn: boolean;
}

/**
 * Packets after which an SA's key should be replaced. 2⁴⁰ are four months at 100,000 a second, and one of 2²⁴ parts
 * of the numbers that there are; a cipher of 128-bit blocks has by then encrypted less than 2⁴⁷ of them, if a
 * packet has 1,500 bytes, which keeps its birthday bound (SP 800-38D, draft-irtf-cfrg-aead-limits) below 2⁻³⁴.
 * Without extended numbers it is 2²⁹, an eighth of them: ten hours before the end at that rate.
 */
export const ROTATE_FROM = { esn: 2n ** 40n, without: 2n ** 29n } as const;

/** Null while no packet went through any of them. */
export function sequenceWear(
  sas: readonly Pick<SaState, 'flags' | 'replay' | 'spi'>[],
): SequenceWear | null {
  let most: SequenceWear | null = null;
  for (const { flags, replay, spi } of sas) {
    if (replay === undefined) continue;
    const esn = (flags & SA_FLAG.esn) !== 0;
    const used = replay.sent > replay.received ? replay.sent : replay.received;
    if (used === 0n) continue;
    // A share of numbers this large needs no more than a double's 53 bits.
    const share = Number(used) / Number(esn ? ROTATE_FROM.esn : ROTATE_FROM.without);
    if (most === null || share > most.share) most = { share, keyID: spi >>> 28, esn };
  }
  return most;
}
