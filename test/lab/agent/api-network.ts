/**
 * How nodes reach the API server: a network of its own, so that the wire has nothing but what nodes say to
 * each other. A bridge joins the guest's NIC and a link `api0` into each node, with addresses of the
 * Service range, where pods find the API server too. Nodes cannot reach each other over it.
 */
import type { Guest } from '../kernel/guest.js';
import type { GuestForward } from '../kernel/nic.js';
import type { Endpoint } from './relay.js';

/** Where an agent finds the API server, as pods do: the first address of the Service range. */
export const API: Endpoint = { address: '10.96.0.1', port: 443 };

/** On which port of that address the API server of a cluster is, counted from 0. */
export function apiPort(cluster: number): number {
  return API.port + cluster;
}

/**
 * The NIC that {@link joinApiNetwork} builds on.
 *
 * @param to of each cluster
 */
export function apiForward(to: readonly Endpoint[]): GuestForward {
  const ports = to.map((one, cluster) => ({ port: apiPort(cluster), to: one }));
  return { network: '10.96.0.0/16', address: API.address, ports };
}

/** Gives each node its way to the API server. */
export async function joinApiNetwork(guest: Guest, count: number): Promise<void> {
  const all = Array.from({ length: count }, (_, index) => index + 1);
  await guest.script([BRIDGE, ...all.map(linkScript)].join('\n'));
}

/** Drops what a node says to the API server and hears from it: nothing answers, nothing is refused. */
export function cutApi(guest: Guest, i: number): Promise<string> {
  return guest.script(`bridge link set dev a${i} state disabled`);
}

export function restoreApi(guest: Guest, i: number): Promise<string> {
  return guest.script(`bridge link set dev a${i} state forwarding`);
}

const BRIDGE = `
  modprobe virtio_net
  nic=$(basename "$(dirname "$(ls -d /sys/class/net/*/device)")")
  sysctl -qw net.ipv6.conf.default.disable_ipv6=1
  ip link add api type bridge
  sysctl -qw net.ipv6.conf.default.disable_ipv6=0 "net.ipv6.conf.$nic.disable_ipv6=1"
  ip link set "$nic" master api up
  ip link set api up`;

/** The address has link scope, as an agent must not take it for one that peers can reach. */
function linkScript(i: number): string {
  return `
    ip link add a${i} type veth peer name api0 netns n${i}
    sysctl -qw net.ipv6.conf.a${i}.disable_ipv6=1
    ip netns exec n${i} sysctl -qw net.ipv6.conf.api0.disable_ipv6=1
    ip link set a${i} master api up
    bridge link set dev a${i} isolated on
    ip -n n${i} addr add 10.96.1.${i}/32 dev api0 scope link
    ip -n n${i} link set api0 up
    ip -n n${i} route add ${API.address}/32 dev api0 src 10.96.1.${i}`;
}
