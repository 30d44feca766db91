/** What of a pair's encryption is to be seen in a node's kernel, by each engine. */
import type { LabNode, PolicyText, XfrmTools } from './index.js';
import { WIREGUARD, wireguardRoutes, wireguardRules } from './wireguard-tools.js';

/** `plain`: nothing of ours; `closed`: nothing but what is encrypted, both ways; `open`: on the way. */
export type Closure = 'plain' | 'open' | 'closed';

/** By IPsec. */
export function closureOf(
  node: Pick<XfrmTools, 'policies'>,
  { addresses }: Pick<LabNode, 'addresses'>,
): Promise<Closure> {
  return closureOfPrefixes(node, [addresses.podCidr, addresses.podCidr6]);
}

/** @param prefixes those of the other node's pods */
export async function closureOfPrefixes(
  node: Pick<XfrmTools, 'policies'>,
  prefixes: readonly string[],
): Promise<Closure> {
  const own = await ownPolicies(node, prefixes);
  if (own.length === 0) return 'plain';
  const leaving = own.filter(({ direction }) => direction === 'out');
  const arriving = own.filter(({ direction }) => direction !== 'out');
  const isClosed =
    leaving.length > 0 &&
    arriving.length >= leaving.length * 2 &&
    arriving.every(requires) &&
    leaving.every(requires);
  return isClosed ? 'closed' : 'open';
}

/**
 * By WireGuard: all pod prefixes of the peer that plaintext is refused of lead through a device of ours, whose rules
 * are there. What stands behind those routes is seen on the wire when they are gone.
 */
export async function wireguardClosureOf(
  node: Pick<LabNode, 'policies' | 'script'>,
  { addresses }: Pick<LabNode, 'addresses'>,
): Promise<Closure> {
  const prefixes = [addresses.podCidr, addresses.podCidr6];
  const own = await ownPolicies(node, prefixes);
  const routes = (await wireguardRoutes(node.script)).filter((route) =>
    prefixes.some((prefix) => route.includes(`${prefix} `)),
  );
  if (own.length === 0 && routes.length === 0) return 'plain';
  const rules = await wireguardRules(node.script);
  const arriving = own.filter(({ direction }) => direction !== 'out');
  const refused = prefixes.filter((prefix) => arriving.some(({ source }) => source === prefix));
  const isLed = (prefix: string): boolean =>
    routes.some((route) => route.startsWith(`${prefix} dev podcloak_wg`)) &&
    rules.some((rule) => rule.startsWith(`${prefix.includes(':') ? 6 : 4} `) && isForPods(rule));
  const isClosed =
    refused.length > 0 &&
    refused.every(isLed) &&
    arriving.every((policy) => requires(policy) || policy.action === 'block') &&
    !own.some(leavesByEsp);
  return isClosed ? 'closed' : 'open';
}

async function ownPolicies(
  node: Pick<XfrmTools, 'policies'>,
  prefixes: readonly string[],
): Promise<PolicyText[]> {
  return (await node.policies()).filter(
    ({ user, source, destination }) =>
      user !== 0 && (prefixes.includes(source) || prefixes.includes(destination)),
  );
}

function requires({ text }: PolicyText): boolean {
  return text.includes('level required');
}

/** Until it is gone the pair may still be on its way from IPsec. */
function leavesByEsp(policy: PolicyText): boolean {
  return policy.direction === 'out' && requires(policy);
}

function isForPods(rule: string): boolean {
  return rule.includes(`lookup ${WIREGUARD.tables[0]}`);
}
