/** Nodes as the kubelet and the controller manager leave them in the API. */
import { merge, must } from '../agents.js';
import type { ControlPlane } from '../control-plane.js';
import { addressesOf } from '../kernel/topology.js';

export type Family = 'ipv4' | 'ipv6';

/**
 * Makes the Node `n<i>` with the addresses and pod prefixes of the topology; returns its UID.
 *
 * @param name another one, for a machine that takes the place of another
 * @param podsOf the node whose pod prefixes it claims; its own by default
 */
export async function makeApiNode(
  plane: ControlPlane,
  i: number,
  families: readonly Family[],
  name = `n${i}`,
  podsOf = i,
): Promise<string> {
  const { node, node6 } = addressesOf(i);
  const { podCidr, podCidr6 } = addressesOf(podsOf);
  const of = (v4: string, v6: string) => families.map((family) => (family === 'ipv4' ? v4 : v6));
  const podCIDRs = of(podCidr, podCidr6);
  const made = await must(plane, 'POST', '/api/v1/nodes', {
    body: {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux' } },
      spec: { podCIDR: podCIDRs[0], podCIDRs },
    },
  });
  const addresses = [
    ...of(node, node6).map((address) => ({ type: 'InternalIP', address })),
    { type: 'Hostname', address: name },
  ];
  const conditions = [{ type: 'Ready', status: 'True', reason: 'Lab', message: 'in the lab' }];
  await must(plane, 'PATCH', `/api/v1/nodes/${name}/status`, {
    ...merge,
    body: { status: { addresses, conditions } },
  });
  return made.metadata.uid;
}
