import { overlap, type Prefix, parsePrefix } from '../net/index.js';
import type { Direction, Policy } from '../netlink/index.js';
import type { InWish, NodeWish, PairWish } from './model.js';
import { allow, block, PRIORITY } from './objects.js';
import { type Flow, selectorOf } from './selectors.js';

/**
 * What no router forwards: link-local addresses, without which no neighbour is found, and the multicast
 * and broadcast of one link (RFC 4291 §2.5.6 and §2.7, RFC 5771 §4, RFC 919). Only for ranges that hold it.
 */
const LINK = ['fe80::/10', 'ff02::/16', '224.0.0.0/24', '255.255.255.255/32'].flatMap(
  (text) => parsePrefix(text) ?? [],
);

/**
 * What strict mode puts behind all else: blocks between this node's pods and the strict ranges, and
 * before those what is exempt, as it does not leave the node.
 *
 * NodePorts are checked as if they stayed (the kernel takes the addresses before DNAT), so what is
 * forwarded from the ranges to an address of the node's is blocked too; what the node itself gets is not.
 */
export function strictPolicies(node: NodeWish): Policy[] {
  const { strict, podPrefixes: pods, addresses } = node;
  if (strict === undefined || pods.length === 0) return [];
  const { egress, ingress } = strict;
  const arriving = (targets: readonly Prefix[], direction: Direction): Policy[] =>
    between(ingress, targets, (...ends) => block(direction, selectorOf(...ends), PRIORITY.strict));
  return [
    ...local('out', egress, pods, [...pods, ...within([...addresses, ...LINK], egress)]),
    ...local('in', ingress, [...pods, ...within([...addresses, ...LINK], ingress)], pods),
    ...local('fwd', ingress, pods, [...pods, ...addresses]),
    ...between(pods, egress, (...ends) => block('out', selectorOf(...ends), PRIORITY.strict)),
    ...arriving(pods, 'in'),
    ...arriving([...pods, ...addresses], 'fwd'),
  ];
}

/** What is exempt from strict mode, as both ends are on this node: where there is something to be exempt from. */
function local(
  direction: Direction,
  ranges: readonly Prefix[],
  sources: readonly Prefix[],
  destinations: readonly Prefix[],
): Policy[] {
  if (ranges.length === 0) return [];
  return between(sources, destinations, (...ends) => exempt(direction, ...ends));
}

/**
 * What is exempt of a peer whose addresses lie in the strict ranges: until the pair is encrypted, its pods
 * and ours reach the nodes. The pair's own policies take the place of these, one by one.
 */
export function peerExemptions(
  node: NodeWish,
  { out, in: arriving }: PairWish,
  peer: readonly Prefix[],
): Policy[] {
  const { strict, podPrefixes: pods } = node;
  if (strict?.allowNodes !== true) return [];
  const policies: Policy[] = [];
  if (out.kind === 'plain') {
    const targets = within(peer, strict.egress);
    policies.push(...between(pods, targets, (...ends) => exempt('out', ...ends)));
  }
  if (arriving === 'plain' || arriving === 'optional') {
    const sources = within(peer, strict.ingress);
    policies.push(
      ...between(sources, pods, (...ends) => exempt('in', ...ends)),
      // Also to the node's addresses: answers to pods whose packets a CNI has masqueraded.
      ...between(sources, [...pods, ...node.addresses], (...ends) => exempt('fwd', ...ends)),
    );
  }
  return policies;
}

/**
 * What a pair accepts of one of its flows: strict mode takes no plaintext to pods, be it by the
 * node's address (`fwd`, see {@link strictPolicies}).
 */
export function strictly(
  { strict }: NodeWish,
  wish: InWish,
  { remote, localEnd, remoteEnd }: Flow,
  direction: Direction,
): InWish {
  const isToPods = localEnd === 'pods' || direction === 'fwd';
  if (wish !== 'optional' || strict === undefined || !isToPods) return wish;
  if (strict.allowNodes && remoteEnd === 'node') return wish;
  return within([remote], strict.ingress).length > 0 ? 'required' : wish;
}

/** Whether a policy of ours is strict mode's, or an exemption from it. */
export function isStrictPolicy({ priority }: Pick<Policy, 'priority'>): boolean {
  return priority === PRIORITY.local || priority === PRIORITY.strict;
}

/** Without a template: what came through an SA does not come from where these say. */
function exempt(direction: Direction, source: Prefix, destination: Prefix): Policy {
  return allow(direction, selectorOf(source, destination), PRIORITY.local, []);
}

function between(
  sources: readonly Prefix[],
  destinations: readonly Prefix[],
  make: (source: Prefix, destination: Prefix) => Policy,
): Policy[] {
  return sources.flatMap((source) =>
    destinations
      .filter(({ family }) => family === source.family)
      .map((destination) => make(source, destination)),
  );
}

/** Those that have an address in one of the ranges. */
function within(prefixes: readonly Prefix[], ranges: readonly Prefix[]): Prefix[] {
  return prefixes.filter((one) => ranges.some((range) => overlap(one, range)));
}
