/** Where traffic begins and ends: on this machine, on nodes and in pods, by name. */
import type { Ground } from '../lab/agent/traffic/index.js';
import type { ControlPlane } from '../lab/control-plane.js';
import type { Machine } from '../lab/kernel/guest.js';
import type { ClusterNode } from './node.js';
import { HOST } from './wire.js';

/** `host` is this machine, which is no node; a pod is one of the namespace `default`. */
export type Place = 'host' | `n${number}` | `pod/${string}`;

interface Spot {
  readonly machine: Machine;
  readonly address: string;
  /** The network namespace there; none for that of the machine itself. */
  readonly space?: string;
}

interface PodObject {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly nodeName: string };
  readonly status: { readonly podIP: string };
}

/** All places that there are now. @throws Error when a pod's network is not to be found */
export async function groundOf(
  host: Machine,
  plane: ControlPlane,
  nodes: readonly ClusterNode[],
): Promise<Ground<Place>> {
  const spots = new Map<Place, Spot>([['host', { machine: host, address: HOST }]]);
  for (const { name, guest, address } of nodes) {
    spots.set(name, { machine: guest, address });
  }
  const { stdout } = await plane.kubectl(['get', 'pods', '-o', 'json']);
  for (const { metadata, spec, status } of (JSON.parse(stdout) as { items: PodObject[] }).items) {
    const machine = nodes.find(({ name }) => name === spec.nodeName)?.guest;
    if (machine === undefined) throw new Error(`pod ${metadata.name} is on no node`);
    const space = await spaceOf(machine, status.podIP);
    spots.set(`pod/${metadata.name}`, { machine, address: status.podIP, space });
  }
  const at = (place: Place): Spot => {
    const spot = spots.get(place);
    if (spot === undefined) throw new Error(`there is no ${place}`);
    return spot;
  };
  return {
    address: (place) => at(place).address,
    start: (place, program, args) => {
      const { machine, space } = at(place);
      if (space === undefined) return machine.start(program, args);
      return machine.start('ip', ['netns', 'exec', space, program, ...args]);
    },
  };
}

/** The namespace that the CNI gave this address. */
async function spaceOf(node: Machine, address: string): Promise<string> {
  const found = await node.script(`
    for path in /run/netns/*; do
      space=$(basename "$path")
      if [ -n "$(ip -n "$space" -o addr show to ${address})" ]; then echo "$space"; fi
    done`);
  const space = found.trim();
  if (space === '') throw new Error(`no network namespace has ${address}`);
  return space;
}
