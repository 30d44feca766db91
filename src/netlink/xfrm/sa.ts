import type { Attribute } from '../wire/attributes.js';
import { afOf, familyOf, readAddress, requiredFamily, writeAddress } from '../wire/family.js';
import { Reader } from '../wire/reader.js';
import type { Writer } from '../wire/writer.js';
import {
  type Algorithms,
  readAlgorithm,
  readAuthenticating,
  writeAlgorithms,
} from './algorithms.js';
import { ATTRIBUTE } from './constants.js';
import {
  type Limits,
  NO_LIMITS,
  readLimits,
  readUsage,
  type Usage,
  writeLimits,
} from './lifetime.js';
import { type Realm, readRealm, writeRealm } from './realm.js';
import { type Replay, readLegacyReplay, readReplay, writeReplay } from './replay.js';
import { readSelector, type Selector, writeSelector } from './selector.js';

/** What the kernel finds an SA by. */
export interface SaId extends Realm {
  /** 4 or 16 bytes, network order. */
  readonly destination: Uint8Array;
  /** Security parameters index, 32 bits. */
  readonly spi: number;
  /** An IP protocol number: `IP_PROTOCOL.esp`. */
  readonly protocol: number;
}

/** A security association (RFC 4301 §4.4.2) to install. Its addresses are of one family. */
export interface Sa extends SaId, Algorithms {
  /** 4 or 16 bytes, network order. */
  readonly source: Uint8Array;
  /** Which templates may use it; 0 for any. */
  readonly reqid: number;
  /** One of `XFRM_MODE`. */
  readonly mode: number;
  /** Bits of `SA_FLAG`. */
  readonly flags: number;
  /** Bits of `SA_EXTRA_FLAG`. */
  readonly extraFlags?: number;
  /** The inner packets; absent for AF_UNSPEC, which the kernel fills in unless `anyFamily` is set. */
  readonly selector?: Selector;
  /** Absent for none. */
  readonly limits?: Limits;
  readonly replay?: Replay;
}

/** A security association as the kernel has it. */
export interface SaState extends Sa {
  readonly limits: Limits;
  readonly usage: Usage;
  /** Packets that were refused since it was added. */
  readonly refused: { readonly window: number; readonly replayed: number; readonly forged: number };
  /** Not zero for one that the kernel made for a key daemon to fill in. */
  readonly acquireSequence: number;
  /** What is not understood here, such as UDP encapsulation and offload. */
  readonly others: readonly Attribute[];
}

/*
 * struct xfrm_usersa_info (linux/xfrm.h), 224 bytes
 * | offset | size | name                                              |
 * |      0 |   56 | sel: xfrm_selector                                |
 * |     56 |   16 | id.daddr, network order                           |
 * |     72 |    4 | id.spi, network order                             |
 * |     76 |    1 | id.proto                                          |
 * |     77 |    3 | padding                                           |
 * |     80 |   16 | saddr, network order                              |
 * |     96 |   64 | lft: xfrm_lifetime_cfg                            |
 * |    160 |   32 | curlft: xfrm_lifetime_cur                         |
 * |    192 |   12 | stats: replay_window, replay, integrity_failed    |
 * |    204 |    4 | seq                                               |
 * |    208 |    4 | reqid                                             |
 * |    212 |    2 | family                                            |
 * |    214 |    1 | mode                                              |
 * |    215 |    1 | replay_window                                     |
 * |    216 |    1 | flags                                             |
 * |    217 |    7 | padding                                           |
 */
export const SA_SIZE = 224;

