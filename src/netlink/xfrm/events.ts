import { NetlinkParseError } from '../errors.js';
import type { EventSource } from '../socket/subscription.js';
import { type Attribute, attributesBehind } from '../wire/attributes.js';
import type { NetlinkMessage } from '../wire/message.js';
import { Reader } from '../wire/reader.js';
import { ATTRIBUTE, MESSAGE, XFRM_GROUP } from './constants.js';
import {
  POLICY_ID_SIZE,
  POLICY_SIZE,
  type PolicyState,
  readPolicy,
  readPolicyType,
} from './policy.js';
import { readSa, SA_SIZE, type SaState } from './sa.js';
import { SA_ID_SIZE } from './sa-messages.js';

/** What happened to the SAs and policies of this network namespace, whoever did it. */
export type XfrmEvent =
  | { readonly kind: 'sa-added' | 'sa-updated' | 'sa-deleted'; readonly sa: SaState }
  /** `hard`: it is gone; else it only asks to be renewed. */
  | { readonly kind: 'sa-expired'; readonly sa: SaState; readonly hard: boolean }
  /** All SAs of an IP protocol; 0 or 255 for all. */
  | { readonly kind: 'sas-flushed'; readonly protocol: number }
  | {
      readonly kind: 'policy-added' | 'policy-updated' | 'policy-deleted';
      readonly policy: PolicyState;
    }
  | { readonly kind: 'policy-expired'; readonly policy: PolicyState; readonly hard: boolean }
  /** All policies of a type; 0 is main. */
  | { readonly kind: 'policies-flushed'; readonly type: number };

/*
 * Bodies (linux/xfrm.h, net/xfrm/xfrm_user.c). Attributes of the SA or policy stand behind.
 * | message       | structure                                                              |
 * | NEWSA, UPDSA  | xfrm_usersa_info                                                       |
 * | DELSA         | xfrm_usersa_id; the xfrm_usersa_info is in XFRMA_SA                     |
 * | EXPIRE        | xfrm_user_expire, 232 bytes: xfrm_usersa_info, hard (1), padding (7)    |
 * | FLUSHSA       | xfrm_usersa_flush, 1 byte: proto                                       |
 * | NEWPOLICY, UPDPOLICY | xfrm_userpolicy_info                                            |
 * | DELPOLICY     | xfrm_userpolicy_id; the xfrm_userpolicy_info is in XFRMA_POLICY         |
 * | POLEXPIRE     | xfrm_user_polexpire, 176 bytes: xfrm_userpolicy_info, hard (1), padding (7) |
 * | FLUSHPOLICY   | none                                                                   |
 */
const EXPIRE_SIZE = 232;
const POLICY_EXPIRE_SIZE = 176;
const FLUSH_SIZE = 1;

/**
 * Reads a message of the groups in `XFRM_GROUP`.
 *
 * @returns undefined for any other message
 * @throws NetlinkParseError
 */
export function parseXfrmEvent({ type, body }: NetlinkMessage): XfrmEvent | undefined {
  switch (type) {
    case MESSAGE.newSa:
      return { kind: 'sa-added', sa: readSa(body, attributesBehind(body, SA_SIZE)) };
    case MESSAGE.updateSa:
      return { kind: 'sa-updated', sa: readSa(body, attributesBehind(body, SA_SIZE)) };
    case MESSAGE.deleteSa: {
      const attributes = attributesBehind(body, SA_ID_SIZE);
      return { kind: 'sa-deleted', sa: readSa(payloadOf(attributes, ATTRIBUTE.sa), attributes) };
    }
    case MESSAGE.expire: {
      const hard = new Reader(body, EXPIRE_SIZE, 'xfrm_user_expire').u8(SA_SIZE) !== 0;
      return { kind: 'sa-expired', sa: readSa(body, attributesBehind(body, EXPIRE_SIZE)), hard };
    }
    case MESSAGE.flushSa:
      return {
        kind: 'sas-flushed',
        protocol: new Reader(body, FLUSH_SIZE, 'xfrm_usersa_flush').u8(0),
      };
    default:
      return parsePolicyEvent(type, body);
  }
}

function parsePolicyEvent(type: number, body: Uint8Array): XfrmEvent | undefined {
  switch (type) {
    case MESSAGE.newPolicy:
      return {
        kind: 'policy-added',
        policy: readPolicy(body, attributesBehind(body, POLICY_SIZE)),
      };
    case MESSAGE.updatePolicy:
      return {
        kind: 'policy-updated',
        policy: readPolicy(body, attributesBehind(body, POLICY_SIZE)),
      };
    case MESSAGE.deletePolicy: {
      const attributes = attributesBehind(body, POLICY_ID_SIZE);
      const policy = readPolicy(payloadOf(attributes, ATTRIBUTE.policy), attributes);
      return { kind: 'policy-deleted', policy };
    }
    case MESSAGE.policyExpire: {
      const hard =
        new Reader(body, POLICY_EXPIRE_SIZE, 'xfrm_user_polexpire').u8(POLICY_SIZE) !== 0;
      const policy = readPolicy(body, attributesBehind(body, POLICY_EXPIRE_SIZE));
      return { kind: 'policy-expired', policy, hard };
    }
    case MESSAGE.flushPolicy:
      return { kind: 'policies-flushed', type: readPolicyType(attributesBehind(body, 0)) };
    default:
      return undefined;
  }
}

function payloadOf(attributes: readonly Attribute[], type: number): Uint8Array {
  const found = attributes.find((attribute) => attribute.type === type);
  if (found === undefined) throw new NetlinkParseError(`attribute ${type} is missing`);
  return found.payload;
}

/** SAs and policies: added, changed, deleted, flushed, expired. */
export const XFRM_EVENTS: EventSource<XfrmEvent> = {
  protocol: 'xfrm',
  groups: [XFRM_GROUP.sa, XFRM_GROUP.policy, XFRM_GROUP.expire],
  parse: parseXfrmEvent,
};
