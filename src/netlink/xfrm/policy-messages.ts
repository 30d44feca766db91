import { attributesBehind } from '../wire/attributes.js';
import { FLAG, type NetlinkMessage, type NetlinkRequest } from '../wire/message.js';
import type { NetlinkQuery } from '../wire/query.js';
import { packBody } from '../wire/writer.js';
import { MESSAGE } from './constants.js';
import {
  POLICY_SIZE,
  type Policy,
  type PolicyId,
  type PolicyState,
  readPolicy,
  writePolicy,
  writePolicyId,
} from './policy.js';

/**
 * XFRM_MSG_NEWPOLICY: EEXIST if there is one of the same id, whatever its priority.
 *
 * @throws RangeError for prefixes of two families
 */
export function newPolicy(policy: Policy): NetlinkRequest {
  return policyRequest(MESSAGE.newPolicy, policy);
}

/**
 * XFRM_MSG_UPDPOLICY: replaces the one of the same id in one step, or adds it. A foreign one too:
 * only for what is known to be our own.
 *
 * @throws RangeError for prefixes of two families
 */
export function updatePolicy(policy: Policy): NetlinkRequest {
  return policyRequest(MESSAGE.updatePolicy, policy);
}

/** XFRM_MSG_DELPOLICY: ENOENT if there is none. */
export function deletePolicy(id: PolicyId): NetlinkRequest {
  return { type: MESSAGE.deletePolicy, flags: FLAG.request | FLAG.ack, body: packId(id) };
}

/** XFRM_MSG_GETPOLICY of one: ENOENT if there is none. */
export function getPolicy(id: PolicyId): NetlinkQuery<PolicyState> {
  return { type: MESSAGE.getPolicy, flags: FLAG.request, body: packId(id), parse: parsePolicy };
}

/** XFRM_MSG_GETPOLICY of all, those of sockets included. */
export function dumpPolicies(): NetlinkQuery<PolicyState> {
  const flags = FLAG.request | FLAG.dump;
  return { type: MESSAGE.getPolicy, flags, body: new Uint8Array(0), parse: parsePolicy };
}

/** Reads XFRM_MSG_NEWPOLICY; undefined for another type. @throws NetlinkParseError */
export function parsePolicy({ type, body }: NetlinkMessage): PolicyState | undefined {
  if (type !== MESSAGE.newPolicy) return undefined;
  return readPolicy(body, attributesBehind(body, POLICY_SIZE));
}

function policyRequest(type: number, policy: Policy): NetlinkRequest {
  const body = packBody((writer) => writePolicy(writer, policy));
  return { type, flags: FLAG.request | FLAG.ack, body };
}

function packId(id: PolicyId): Uint8Array {
  return packBody((writer) => writePolicyId(writer, id));
}
