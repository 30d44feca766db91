import type { Prefix } from '../net/index.js';
import type { Direction, Policy } from '../netlink/index.js';
import { exemptions } from './exemptions.js';
import { addressKey, policyKey, prefixKey } from './identity.js';
import type { NodeWish, PairWish, TunnelWish } from './model.js';
import { allow, anyOf, block, PRIORITY, pinned } from './objects.js';
import { type Flow, flowsOf, probeSelector, selectorOf } from './selectors.js';

/** All that the kernel should hold of ours. */
export interface Desired {
  readonly tunnels: readonly TunnelWish[];
  readonly policies: readonly Policy[];
}

/** The directions in which a packet may come to us: NodePorts are checked as if they stayed. */
const ARRIVING: readonly Direction[] = ['in', 'fwd'];

/**
 * What the kernel should hold, computed from plain data.
 *
 * @param pairs a prefix that several of them have goes to the first: the caller sorts them
 */
export function desired(node: NodeWish, pairs: readonly PairWish[]): Desired {
  const taken = new Set([...node.podPrefixes, ...node.addresses].map(prefixKey));
  const mine = (prefix: Prefix): boolean => {
    const key = prefixKey(prefix);
    if (taken.has(key)) return false;
    taken.add(key);
    return true;
  };
  const policies: Policy[] = [];
  for (const pair of pairs) {
    const remotes = {
      podPrefixes: pair.podPrefixes.filter(mine),
      addresses: pair.addresses.filter(mine),
    };
    for (const flow of flowsOf(node, remotes)) policies.push(...policiesOf(pair, flow));
    policies.push(...probePolicies(pair));
  }
  if (node.nodeEncryption && pairs.some(({ out }) => out.kind !== 'plain')) {
    policies.push(...exemptions(node));
  }
  return { tunnels: pairs.flatMap(({ tunnels }) => tunnels), policies: firstOfEach(policies) };
}

/** The kernel has one policy of a key: an address that is a pod's prefix too asks for two of them. */
function firstOfEach(policies: readonly Policy[]): Policy[] {
  const first = new Map<string, Policy>();
  for (const policy of policies) {
    const key = policyKey(policy);
    if (!first.has(key)) first.set(key, policy);
  }
  return [...first.values()];
}

function policiesOf(pair: PairWish, { local, remote, isBetweenNodes }: Flow): Policy[] {
  const leaving = selectorOf(local, remote);
  const arriving = selectorOf(remote, local);
  const priority = isBetweenNodes ? PRIORITY.nodes : PRIORITY.pods;
  const policies: Policy[] = [];
  if (pair.out.kind === 'protect') {
    policies.push(allow('out', leaving, priority, [pinned(pair.out.tunnel)]));
  } else if (pair.out.kind === 'block') policies.push(block('out', leaving, priority));
  for (const direction of ARRIVING) {
    if (pair.in === 'plain') continue;
    const templates = [anyOf(pair.reqid, pair.in === 'optional')];
    policies.push(
      pair.in === 'block'
        ? block(direction, arriving, priority)
        : allow(direction, arriving, priority, templates),
    );
  }
  return policies;
}

/** Ours go through the tunnel under test only; whatever comes must have come through one. */
function probePolicies({ tunnels, probe, reqid }: PairWish): Policy[] {
  const policies: Policy[] = [];
  if (probe !== undefined) {
    const { local, remote } = probe;
    const selector = probeSelector(local, remote);
    policies.push(allow('out', selector, PRIORITY.probe, [pinned(probe)]));
  }
  const ends = new Map(
    tunnels.map((one) => [`${addressKey(one.remote)} ${addressKey(one.local)}`, one]),
  );
  for (const { local, remote } of ends.values()) {
    const selector = probeSelector(remote, local);
    policies.push(allow('in', selector, PRIORITY.probe, [anyOf(reqid, false)]));
  }
  return policies;
}
