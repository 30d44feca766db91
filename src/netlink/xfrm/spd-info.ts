import { type Attribute, attributesBehind } from '../wire/attributes.js';
import { FLAG, type NetlinkMessage, type NetlinkRequest } from '../wire/message.js';
import type { NetlinkQuery } from '../wire/query.js';
import { Reader } from '../wire/reader.js';
import { packBody, type Writer } from '../wire/writer.js';
import { MESSAGE } from './constants.js';

/**
 * Policies whose prefixes have at least so many bits are found by hash, all others by walking a
 * list. The kernel's default is 32 and 32, 128 and 128: no policy between networks is hashed.
 */
export interface HashThreshold {
  readonly localBits: number;
  readonly remoteBits: number;
}

/** The policy database as a whole. */
export interface SpdInfo {
  readonly policies: { readonly in: number; readonly out: number; readonly fwd: number };
  readonly socketPolicies: { readonly in: number; readonly out: number; readonly fwd: number };
  readonly ipv4: HashThreshold;
  readonly ipv6: HashThreshold;
}

/*
 * XFRM_MSG_NEWSPDINFO, XFRM_MSG_GETSPDINFO (linux/xfrm.h): 4 bytes of flags, which the kernel only
 * repeats, and attributes:
 * | type | size | name                                                                     |
 * |    1 |   24 | XFRMA_SPD_INFO: incnt, outcnt, fwdcnt, inscnt, outscnt, fwdscnt, u32 each |
 * |    3 |    2 | XFRMA_SPD_IPV4_HTHRESH: lbits, rbits, u8 each                             |
 * |    4 |    2 | XFRMA_SPD_IPV6_HTHRESH: the same                                          |
 */
const FLAGS_SIZE = 4;
const ALL = 0xffff_ffff;
const INFO = { type: 1, size: 24 };
const THRESHOLD_SIZE = 2;
const THRESHOLD = { ipv4: 3, ipv6: 4 } as const;

/** XFRM_MSG_NEWSPDINFO: sets the thresholds given, keeps the other, and hashes all policies anew. */
export function setSpdThresholds(
  thresholds: Partial<Pick<SpdInfo, 'ipv4' | 'ipv6'>>,
): NetlinkRequest {
  const body = packBody((writer) => {
    writer.u32(writer.structure(FLAGS_SIZE), ALL);
    writeThreshold(writer, THRESHOLD.ipv4, thresholds.ipv4);
    writeThreshold(writer, THRESHOLD.ipv6, thresholds.ipv6);
  });
  return { type: MESSAGE.newSpdInfo, flags: FLAG.request | FLAG.ack, body };
}

/** XFRM_MSG_GETSPDINFO. */
export function getSpdInfo(): NetlinkQuery<SpdInfo> {
  const body = packBody((writer) => writer.u32(writer.structure(FLAGS_SIZE), ALL));
  return { type: MESSAGE.getSpdInfo, flags: FLAG.request, body, parse: parseSpdInfo };
}

/** Reads XFRM_MSG_NEWSPDINFO; undefined for another type. @throws NetlinkParseError */
export function parseSpdInfo({ type, body }: NetlinkMessage): SpdInfo | undefined {
  if (type !== MESSAGE.newSpdInfo) return undefined;
  const attributes = attributesBehind(body, FLAGS_SIZE);
  const info = new Reader(payloadOf(attributes, INFO.type), INFO.size, 'xfrmu_spdinfo');
  return {
    policies: { in: info.u32(0), out: info.u32(4), fwd: info.u32(8) },
    socketPolicies: { in: info.u32(12), out: info.u32(16), fwd: info.u32(20) },
    ipv4: readThreshold(payloadOf(attributes, THRESHOLD.ipv4)),
    ipv6: readThreshold(payloadOf(attributes, THRESHOLD.ipv6)),
  };
}

function writeThreshold(writer: Writer, type: number, threshold: HashThreshold | undefined): void {
  if (threshold === undefined) return;
  const at = writer.attribute(type, THRESHOLD_SIZE);
  writer.u8(at, threshold.localBits);
  writer.u8(at + 1, threshold.remoteBits);
}

function readThreshold(payload: Uint8Array): HashThreshold {
  const reader = new Reader(payload, THRESHOLD_SIZE, 'xfrmu_spdhthresh');
  return { localBits: reader.u8(0), remoteBits: reader.u8(1) };
}

/** Empty where the attribute is missing, which its reader then says. */
function payloadOf(attributes: readonly Attribute[], type: number): Uint8Array {
  return attributes.find((attribute) => attribute.type === type)?.payload ?? new Uint8Array(0);
}
