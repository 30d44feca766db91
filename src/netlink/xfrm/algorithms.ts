import { Reader } from '../wire/reader.js';
import type { Writer } from '../wire/writer.js';
import { ATTRIBUTE } from './constants.js';

/** An algorithm by the kernel's name, as in /proc/crypto, and its key. */
export interface Algorithm {
  readonly name: string;
  /** A secret: must not reach a log. For AEAD and CTR modes the salt is its last bytes. */
  readonly key: Uint8Array;
}

/** An algorithm that authenticates, with the length of its integrity check value (ICV). */
export interface Authenticating extends Algorithm {
  readonly icvBits: number;
}

/** Either `aead`, or `auth` and `crypt`. */
export interface Algorithms {
  readonly aead?: Authenticating;
  readonly auth?: Authenticating;
  readonly crypt?: Algorithm;
}

/*
 * struct xfrm_algo (linux/xfrm.h): XFRMA_ALG_CRYPT
 * | offset | size | name                 |
 * |      0 |   64 | alg_name, zero ended |
 * |     64 |    4 | alg_key_len, in bits |
 * |     68 |    – | alg_key              |
 *
 * struct xfrm_algo_aead: XFRMA_ALG_AEAD; struct xfrm_algo_auth: XFRMA_ALG_AUTH_TRUNC
 * | offset | size | name                                  |
 * |      0 |   64 | alg_name, zero ended                  |
 * |     64 |    4 | alg_key_len, in bits                  |
 * |     68 |    4 | alg_icv_len or alg_trunc_len, in bits |
 * |     72 |    – | alg_key                               |
 */
const NAME_SIZE = 64;
const PLAIN_SIZE = 68;
const AUTHENTICATING_SIZE = 72;

/** Writes the attributes of the algorithms. @throws RangeError for a name of 64 bytes or more */
export function writeAlgorithms(writer: Writer, { aead, auth, crypt }: Algorithms): void {
  if (aead !== undefined) writeAlgorithm(writer, ATTRIBUTE.algAead, aead, aead.icvBits);
  if (auth !== undefined) writeAlgorithm(writer, ATTRIBUTE.algAuthTrunc, auth, auth.icvBits);
  if (crypt !== undefined) writeAlgorithm(writer, ATTRIBUTE.algCrypt, crypt);
}

function writeAlgorithm(
  writer: Writer,
  type: number,
  { name, key }: Algorithm,
  icvBits?: number,
): void {
  const text = Buffer.from(name);
  if (text.length >= NAME_SIZE) throw new RangeError('an algorithm has a name of 64 bytes or more');
  const size = icvBits === undefined ? PLAIN_SIZE : AUTHENTICATING_SIZE;
  const at = writer.attribute(type, size + key.length);
  writer.bytes(at, text);
  writer.u32(at + 64, key.length * 8);
  if (icvBits !== undefined) writer.u32(at + 68, icvBits);
  writer.bytes(at + size, key);
}

/** Reads XFRMA_ALG_CRYPT. @throws NetlinkParseError */
export function readAlgorithm(payload: Uint8Array): Algorithm {
  const reader = new Reader(payload, payload.length, 'xfrm_algo');
  return { name: reader.text(0, NAME_SIZE), key: readKey(reader, PLAIN_SIZE) };
}

/** Reads XFRMA_ALG_AEAD or XFRMA_ALG_AUTH_TRUNC. @throws NetlinkParseError */
export function readAuthenticating(payload: Uint8Array): Authenticating {
  const reader = new Reader(payload, payload.length, 'xfrm_algo_auth');
  const icvBits = reader.u32(68);
  return { name: reader.text(0, NAME_SIZE), key: readKey(reader, AUTHENTICATING_SIZE), icvBits };
}

function readKey(reader: Reader, at: number): Uint8Array {
  return reader.bytes(at, Math.ceil(reader.u32(64) / 8));
}
