import type { Prefix } from '../../net/index.js';
import { NetlinkParseError } from '../errors.js';
import {
  afOf,
  familyOf,
  readAddress,
  receivedPrefix,
  requiredFamily,
  writeAddress,
} from '../wire/family.js';
import type { Reader } from '../wire/reader.js';
import type { Writer } from '../wire/writer.js';

/**
 * Which packets a policy or an SA is for. To the kernel two policies are the same when direction,
 * selector, mark, interface id and type are; it compares all of the selector, `user` too.
 */
export interface Selector {
  readonly source: Prefix;
  readonly destination: Prefix;
  /** An IP protocol number; 0 for any. */
  readonly protocol: number;
  readonly sourcePort: PortMatch;
  readonly destinationPort: PortMatch;
  /** The device of the packet; 0 for any. */
  readonly ifindex: number;
  /** Never matched against packets by the kernel: our policies bear their owner mark here. */
  readonly user: number;
}

/** Matches ports whose bits under `mask` are those of `port`; mask 0 matches any. */
export interface PortMatch {
  readonly port: number;
  readonly mask: number;
}

export const ANY_PORT: PortMatch = { port: 0, mask: 0 };

/*
 * struct xfrm_selector (linux/xfrm.h), 56 bytes
 * | offset | size | name                          |
 * |      0 |   16 | daddr, network order          |
 * |     16 |   16 | saddr, network order          |
 * |     32 |    2 | dport, network order          |
 * |     34 |    2 | dport_mask, network order     |
 * |     36 |    2 | sport, network order          |
 * |     38 |    2 | sport_mask, network order     |
 * |     40 |    2 | family                        |
 * |     42 |    1 | prefixlen_d                   |
 * |     43 |    1 | prefixlen_s                   |
 * |     44 |    1 | proto                         |
 * |     45 |    3 | padding                       |
 * |     48 |    4 | ifindex                       |
 * |     52 |    4 | user                          |
 */
export const SELECTOR_SIZE = 56;
const AF_UNSPEC = 0;

/** Writes xfrm_selector. @throws RangeError when its two prefixes are of different families */
export function writeSelector(writer: Writer, at: number, selector: Selector): void {
  const { source, destination } = selector;
  const family = familyOf(destination.address);
  writeAddress(writer, at, destination.address, family);
  writeAddress(writer, at + 16, source.address, family);
  writer.be16(at + 32, selector.destinationPort.port);
  writer.be16(at + 34, selector.destinationPort.mask);
  writer.be16(at + 36, selector.sourcePort.port);
  writer.be16(at + 38, selector.sourcePort.mask);
  writer.u16(at + 40, afOf(family));
  writer.u8(at + 42, destination.length);
  writer.u8(at + 43, source.length);
  writer.u8(at + 44, selector.protocol);
  writer.u32(at + 48, selector.ifindex);
  writer.u32(at + 52, selector.user);
}

/**
 * Reads xfrm_selector.
 *
 * @returns undefined for the family AF_UNSPEC, which only SAs have: the kernel then ignores the rest
 * @throws NetlinkParseError for another family than IPv4 and IPv6, or a prefix too long for it
 */
export function readSelector(reader: Reader, at: number): Selector | undefined {
  const af = reader.u16(at + 40);
  if (af === AF_UNSPEC) return undefined;
  const family = requiredFamily(af, "a selector's family");
  const prefix = (address: number, length: number): Prefix =>
    receivedPrefix(family, readAddress(reader, address, family), length);
  return {
    source: prefix(at + 16, reader.u8(at + 43)),
    destination: prefix(at, reader.u8(at + 42)),
    protocol: reader.u8(at + 44),
    sourcePort: readPort(reader, at + 36),
    destinationPort: readPort(reader, at + 32),
    ifindex: reader.i32(at + 48),
    user: reader.u32(at + 52),
  };
}

function readPort(reader: Reader, at: number): PortMatch {
  const port = reader.be16(at);
  const mask = reader.be16(at + 2);
  // Nearly always: one for all.
  return port === 0 && mask === 0 ? ANY_PORT : { port, mask };
}

/** {@link readSelector} of a policy, which always has a family. @throws NetlinkParseError */
export function readPolicySelector(reader: Reader, at: number): Selector {
  const selector = readSelector(reader, at);
  if (selector === undefined) throw new NetlinkParseError("a policy's selector has no family");
  return selector;
}
