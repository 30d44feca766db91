import { KeyingError } from './keying-error.js';

/**
 * An SPI is read from its bits, not hashed: the kernel finds an inbound SA by destination and SPI
 * alone, and hashes collide at a receiver with some thousand peers.
 *
 * | bits  | field       | range       |
 * |-------|-------------|-------------|
 * | 31–28 | key id      | 1–15        |
 * | 27–25 | lane        | 0–7         |
 * | 24–20 | generation  | 0–31        |
 * | 19–0  | node number | 1–1,048,575 |
 *
 * As key ids begin at 1, no SPI is below 2^28: 0–255 are reserved (RFC 4303 §2.1).
 */
export interface SpiParts {
  /** Key id of the Secret's line. */
  readonly keyId: number;
  /** Which of a pair's parallel SAs of one direction. */
  readonly lane: number;
  /** {@link pairGeneration} of the pair. */
  readonly generation: number;
  /** The sender's node number. */
  readonly nodeNumber: number;
}

export const GENERATIONS = 32;
export const MAX_NODE_NUMBER = 2 ** 20 - 1;
export const MAX_KEY_ID = 15;
export const MAX_LANE = 7;
/** All bits but those of the key id. */
const WITHOUT_KEY_ID = 0x0fff_ffff;

/**
 * @returns the SPI as an unsigned 32-bit number; on the wire it is big-endian
 * @throws KeyingError `bad-integer` for a part out of its range
 */
export function packSpi({ keyId, lane, generation, nodeNumber }: SpiParts): number {
  checkRange('key id', keyId, 1, MAX_KEY_ID);
  checkRange('lane', lane, 0, MAX_LANE);
  checkRange('generation', generation, 0, GENERATIONS - 1);
  checkRange('node number', nodeNumber, 1, MAX_NODE_NUMBER);
  return ((keyId << 28) | (lane << 25) | (generation << 20) | nodeNumber) >>> 0;
}

/**
 * The number that messages about a tunnel without a key line have in the place of an SPI: the same parts with key
 * id 0, which no SPI has.
 *
 * @throws KeyingError `bad-integer` for a part out of its range
 */
export function packOpenNumber(parts: Omit<SpiParts, 'keyId'>): number {
  return packSpi({ ...parts, keyId: 1 }) & WITHOUT_KEY_ID;
}

/** The parts of an SPI; undefined for a number that {@link packSpi} never gives. */
export function unpackSpi(spi: number): SpiParts | undefined {
  if (!Number.isInteger(spi) || spi < 0 || spi > 0xffff_ffff) return undefined;
  const keyId = spi >>> 28;
  const nodeNumber = spi & MAX_NODE_NUMBER;
  if (keyId === 0 || nodeNumber === 0) return undefined;
  return { keyId, lane: (spi >>> 25) & 7, generation: (spi >>> 20) & 31, nodeNumber };
}

/**
 * The generation in the SPIs of a pair, both directions: the sum of both nodes' own, modulo 32. When
 * either node takes new keys, all keys of the pair are new, and so must be all its SPIs, or the new SAs
 * could not be installed beside the old ones.
 *
 * @throws KeyingError `bad-integer` for a generation out of 0–31
 */
export function pairGeneration(one: number, other: number): number {
  checkRange('generation', one, 0, GENERATIONS - 1);
  checkRange('generation', other, 0, GENERATIONS - 1);
  return (one + other) % GENERATIONS;
}

/** The first of our request ids less one: 12 bits that read as `50c` in front of the peer's number. */
const REQID_BASE = 0x50c0_0000;

/**
 * The request id that a node gives to SAs and templates of its pair with a peer (a local number: the
 * peer uses another for the same pair). Different peers have different ones, since node numbers differ.
 *
 * Foreign ids are small: people write 1 or 42, strongSwan counts from 1, PF_KEY gives 1–0x3fff to
 * people and counts on from there (IPSEC_MANUAL_REQID_MAX, linux/ipsec.h), as Libreswan does. Ours lie
 * in 0x50c00001–0x50cfffff: far above those, and positive where tools print them signed.
 *
 * @throws KeyingError `bad-integer` for a number out of 1–1,048,575
 */
export function reqidOf(peerNodeNumber: number): number {
  checkRange('node number', peerNodeNumber, 1, MAX_NODE_NUMBER);
  return REQID_BASE + peerNodeNumber;
}

/** The peer's node number in a request id; undefined for a foreign one. */
export function peerOfReqid(reqid: number): number | undefined {
  const nodeNumber = reqid - REQID_BASE;
  const ours = Number.isInteger(nodeNumber) && nodeNumber >= 1 && nodeNumber <= MAX_NODE_NUMBER;
  return ours ? nodeNumber : undefined;
}

/**
 * What our policies carry in `selector.user` (linux/xfrm.h, 32 bits; reads as "odcloa"). The kernel
 * compares the field when it looks for a policy to change or delete, and ignores it when it matches
 * packets. Others leave it 0. It has the type of a user id: from 2^31 on systems give out none, as some
 * programs take them for negative, and -1 is not this one.
 */
export const OWNER_MARK = 0xf0dc_10a4;

function checkRange(name: string, value: number, least: number, greatest: number): void {
  if (Number.isInteger(value) && value >= least && value <= greatest) return;
  throw new KeyingError(
    'bad-integer',
    `the ${name} must be an integer from ${least} to ${greatest}`,
  );
}