/** Writes xfrm_usersa_info and its attributes. @throws RangeError for addresses of two families */
export function writeSa(writer: Writer, sa: Sa): void {
  const family = familyOf(sa.destination);
  const at = writer.structure(SA_SIZE);
  if (sa.selector !== undefined) writeSelector(writer, at, sa.selector);
  writeAddress(writer, at + 56, sa.destination, family);
  writer.be32(at + 72, sa.spi);
  writer.u8(at + 76, sa.protocol);
  writeAddress(writer, at + 80, sa.source, family);
  writeLimits(writer, at + 96, sa.limits ?? NO_LIMITS);
  writer.u32(at + 208, sa.reqid);
  writer.u16(at + 212, afOf(family));
  writer.u8(at + 214, sa.mode);
  writer.u8(at + 216, sa.flags);
  writeAlgorithms(writer, sa);
  if (sa.replay !== undefined) writeReplay(writer, sa.replay);
  if (sa.extraFlags !== undefined) writer.attributeU32(ATTRIBUTE.saExtraFlags, sa.extraFlags);
  writeRealm(writer, sa);
}

/**
 * Reads xfrm_usersa_info.
 *
 * @param info starts with the structure
 * @param attributes of the message, which may be elsewhere than behind it
 * @throws NetlinkParseError
 */
export function readSa(info: Uint8Array, attributes: readonly Attribute[]): SaState {
  const reader = new Reader(info, SA_SIZE, 'xfrm_usersa_info');
  const family = requiredFamily(reader.u16(212), "an SA's family");
  const selector = readSelector(reader, 0);
  return {
    destination: readAddress(reader, 56, family),
    spi: reader.be32(72),
    protocol: reader.u8(76),
    source: readAddress(reader, 80, family),
    reqid: reader.u32(208),
    mode: reader.u8(214),
    flags: reader.u8(216),
    ...(selector === undefined ? {} : { selector }),
    limits: readLimits(reader, 96),
    usage: readUsage(reader, 160),
    refused: { window: reader.u32(192), replayed: reader.u32(196), forged: reader.u32(200) },
    acquireSequence: reader.u32(204),
    ...readRealm(attributes),
    ...readExtras(attributes, reader.u8(215)),
  };
}

type Extras = Algorithms & Pick<SaState, 'extraFlags' | 'replay' | 'others'>;

function readExtras(attributes: readonly Attribute[], legacyWindow: number): Extras {
  const extras: { -readonly [Key in keyof Extras]: Extras[Key] } = { others: [] };
  const others: Attribute[] = [];
  for (const attribute of attributes) {
    const { type, payload } = attribute;
    if (type === ATTRIBUTE.algAead) extras.aead = readAuthenticating(payload);
    else if (type === ATTRIBUTE.algAuthTrunc) extras.auth = readAuthenticating(payload);
    else if (type === ATTRIBUTE.algCrypt) extras.crypt = readAlgorithm(payload);
    else if (type === ATTRIBUTE.replayEsn) extras.replay = readReplay(payload);
    else if (type === ATTRIBUTE.replay) extras.replay = readLegacyReplay(payload, legacyWindow);
    else if (type === ATTRIBUTE.saExtraFlags) extras.extraFlags = readU32(payload);
    else if (!UNDERSTOOD.has(type)) others.push({ type, payload: new Uint8Array(payload) });
  }
  return { ...extras, others };
}

/** Read elsewhere, said twice (XFRMA_ALG_AUTH beside XFRMA_ALG_AUTH_TRUNC), or without meaning. */
const UNDERSTOOD: ReadonlySet<number> = new Set([
  ATTRIBUTE.algAuth,
  ATTRIBUTE.sa,
  ATTRIBUTE.mark,
  ATTRIBUTE.ifId,
  ATTRIBUTE.lastUsed,
  ATTRIBUTE.pad,
]);

/**
 * Whether it holds the place for a key daemon's SA (XFRM_STATE_ACQ): the kernel does not say so, but
 * no other SA is without an algorithm. It is replaced by `updateSa`, where `newSa` gets EEXIST.
 */
export function isLarval(sa: SaState): boolean {
  const compression = sa.others.some(({ type }) => type === ATTRIBUTE.algComp);
  return !compression && sa.aead === undefined && sa.auth === undefined && sa.crypt === undefined;
}

function readU32(payload: Uint8Array): number {
  return new Reader(payload, 4, 'an attribute of 32 bits').u32(0);
}
