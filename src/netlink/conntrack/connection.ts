import { NetlinkParseError } from '../errors.js';
import { type Attribute, attributesBehind, parseAttributes } from '../wire/attributes.js';
import { afOf, type Family, familyOfAf } from '../wire/family.js';
import { FLAG, type NetlinkMessage, type NetlinkRequest } from '../wire/message.js';
import type { NetlinkQuery } from '../wire/query.js';
import { Reader } from '../wire/reader.js';
import { packBody } from '../wire/writer.js';

/** A connection that the kernel tracks, as far as its addresses go. */
export interface Connection {
  readonly family: Family;
  /** Of its first packet, before any translation; 4 or 16 bytes. */
  readonly source: Uint8Array;
  readonly destination: Uint8Array;
  /** Of what answers it: the translated destination and source. */
  readonly replySource: Uint8Array;
  readonly replyDestination: Uint8Array;
  /** Bits of {@link STATUS}. */
  readonly status: number;
  /** Its first packet's addresses and ports, its zone and its number, as the kernel wrote them. */
  readonly identity: readonly Attribute[];
}

/** enum ip_conntrack_status (linux/netfilter/nf_conntrack_common.h): what was translated. */
export const STATUS = { sourceNat: 1 << 4, destinationNat: 1 << 5 } as const;

/** NFNL_SUBSYS_CTNETLINK and enum cntl_msg_types. */
const SUBSYSTEM = 1;
const MESSAGE = { new: 0, get: 1, delete: 2 } as const;

/** enum ctattr_type (linux/netfilter/nfnetlink_conntrack.h). */
const ATTRIBUTE = { original: 1, reply: 2, status: 3, id: 12, zone: 18 } as const;
/** enum ctattr_tuple and enum ctattr_ip. */
const TUPLE = { ip: 1 } as const;
const IP = { 4: { source: 1, destination: 2 }, 6: { source: 3, destination: 4 } } as const;
/** struct nfgenmsg: family, version, resource. */
const SIZE = 4;

/** IPCTNL_MSG_CT_GET of all connections of a family. */
export function dumpConnections(family: Family): NetlinkQuery<Connection> {
  const parse = (message: NetlinkMessage): Connection | undefined =>
    message.type === typeOf(MESSAGE.new) ? parseConnection(message) : undefined;
  const body = packBody((writer) => writer.u8(writer.structure(SIZE), afOf(family)));
  return { type: typeOf(MESSAGE.get), flags: FLAG.request | FLAG.dump, body, parse };
}

/**
 * IPCTNL_MSG_CT_DELETE of this very connection: ENOENT if it is gone, also where another one of the same
 * addresses and ports took its place.
 */
export function deleteConnection({ family, identity }: Connection): NetlinkRequest {
  const body = packBody((writer) => {
    writer.u8(writer.structure(SIZE), afOf(family));
    for (const { type, payload } of identity) {
      writer.bytes(writer.attribute(type | nestedFlag(type), payload.length), payload);
    }
  });
  return { type: typeOf(MESSAGE.delete), flags: FLAG.request, body };
}

/**
 * Reads IPCTNL_MSG_CT_NEW.
 *
 * @returns undefined for a family other than IPv4 and IPv6
 * @throws NetlinkParseError
 */
export function parseConnection({ body }: NetlinkMessage): Connection | undefined {
  const family = familyOfAf(new Reader(body, SIZE, 'nfgenmsg').u8(0));
  if (family === undefined) return undefined;
  const attributes = attributesBehind(body, SIZE);
  const payloadOf = (type: number): Uint8Array | undefined =>
    attributes.find((attribute) => attribute.type === type)?.payload;
  const status = payloadOf(ATTRIBUTE.status);
  const [source, destination] = ends(payloadOf(ATTRIBUTE.original), family);
  const [replySource, replyDestination] = ends(payloadOf(ATTRIBUTE.reply), family);
  return {
    ...{ family, source, destination, replySource, replyDestination },
    status: status === undefined ? 0 : new Reader(status, 4, 'CTA_STATUS').be32(0),
    identity: attributes
      .filter(({ type }) => IDENTITY.has(type))
      // Copies, as receive buffers are used again.
      .map(({ type, payload }) => ({ type, payload: new Uint8Array(payload) })),
  };
}

const IDENTITY: ReadonlySet<number> = new Set([ATTRIBUTE.original, ATTRIBUTE.zone, ATTRIBUTE.id]);
const NLA_F_NESTED = 0x8000;

function nestedFlag(type: number): number {
  return type === ATTRIBUTE.original ? NLA_F_NESTED : 0;
}

function ends(tuple: Uint8Array | undefined, family: Family): [Uint8Array, Uint8Array] {
  const ip = tuple && parseAttributes(tuple).find(({ type }) => type === TUPLE.ip)?.payload;
  const addresses = ip === undefined ? [] : parseAttributes(ip);
  const size = family === 4 ? 4 : 16;
  const of = (which: number): Uint8Array => {
    const found = addresses.find(({ type }) => type === which)?.payload;
    if (found?.length !== size) throw new NetlinkParseError('a connection lacks an address');
    return new Uint8Array(found);
  };
  return [of(IP[family].source), of(IP[family].destination)];
}

/** nlmsg_type of a message about connections. */
function typeOf(message: number): number {
  return (SUBSYSTEM << 8) | message;
}
