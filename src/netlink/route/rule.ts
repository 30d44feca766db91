import type { Ports, Prefix } from '../../net/index.js';
import { type Attribute, attributesBehind } from '../wire/attributes.js';
import { afOf, type Family, familyOfAf, receivedPrefix } from '../wire/family.js';
import { FLAG, type NetlinkMessage, type NetlinkRequest } from '../wire/message.js';
import type { NetlinkQuery } from '../wire/query.js';
import { Reader } from '../wire/reader.js';
import { packBody, type Writer } from '../wire/writer.js';
import { MESSAGE, RULE_ACTION } from './constants.js';

/** A rule: one that has a routing table looked up, unless its action is another one (ip-rule). */
export interface NewRule {
  readonly family: Family;
  /** The lowest is asked first. */
  readonly priority: number;
  /** One of `TABLE`, or another number of 32 bits; 0 for a rule that has none looked up. */
  readonly table: number;
  /** The packet's source; absent for any. Of the rule's family. */
  readonly source?: Prefix;
  /** The packet's destination; absent for any. Of the rule's family. */
  readonly destination?: Prefix;
  /** Of the packet's transport; absent for any. Linux 4.17. */
  readonly transport?: Transport;
  /** One of `RULE_ACTION`; to look up the table unless given. */
  readonly action?: number;
  /** Of `goto`: the priority of the rule to go on with, a greater one than its own. */
  readonly target?: number;
  /** RTPROT_*: who made it; 0 unless given, and any for a deletion. */
  readonly protocol?: number;
}

/** A transport protocol and the ports at each end. */
export interface Transport {
  /** As in the IP header (IANA protocol numbers). */
  readonly protocol: number;
  /** One, or several; absent for any. */
  readonly sourcePort?: number | Ports;
  readonly destinationPort?: number | Ports;
}

/** A rule as the kernel has it. */
export interface Rule extends NewRule {
  readonly protocol: number;
  /** One of `RULE_ACTION`, or another number; the table counts for `lookup` only. */
  readonly action: number;
  /** FIB_RULE_* (linux/fib_rules.h): bits, such as 2 for one that is inverted. */
  readonly flags: number;
  /** Type of service that it asks for, or 0 for any. */
  readonly tos: number;
  /**
   * What else it asks for or does that is not understood here, such as a mark, a device or a prefix
   * that it suppresses: a rule with any is none of ours.
   */
  readonly others: readonly Attribute[];
}

/*
 * struct fib_rule_hdr (linux/fib_rules.h), 12 bytes
 * | offset | size | name                                            |
 * |      0 |    1 | family                                          |
 * |      1 |    1 | dst_len                                         |
 * |      2 |    1 | src_len                                         |
 * |      3 |    1 | tos                                             |
 * |      4 |    1 | table: 252 or 0 for one that needs more bits    |
 * |      5 |    2 | reserved                                        |
 * |      7 |    1 | action                                          |
 * |      8 |    4 | flags                                           |
 */
const SIZE = 12;
/** FRA_*. */
const ATTRIBUTE = {
  destination: 1,
  source: 2,
  target: 4,
  priority: 6,
  suppressPrefixLength: 14,
  table: 15,
  protocol: 21,
  transport: 22,
  sourcePort: 23,
  destinationPort: 24,
  sourcePortMask: 28,
  destinationPortMask: 29,
} as const;

/* struct fib_rule_port_range, 4 bytes: start and end, both included, in the machine's order. */
const RANGE_SIZE = 4;
/** Of FRA_SUPPRESS_PREFIXLEN, which the kernel always gives: nothing is suppressed. */
const NOTHING = 0xffff_ffff;
/** Of FRA_SPORT_MASK and FRA_DPORT_MASK, which Linux 6.15 and later give for each single port: all of it counts. */
const WHOLE_PORT = 0xffff;

/**
 * RTM_NEWRULE: EEXIST if there is the same.
 *
 * @throws RangeError for a prefix of another family
 */
export function addRule(rule: NewRule): NetlinkRequest {
  return ruleRequest(MESSAGE.newRule, FLAG.create | FLAG.exclusive, rule);
}

/**
 * RTM_DELRULE of the first that has all that is given, and maybe more: ENOENT if there is none.
 *
 * @throws RangeError for a prefix of another family
 */
export function deleteRule(rule: NewRule): NetlinkRequest {
  return ruleRequest(MESSAGE.deleteRule, 0, rule);
}

/** RTM_GETRULE of all of one family. */
export function dumpRules(family: Family): NetlinkQuery<Rule> {
  const body = new Uint8Array(SIZE);
  body[0] = afOf(family);
  const parse = (message: NetlinkMessage): Rule | undefined =>
    message.type === MESSAGE.newRule ? parseRule(message) : undefined;
  return { type: MESSAGE.getRule, flags: FLAG.request | FLAG.dump, body, parse };
}

/**
 * Reads RTM_NEWRULE and RTM_DELRULE.
 *
 * @returns undefined for a family other than IPv4 and IPv6
 * @throws NetlinkParseError
 */
