import { NetlinkParseError } from '../errors.js';
import type { Attribute } from '../wire/attributes.js';
import { Reader } from '../wire/reader.js';
import type { Writer } from '../wire/writer.js';
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
import { readPolicySelector, type Selector, writeSelector } from './selector.js';
import { readTemplates, type Template, writeTemplates } from './template.js';

/** XFRM_POLICY_IN, _OUT, _FWD. A socket's own policies are dumped too, under numbers behind those. */
const DIRECTIONS = ['in', 'out', 'fwd', 'socket-in', 'socket-out', 'socket-fwd'] as const;
const ACTIONS = ['allow', 'block'] as const;

export type Direction = (typeof DIRECTIONS)[number];

/** What the kernel finds a policy by. */
export interface PolicyId extends Realm {
  readonly direction: Direction;
  readonly selector: Selector;
  /** XFRM_POLICY_TYPE_*: 0 main, 1 sub. */
  readonly type: number;
}

/** An entry of the security policy database (RFC 4301 §4.4.1) to install. */
export interface Policy extends PolicyId {
  /** The lowest number wins. */
  readonly priority: number;
  readonly action: (typeof ACTIONS)[number];
  /** Bits of `POLICY_FLAG`. */
  readonly flags: number;
  /** At most 6, applied in this order to packets that leave; none lets packets pass as they are. */
  readonly templates: readonly Template[];
  /** Absent for none. */
  readonly limits?: Limits;
}

/** A policy as the kernel has it. */
export interface PolicyState extends Policy {
  /** The kernel's own number of it, unique among those of its type. */
  readonly index: number;
  readonly limits: Limits;
  readonly usage: Usage;
  readonly share: number;
  /** What is not understood here, such as a security context. */
  readonly others: readonly Attribute[];
}

/*
 * struct xfrm_userpolicy_info (linux/xfrm.h), 168 bytes
 * | offset | size | name                       |
 * |      0 |   56 | sel: xfrm_selector         |
 * |     56 |   64 | lft: xfrm_lifetime_cfg     |
 * |    120 |   32 | curlft: xfrm_lifetime_cur  |
 * |    152 |    4 | priority                   |
 * |    156 |    4 | index                      |
 * |    160 |    1 | dir                        |
 * |    161 |    1 | action                     |
 * |    162 |    1 | flags                      |
 * |    163 |    1 | share                      |
 * |    164 |    4 | padding                    |
 *
 * struct xfrm_userpolicy_id, 64 bytes
 * | offset | size | name                       |
 * |      0 |   56 | sel: xfrm_selector         |
 * |     56 |    4 | index                      |
 * |     60 |    1 | dir                        |
 * |     61 |    3 | padding                    |
 *
 * struct xfrm_userpolicy_type: XFRMA_POLICY_TYPE, 6 bytes
 * | offset | size | name                       |
 * |      0 |    1 | type                       |
 * |      1 |    5 | padding and reserved       |
 */
export const POLICY_SIZE = 168;
export const POLICY_ID_SIZE = 64;
const POLICY_TYPE_SIZE = 6;

/** Writes xfrm_userpolicy_info and its attributes. @throws RangeError for prefixes of two families */
export function writePolicy(writer: Writer, policy: Policy): void {
  const at = writer.structure(POLICY_SIZE);
  writeSelector(writer, at, policy.selector);
  writeLimits(writer, at + 56, policy.limits ?? NO_LIMITS);
  writer.u32(at + 152, policy.priority);
  writer.u8(at + 160, DIRECTIONS.indexOf(policy.direction));
  writer.u8(at + 161, ACTIONS.indexOf(policy.action));
  writer.u8(at + 162, policy.flags);
  writePolicyType(writer, policy.type);
  writeTemplates(writer, policy.templates);
  writeRealm(writer, policy);
}

/** Writes xfrm_userpolicy_id and its attributes. @throws RangeError for prefixes of two families */
export function writePolicyId(writer: Writer, id: PolicyId): void {
  const at = writer.structure(POLICY_ID_SIZE);
  writeSelector(writer, at, id.selector);
  writer.u8(at + 60, DIRECTIONS.indexOf(id.direction));
  writePolicyType(writer, id.type);
  writeRealm(writer, id);
}

function writePolicyType(writer: Writer, type: number): void {
  // Absent is main: the usual policy is spared the attribute, as iproute2 does.
  if (type !== 0) writer.u8(writer.attribute(ATTRIBUTE.policyType, POLICY_TYPE_SIZE), type);
}

/**
 * Reads xfrm_userpolicy_info.
 *
 * @param info starts with the structure
 * @param attributes of the message, which may be elsewhere than behind it
 * @throws NetlinkParseError
 */
export function readPolicy(info: Uint8Array, attributes: readonly Attribute[]): PolicyState {
  const reader = new Reader(info, POLICY_SIZE, 'xfrm_userpolicy_info');
  const direction = DIRECTIONS[reader.u8(160)];
  const action = ACTIONS[reader.u8(161)];
  if (direction === undefined) throw new NetlinkParseError("a policy's direction is unknown");
  if (action === undefined) throw new NetlinkParseError("a policy's action is unknown");
  return {
    direction,
    selector: readPolicySelector(reader, 0),
    type: readPolicyType(attributes),
    priority: reader.u32(152),
    index: reader.u32(156),
    action,
    flags: reader.u8(162),
    share: reader.u8(163),
    templates: attributes.flatMap(({ type, payload }) =>
      type === ATTRIBUTE.tmpl ? readTemplates(payload) : [],
    ),
    limits: readLimits(reader, 56),
    usage: readUsage(reader, 120),
    ...readRealm(attributes),
    others: attributes.filter(({ type }) => !UNDERSTOOD.has(type)).map(copy),
  };
}

const UNDERSTOOD: ReadonlySet<number> = new Set([
  ATTRIBUTE.tmpl,
  ATTRIBUTE.policy,
  ATTRIBUTE.policyType,
  ATTRIBUTE.mark,
  ATTRIBUTE.ifId,
  ATTRIBUTE.pad,
]);

/** Reads XFRMA_POLICY_TYPE; 0, main, where there is none. @throws NetlinkParseError */
export function readPolicyType(attributes: readonly Attribute[]): number {
  const found = attributes.find(({ type }) => type === ATTRIBUTE.policyType);
  if (found === undefined) return 0;
  return new Reader(found.payload, POLICY_TYPE_SIZE, 'xfrm_userpolicy_type').u8(0);
}

/** As receive buffers are used again. */
function copy({ type, payload }: Attribute): Attribute {
  return { type, payload: new Uint8Array(payload) };
}
