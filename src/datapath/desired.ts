import type { Prefix } from '../net/index.js';
import type { Direction, Policy } from '../netlink/index.js';
import { exemptions } from './exemptions.js';
import { addressKey, policyKey, prefixKey } from './identity.js';
import type { NodeWish, PairWish, TunnelWish } from './model.js';
import { allow, anyOf, block, PRIORITY, pinned } from './objects.js';
import { type Flow, flowsOf, probeSelector, selectorOf } from './selectors.js';
import { peerExemptions, strictly, strictPolicies } from './strict.js';

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
    for (const flow of flowsOf(node, remotes)) policies.push(...policiesOf(node, pair, flow));
    policies.push(...probePolicies(node, pair), ...peerExemptions(node, pair, remotes.addresses));
  }
  if (node.nodeEncryption && pairs.some(({ out }) => out.kind !== 'plain')) {
    const hasDevices = pairs.some(({ otherEnds = [] }) => otherEnds.length > 0);
    policies.push(...exemptions(node, hasDevices));
  }
  // Behind the pairs', which have the place where both want it.
  policies.push(...strictPolicies(node));
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

function policiesOf(node: NodeWish, pair: PairWish, flow: Flow): Policy[] {
  const { local, remote, localEnd, remoteEnd } = flow;
  const leaving = selectorOf(local, remote);
  const arriving = selectorOf(remote, local);
  const isBetweenNodes = localEnd === 'node' && remoteEnd === 'node';
  const priority = isBetweenNodes ? PRIORITY.nodes : PRIORITY.pods;
  const policies: Policy[] = [];
  if (pair.out.kind === 'protect') {
    policies.push(allow('out', leaving, priority, [pinned(pair.out.tunnel)]));
  } else if (pair.out.kind === 'block') policies.push(block('out', leaving, priority));
  else if (pair.out.kind === 'through' && !isAskedWithoutDevice(flow)) {
    const { ifindex } = pair.out;
    if (ifindex !== undefined) {
      policies.push(allow('out', { ...leaving, ifindex }, PRIORITY.passage, []));
    }
    policies.push(block('out', leaving, priority));
  }
  for (const direction of ARRIVING) {
    const wish = strictly(node, pair.in, flow, direction);
    if (wish === 'plain') continue;
    const templates = [anyOf(pair.reqid, wish === 'optional')];
    policies.push(
      wish === 'block'
        ? block(direction, arriving, priority)
        : allow(direction, arriving, priority, templates),
    );
  }
  return policies;
}

/**
 * What a node itself sends over IPv6: the kernel looks for a policy without a device (`flowi6_oif` is 0), so that no
 * passage would ever match. An nftables rule stands in the block's place (src/netlink/nftables).
 */
function isAskedWithoutDevice({ local, localEnd }: Flow): boolean {
  return localEnd === 'node' && local.family === 6;
}

/** Ours go through the tunnel under test only; whatever comes must have come through one. */
function probePolicies(
  { nodeEncryption }: NodeWish,
  { tunnels, probe, led, reqid, otherEnds = [] }: PairWish,
): Policy[] {
  const policies: Policy[] = [];
  if (led !== undefined && nodeEncryption) {
    // Else they would go as data does: by ESP, or nowhere, as a passage is of the device that data goes by.
    policies.push(allow('out', probeSelector(led.local, led.remote), PRIORITY.probe, []));
  }
  if (probe !== undefined) {
    const { local, remote } = probe;
    const selector = probeSelector(local, remote);
    policies.push(allow('out', selector, PRIORITY.probe, [pinned(probe)]));
  }
  const ends = new Map(
    [...tunnels, ...otherEnds].map((one) => [
      `${addressKey(one.remote)} ${addressKey(one.local)}`,
      one,
    ]),
  );
  for (const { local, remote } of ends.values()) {
    const selector = probeSelector(remote, local);
    policies.push(allow('in', selector, PRIORITY.probe, [anyOf(reqid, false)]));
  }
  return policies;
}
