import {
  afOf,
  type Family,
  familyOf,
  readAddress,
  requiredFamily,
  writeAddress,
} from '../wire/family.js';
import { Reader } from '../wire/reader.js';
import type { Writer } from '../wire/writer.js';
import { ATTRIBUTE } from './constants.js';

/** Which SA a policy's packets go through, or must have come through (RFC 4301 §4.4.1.2). */
export interface Template {
  /** The tunnel's ends, 4 or 16 bytes, network order; all zero for any. */
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  /** 0 for any that the rest matches. */
  readonly spi: number;
  readonly protocol: number;
  readonly reqid: number;
  /** One of `XFRM_MODE`. */
  readonly mode: number;
  /** Packets without this SA pass as well (`level use`). */
  readonly optional: boolean;
  /** XFRM_SHARE_*; 0, any, is the only one that the kernel knows to handle. */
  readonly share: number;
  /** Bits of the algorithms that PF_KEY allows; netlink's users set all of them. */
  readonly allowed: { readonly auth: number; readonly crypt: number; readonly comp: number };
}

const ALL = 0xffff_ffff;
/** {@link Template.allowed} without a restriction. */
export const ALL_ALGORITHMS: Template['allowed'] = { auth: ALL, crypt: ALL, comp: ALL };

/*
 * struct xfrm_user_tmpl (linux/xfrm.h), 64 bytes; XFRMA_TMPL holds up to 6 of them
 * | offset | size | name                       |
 * |      0 |   16 | id.daddr, network order    |
 * |     16 |    4 | id.spi, network order      |
 * |     20 |    1 | id.proto                   |
 * |     21 |    3 | padding                    |
 * |     24 |    2 | family, of the tunnel      |
 * |     26 |    2 | padding                    |
 * |     28 |   16 | saddr, network order       |
 * |     44 |    4 | reqid                      |
 * |     48 |    1 | mode                       |
 * |     49 |    1 | share                      |
 * |     50 |    1 | optional                   |
 * |     51 |    1 | padding                    |
 * |     52 |    4 | aalgos                     |
 * |     56 |    4 | ealgos                     |
 * |     60 |    4 | calgos                     |
 */
const TEMPLATE_SIZE = 64;

/** Writes XFRMA_TMPL, unless there is no template. @throws RangeError for a tunnel of two families */
export function writeTemplates(writer: Writer, templates: readonly Template[]): void {
  if (templates.length === 0) return;
  let at = writer.attribute(ATTRIBUTE.tmpl, templates.length * TEMPLATE_SIZE);
  for (const template of templates) {
    const family = familyOf(template.destination);
    writeAddress(writer, at, template.destination, family);
    writer.be32(at + 16, template.spi);
    writer.u8(at + 20, template.protocol);
    writer.u16(at + 24, afOf(family));
    writeAddress(writer, at + 28, template.source, family);
    writer.u32(at + 44, template.reqid);
    writer.u8(at + 48, template.mode);
    writer.u8(at + 49, template.share);
    writer.u8(at + 50, template.optional ? 1 : 0);
    writer.u32(at + 52, template.allowed.auth);
    writer.u32(at + 56, template.allowed.crypt);
    writer.u32(at + 60, template.allowed.comp);
    at += TEMPLATE_SIZE;
  }
}

/** Reads XFRMA_TMPL. @throws NetlinkParseError */
export function readTemplates(payload: Uint8Array): Template[] {
  const count = Math.ceil(payload.length / TEMPLATE_SIZE);
  return Array.from({ length: count }, (_, index) =>
    readTemplate(
      new Reader(payload.subarray(index * TEMPLATE_SIZE), TEMPLATE_SIZE, 'xfrm_user_tmpl'),
    ),
  );
}

function readTemplate(reader: Reader): Template {
  const family: Family = requiredFamily(reader.u16(24), "a template's family");
  return {
    destination: readAddress(reader, 0, family),
    spi: reader.be32(16),
    protocol: reader.u8(20),
    source: readAddress(reader, 28, family),
    reqid: reader.u32(44),
    mode: reader.u8(48),
    share: reader.u8(49),
    optional: reader.u8(50) !== 0,
    allowed: readAllowed(reader),
  };
}

function readAllowed(reader: Reader): Template['allowed'] {
  const [auth, crypt, comp] = [reader.u32(52), reader.u32(56), reader.u32(60)];
  const isAll = auth === ALL && crypt === ALL && comp === ALL;
  return isAll ? ALL_ALGORITHMS : { auth, crypt, comp };
}
