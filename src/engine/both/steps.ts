import { policyKey, type Stage, type Step as XfrmStep } from '../../datapath/index.js';
import type { Policy } from '../../netlink/index.js';
import type { Step } from '../engine.js';
import type { WireguardDifference, WireguardStep } from '../wireguard/index.js';

/** A change of the kernel by either engine. */
export type BothStep = Step &
  (
    | {
        readonly engine: 'ipsec';
        readonly step: XfrmStep;
        /** It takes away what others may rely on, should a change before it be refused. */
        readonly isWithdrawal: boolean;
      }
    | { readonly engine: 'wireguard'; readonly step: WireguardStep; readonly isWithdrawal: boolean }
  );

/** XFRM's stages before WireGuard has its devices, peers and routes: nothing that is open is shut by them. */
const FIRST: ReadonlySet<Stage> = new Set([
  ...(['delete stale SA', 'add inbound SA', 'open inbound policy'] as const),
  ...(['add outbound SA', 'set outbound policy'] as const),
]);

/**
 * The order of the changes of both, so that after any of them no packet of an encrypted pair can leave in plaintext,
 * and none is lost that was not lost before:
 *
 * 1. SAs; policies that protect by IPsec, or block for want of anything; passages through devices of WireGuard, which
 *    mean nothing before a route leads there. It would lead to a block otherwise, when keys are rotated.
 * 2. WireGuard's devices, peers, routes, rules, guard. A route with a passage is the switch from IPsec, as that wins
 *    over its policy; deleting the passage is the switch back.
 * 3. The blocks that passages are exempt from. Then what refuses plaintext, and policies that go.
 * 4. WireGuard's rules, routes, peers and devices that nothing needs any more.
 * 5. SAs that nothing needs any more.
 *
 * @param isSecuring tells policies that lead through WireGuard
 */
export function inOrder(
  xfrm: readonly XfrmStep[],
  { made, gone }: WireguardDifference,
  isSecuring: (policy: Policy) => boolean,
): BothStep[] {
  const isFirst = ({ stage, policy }: XfrmStep): boolean =>
    FIRST.has(stage) && !(stage === 'set outbound policy' && policy && isBehind(policy));
  const isBehind = (policy: Policy): boolean => policy.selector.ifindex === 0 && isSecuring(policy);
  const isLast = ({ stage }: XfrmStep): boolean => stage === 'delete SA';
  const ofXfrm = (step: XfrmStep): BothStep => {
    // A passage is a way that is there: it goes once another one is.
    const isPassage = (step.policy?.selector.ifindex ?? 0) !== 0;
    const isWithdrawal = isLast(step) || (isPassage && step.stage === 'delete outbound policy');
    return { about: step.about, engine: 'ipsec', step, isWithdrawal };
  };
  return [
    ...xfrm.filter(isFirst).map(ofXfrm),
    ...made.map((step) => stepOfWireguard(step, false)),
    ...xfrm.filter((step) => !isFirst(step) && !isLast(step)).map(ofXfrm),
    ...gone.map((step) => stepOfWireguard(step, true)),
    ...xfrm.filter(isLast).map(ofXfrm),
  ];
}

export function stepOfWireguard(step: WireguardStep, isWithdrawal: boolean): BothStep {
  return { about: step.about, engine: 'wireguard', step, isWithdrawal };
}

/** Neighbours of the same kind, to be sent together. */
export function runsOf(steps: readonly BothStep[]): BothStep[][] {
  const runs: BothStep[][] = [];
  for (const step of steps) {
    const last = runs.at(-1);
    if (last?.[0] !== undefined && kindOf(last[0]) === kindOf(step)) last.push(step);
    else runs.push([step]);
  }
  return runs;
}

function kindOf(step: BothStep): string {
  return step.engine === 'ipsec' ? 'ipsec' : `${step.step.by} ${step.isWithdrawal}`;
}

/** Names the policies of these without the device that they may ask for. */
export function policyKeys(policies: readonly Policy[]): Set<string> {
  return new Set(policies.map(keyWithoutDevice));
}

export function keyWithoutDevice(policy: Policy): string {
  return policyKey({ ...policy, selector: { ...policy.selector, ifindex: 0 } });
}