export function parseRule({ body }: NetlinkMessage): Rule | undefined {
  const reader = new Reader(body, SIZE, 'fib_rule_hdr');
  const family = familyOfAf(reader.u8(0));
  if (family === undefined) return undefined;
  const size = family === 4 ? 4 : 16;
  const prefix = (payload: Uint8Array, length: number): Prefix =>
    receivedPrefix(family, new Reader(payload, size, 'a prefix').bytes(0, size), length);
  const number = (payload: Uint8Array): number => new Reader(payload, 4, 'FRA_*').u32(0);
  const others: Attribute[] = [];
  const transport = readTransport(attributesBehind(body, SIZE));
  const rule: { -readonly [Key in keyof Rule]: Rule[Key] } = {
    family,
    priority: 0,
    table: reader.u8(4),
    protocol: 0,
    action: reader.u8(7),
    flags: reader.u32(8),
    tos: reader.u8(3),
    ...(transport === undefined ? {} : { transport }),
    others,
  };
  for (const { type, payload } of attributesBehind(body, SIZE)) {
    if (type === ATTRIBUTE.destination) rule.destination = prefix(payload, reader.u8(1));
    else if (type === ATTRIBUTE.source) rule.source = prefix(payload, reader.u8(2));
    else if (type === ATTRIBUTE.priority) rule.priority = number(payload);
    else if (type === ATTRIBUTE.target) rule.target = number(payload);
    else if (type === ATTRIBUTE.table) rule.table = number(payload);
    else if (type === ATTRIBUTE.protocol) {
      rule.protocol = new Reader(payload, 1, 'FRA_PROTOCOL').u8(0);
    } else if (transport !== undefined && isOfTransport(type, payload)) {
      // Read already, all of them.
    } else if (type !== ATTRIBUTE.suppressPrefixLength || number(payload) !== NOTHING) {
      // A copy, as receive buffers are used again.
      others.push({ type, payload: new Uint8Array(payload) });
    }
  }
  return rule;
}

const TRANSPORT_ATTRIBUTES: ReadonlySet<number> = new Set([
  ...[ATTRIBUTE.transport, ATTRIBUTE.sourcePort, ATTRIBUTE.destinationPort],
]);

function isOfTransport(type: number, payload: Uint8Array): boolean {
  const isMask = type === ATTRIBUTE.sourcePortMask || type === ATTRIBUTE.destinationPortMask;
  if (isMask) return new Reader(payload, 2, 'FRA_*PORT_MASK').u16(0) === WHOLE_PORT;
  return TRANSPORT_ATTRIBUTES.has(type);
}

/** Undefined for a rule that asks for ports of no protocol, or for none. */
function readTransport(attributes: readonly Attribute[]): Transport | undefined {
  const payloadOf = (type: number): Uint8Array | undefined =>
    attributes.find((one) => one.type === type)?.payload;
  const payload = payloadOf(ATTRIBUTE.transport);
  if (payload === undefined) return undefined;
  const sourcePort = readPorts(payloadOf(ATTRIBUTE.sourcePort));
  const destinationPort = readPorts(payloadOf(ATTRIBUTE.destinationPort));
  return {
    protocol: new Reader(payload, 1, 'FRA_IP_PROTO').u8(0),
    ...(sourcePort === undefined ? {} : { sourcePort }),
    ...(destinationPort === undefined ? {} : { destinationPort }),
  };
}

function readPorts(payload: Uint8Array | undefined): number | Ports | undefined {
  if (payload === undefined) return undefined;
  const reader = new Reader(payload, RANGE_SIZE, 'fib_rule_port_range');
  const [first, last] = [reader.u16(0), reader.u16(2)];
  return first === last ? first : { first, last };
}

function writeTransport(writer: Writer, transport: Transport): void {
  writer.u8(writer.attribute(ATTRIBUTE.transport, 1), transport.protocol);
  for (const end of ['sourcePort', 'destinationPort'] as const) {
    const ports = transport[end];
    if (ports === undefined) continue;
    const { first, last } = typeof ports === 'number' ? { first: ports, last: ports } : ports;
    const at = writer.attribute(ATTRIBUTE[end], RANGE_SIZE);
    writer.u16(at, first);
    writer.u16(at + 2, last);
  }
}

function ruleRequest(type: number, flags: number, rule: NewRule): NetlinkRequest {
  const { family, priority, table, source, destination, transport, protocol, target } = rule;
  if ([source, destination].some((one) => one !== undefined && one.family !== family)) {
    throw new RangeError(`a rule of IPv${family} has prefixes of IPv${family}`);
  }
  const body = packBody((writer) => {
    const at = writer.structure(SIZE);
    writer.u8(at, afOf(family));
    writer.u8(at + 1, destination?.length ?? 0);
    writer.u8(at + 2, source?.length ?? 0);
    writer.u8(at + 4, table < 256 ? table : 0);
    writer.u8(at + 7, rule.action ?? RULE_ACTION.lookup);
    if (source !== undefined) writer.attributeBytes(ATTRIBUTE.source, source.address);
    if (destination !== undefined) {
      writer.attributeBytes(ATTRIBUTE.destination, destination.address);
    }
    if (target !== undefined) writer.attributeU32(ATTRIBUTE.target, target);
    writer.attributeU32(ATTRIBUTE.priority, priority);
    if (table >= 256) writer.attributeU32(ATTRIBUTE.table, table);
    if (transport !== undefined) writeTransport(writer, transport);
    if (protocol !== undefined) writer.u8(writer.attribute(ATTRIBUTE.protocol, 1), protocol);
  });
  return { type, flags: FLAG.request | FLAG.ack | flags, body };
}
