import {
  deletePolicy,
  type NetlinkRequest,
  newPolicy,
  type Policy,
  updatePolicy,
} from '../netlink/index.js';
import { type Actual, isOwnPolicy } from './actual.js';
import type { Desired } from './desired.js';
import { diffSas } from './diff-sas.js';
import { policyKey, policyText, sameContent } from './identity.js';
import type { NodeWish, TunnelWish } from './model.js';
import { isStrictPolicy, strictPolicies } from './strict.js';

/** One message to the kernel, and what it is about. */
export interface Step {
  readonly stage: Stage;
  /** Made anew at each look: of thousands of steps, their bytes are not kept. */
  readonly request: NetlinkRequest;
  /** For logs: no key material. */
  readonly about: string;
  /** The tunnel whose SA it adds. */
  readonly tunnel?: TunnelWish;
  /** The policy that it is about. */
  readonly policy?: Policy;
}

/**
 * The order in which changes are made, so that after any of them no packet of an encrypted pair can
 * leave in plaintext, and none meets an SA or a policy at the peer's or our end that is not there yet.
 */
export const STAGES = [
  // Of an older tunnel, where one that was never sent must have the place. Nothing else is lost for it.
  'delete stale SA',
  'add inbound SA',
  'open inbound policy',
  'add outbound SA',
  'set outbound policy',
  'close inbound policy',
  'delete outbound policy',
  'delete inbound policy',
  'delete SA',
] as const;
export type Stage = (typeof STAGES)[number];

export interface Difference {
  /** In the order in which they must be sent. */
  readonly steps: readonly Step[];
  /** Tunnels whose SAs were in the kernel and are not any more, or are others now. */
  readonly lost: readonly TunnelWish[];
  /** Tunnels one of whose SAs cannot be added, as another one has its place; nothing of them is sent. */
  readonly taken: readonly TunnelWish[];
}

/**
 * What has to be sent to the kernel to get from what it holds to what it should. Foreign SAs and
 * policies are neither changed nor deleted. Nothing is sent twice: applied, the difference is empty.
 */
export function diff(actual: Actual, wish: Desired): Difference {
  const { steps: saSteps, lost, taken } = diffSas(actual.sas, wish.tunnels);
  const steps = [...saSteps];
  diffPolicies(actual.policies.filter(isOwnPolicy), wish.policies, steps);
  const ordered = STAGES.flatMap((stage) => steps.filter((step) => step.stage === stage));
  return { steps: ordered, lost, taken };
}

/**
 * The same for strict mode alone, on a node that has no pairs yet as it lacks its identity or keys: what
 * else is in the kernel of ours is of before, and stays, as do the exemptions that stand in its places.
 */
export function diffStrict(actual: Actual, node: NodeWish): readonly Step[] {
  const own = actual.policies.filter(isOwnPolicy);
  const taken = new Set(own.filter((one) => !isStrictPolicy(one)).map(policyKey));
  const policies = strictPolicies(node).filter((policy) => !taken.has(policyKey(policy)));
  return diff({ sas: [], policies: own.filter(isStrictPolicy) }, { tunnels: [], policies }).steps;
}

function diffPolicies(actual: readonly Policy[], wished: readonly Policy[], steps: Step[]): void {
  const present = new Map(actual.map((policy) => [policyKey(policy), policy]));
  // Within a stage what wins comes first and goes last: no packet meets a worse policy in between, such as
  // strict mode's block before what is exempt from it.
  for (const policy of [...wished].sort(byPriority)) {
    const key = policyKey(policy);
    const there = present.get(key);
    present.delete(key);
    if (there !== undefined && sameContent(there, policy)) continue;
    steps.push(new PolicyStep(stageOf(policy), there === undefined ? 'add' : 'update', policy));
  }
  const gone = [...present.values()].sort((one, other) => byPriority(other, one));
  for (const policy of gone) {
    const stage = policy.direction === 'out' ? 'delete outbound policy' : 'delete inbound policy';
    steps.push(new PolicyStep(stage, 'delete', policy));
  }
}

const POLICY_REQUEST = { add: newPolicy, update: updatePolicy, delete: deletePolicy } as const;

/** A class, as each of thousands of objects would have functions of its own otherwise. */
class PolicyStep implements Step {
  constructor(
    readonly stage: Stage,
    readonly verb: keyof typeof POLICY_REQUEST,
    readonly policy: Policy,
  ) {}

  get request(): NetlinkRequest {
    return POLICY_REQUEST[this.verb](this.policy);
  }

  get about(): string {
    return `${this.verb} policy ${policyText(this.policy)}`;
  }
}

function byPriority(one: Policy, other: Policy): number {
  return one.priority - other.priority;
}

function stageOf({ direction, action, templates }: Policy): Stage {
  if (direction === 'out') return 'set outbound policy';
  const opens = action === 'allow' && templates.every(({ optional }) => optional);
  return opens ? 'open inbound policy' : 'close inbound policy';
}
