import { attributesBehind } from '../wire/attributes.js';
import { afOf, familyOf, writeAddress } from '../wire/family.js';
import { FLAG, type NetlinkMessage, type NetlinkRequest } from '../wire/message.js';
import type { NetlinkQuery } from '../wire/query.js';
import { packBody } from '../wire/writer.js';
import { MESSAGE } from './constants.js';
import { writeRealm } from './realm.js';
import { readSa, SA_SIZE, type Sa, type SaId, type SaState, writeSa } from './sa.js';

/*
 * struct xfrm_usersa_id (linux/xfrm.h), 24 bytes
 * | offset | size | name                  |
 * |      0 |   16 | daddr, network order  |
 * |     16 |    4 | spi, network order    |
 * |     20 |    2 | family                |
 * |     22 |    1 | proto                 |
 * |     23 |    1 | padding               |
 */
export const SA_ID_SIZE = 24;

/**
 * XFRM_MSG_NEWSA: EEXIST if there is one of the same id.
 *
 * @throws RangeError for addresses of two families
 */
export function newSa(sa: Sa): NetlinkRequest {
  return saRequest(MESSAGE.newSa, sa);
}

/**
 * XFRM_MSG_UPDSA: replaces a larval SA. Of a complete one it changes little but the lifetimes.
 *
 * @throws RangeError for addresses of two families
 */
export function updateSa(sa: Sa): NetlinkRequest {
  return saRequest(MESSAGE.updateSa, sa);
}

/** XFRM_MSG_DELSA: ESRCH if there is none. */
export function deleteSa(id: SaId): NetlinkRequest {
  return { type: MESSAGE.deleteSa, flags: FLAG.request | FLAG.ack, body: packId(id) };
}

/** XFRM_MSG_GETSA of one: ESRCH if there is none. */
export function getSa(id: SaId): NetlinkQuery<SaState> {
  return { type: MESSAGE.getSa, flags: FLAG.request, body: packId(id), parse: parseSa };
}

/** XFRM_MSG_GETSA of all, keys included. */
export function dumpSas(): NetlinkQuery<SaState> {
  const flags = FLAG.request | FLAG.dump;
  return { type: MESSAGE.getSa, flags, body: new Uint8Array(0), parse: parseSa };
}

/** Reads XFRM_MSG_NEWSA; undefined for another type. @throws NetlinkParseError */
export function parseSa({ type, body }: NetlinkMessage): SaState | undefined {
  return type === MESSAGE.newSa ? readSa(body, attributesBehind(body, SA_SIZE)) : undefined;
}

function saRequest(type: number, sa: Sa): NetlinkRequest {
  const body = packBody((writer) => writeSa(writer, sa));
  return { type, flags: FLAG.request | FLAG.ack, body };
}

function packId(id: SaId): Uint8Array {
  const family = familyOf(id.destination);
  return packBody((writer) => {
    const at = writer.structure(SA_ID_SIZE);
    writeAddress(writer, at, id.destination, family);
    writer.be32(at + 16, id.spi);
    writer.u16(at + 20, afOf(family));
    writer.u8(at + 22, id.protocol);
    writeRealm(writer, id);
  });
}
