import {
  deletePolicy,
  deleteSa,
  isLarval,
  type NetlinkRequest,
  newPolicy,
  newSa,
  type Policy,
  type PolicyState,
  type SaState,
  updatePolicy,
  updateSa,
} from '../netlink/index.js';
import { type Actual, isOwnPolicy, isOwnSa } from './actual.js';
import type { Desired } from './desired.js';
import { fingerprintOf } from './fingerprint.js';
import { policyKey, saKey, sameContent } from './identity.js';
import type { TunnelWish } from './model.js';
import { saOf } from './objects.js';

/** One message to the kernel, and what it is about. */
export interface Step {
  readonly stage: Stage;
  readonly request: NetlinkRequest;
  /** For logs: no key material. */
  readonly about: string;
  /** The tunnel whose SA it adds. */
  readonly tunnel?: TunnelWish;
}

/**
 * The order in which changes are made, so that after any of them no packet of an encrypted pair can
 * leave in plaintext, and none meets an SA or a policy at the peer's or our end that is not there yet.
 */
export const STAGES = [
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
  /** Tunnels one of whose SAs cannot be added, as somebody else's has its place. */
  readonly taken: readonly TunnelWish[];
}

/**
 * What has to be sent to the kernel to get from what it holds to what it should. Foreign SAs and
 * policies are neither changed nor deleted. Nothing is sent twice: applied, the difference is empty.
 */
export function diff(actual: Actual, wish: Desired): Difference {
  const steps: Step[] = [];
  const lost: TunnelWish[] = [];
  const taken: TunnelWish[] = [];
  diffSas(actual.sas, wish.tunnels, { steps, lost, taken });
  diffPolicies(actual.policies.filter(isOwnPolicy), wish.policies, steps);
  const rank = (step: Step): number => STAGES.indexOf(step.stage);
  return { steps: steps.sort((one, other) => rank(one) - rank(other)), lost, taken };
}

interface Found {
  readonly steps: Step[];
  readonly lost: TunnelWish[];
  readonly taken: TunnelWish[];
}

function diffSas(
  actual: readonly SaState[],
  tunnels: readonly TunnelWish[],
  { steps, lost, taken }: Found,
): void {
  const present = new Map(actual.map((sa) => [saKey(sa.destination, sa.spi), sa]));
  const wished = new Set<string>();
  for (const tunnel of tunnels) {
    const faults = (['inbound', 'outbound'] as const).map((direction) => {
      const { spi, fingerprint } = tunnel[direction];
      const destination = direction === 'inbound' ? tunnel.local : tunnel.remote;
      const key = saKey(destination, spi);
      wished.add(key);
      const there = present.get(key);
      const stage = direction === 'inbound' ? 'add inbound SA' : 'add outbound SA';
      const sa = saOf(tunnel, direction);
      const about = `${stage.slice(4)} ${spi.toString(16)}`;
      if (there !== undefined && !isLarval(there)) {
        if (fingerprintOf(there) === fingerprint && isOwnSa(there)) return undefined;
        return isOwnSa(there) ? 'lost' : 'taken';
      }
      if (sa === undefined) return 'lost';
      const request = there === undefined ? newSa(sa) : updateSa(sa);
      steps.push({ stage, request, about: `add ${about}`, tunnel });
      return undefined;
    });
    if (faults.includes('lost')) lost.push(tunnel);
    else if (faults.includes('taken')) taken.push(tunnel);
  }
  for (const sa of actual) {
    if (!isOwnSa(sa) || wished.has(saKey(sa.destination, sa.spi))) continue;
    const about = `delete SA ${sa.spi.toString(16)}`;
    steps.push({ stage: 'delete SA', request: deleteSa(sa), about });
  }
}

function diffPolicies(
  actual: readonly PolicyState[],
  wished: readonly Policy[],
  steps: Step[],
): void {
  const present = new Map(actual.map((policy) => [policyKey(policy), policy]));
  for (const policy of wished) {
    const key = policyKey(policy);
    const there = present.get(key);
    present.delete(key);
    if (there !== undefined && sameContent(there, policy)) continue;
    const request = there === undefined ? newPolicy(policy) : updatePolicy(policy);
    const verb = there === undefined ? 'add' : 'update';
    steps.push({ stage: stageOf(policy), request, about: `${verb} policy ${key}` });
  }
  for (const [key, policy] of present) {
    const stage = policy.direction === 'out' ? 'delete outbound policy' : 'delete inbound policy';
    steps.push({ stage, request: deletePolicy(policy), about: `delete policy ${key}` });
  }
}

function stageOf({ direction, action, templates }: Policy): Stage {
  if (direction === 'out') return 'set outbound policy';
  const opens = action === 'allow' && templates.every(({ optional }) => optional);
  return opens ? 'open inbound policy' : 'close inbound policy';
}
