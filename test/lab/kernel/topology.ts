/**
 * Nodes as network namespaces on one wire, as a cluster with a natively routing CNI has them. Node `i`
 * is the namespace `n<i>`, its pod `p<i>`; the wire is the bridge `wire0` in the guest's own namespace.
 */

import type { RunResult } from '../run.js';
import type { Guest, GuestProcess, GuestRunOptions } from './guest.js';

export interface Addresses {
  readonly node: string;
  readonly node6: string;
  readonly pod: string;
  readonly pod6: string;
  readonly podCidr: string;
  readonly podCidr6: string;
}

/** The addresses of node `i` (1–250) and its pod. */
export function addressesOf(i: number): Addresses {
  return {
    node: `192.168.50.${i}`,
    node6: `fd00:50::${i.toString(16)}`,
    pod: `10.244.${i}.2`,
    pod6: `fd00:244:${i.toString(16)}::2`,
    podCidr: `10.244.${i}.0/24`,
    podCidr6: `fd00:244:${i.toString(16)}::/64`,
  };
}

export interface Topology {
  /** Runs a program on a node, or in its pod. */
  readonly onNode: (i: number, program: string, args: readonly string[]) => Promise<RunResult>;
  readonly inPod: (i: number, program: string, args: readonly string[]) => Promise<RunResult>;
  /** The same for a program that goes on. */
  readonly startOnNode: StartIn;
  readonly startInPod: StartIn;
  /** Records what passes over the wire from now on. */
  readonly capture: () => Promise<Capture>;
  /** Removes all of it, so that the guest can have another. */
  readonly remove: () => Promise<void>;
}

type StartIn = (
  i: number,
  program: string,
  args: readonly string[],
  options?: GuestRunOptions,
) => GuestProcess;

/** What passed over the wire, one line a packet, as `tcpdump -nn -X` prints it. */
export interface Capture {
  /** Ends the recording and returns all of it. */
  readonly stop: () => Promise<string>;
}

/** Builds `count` nodes, each with one pod, IPv4 and IPv6, and routes between the pods. */
export async function buildTopology(guest: Guest, count: number): Promise<Topology> {
  const all = Array.from({ length: count }, (_, index) => index + 1);
  await guest.script(
    [WIRE, ...all.map(nodeScript), ...all.map((i) => routesScript(i, all))].join('\n'),
  );
  const within = (space: string, program: string, args: readonly string[]): readonly string[] => [
    'netns',
    'exec',
    space,
    program,
    ...args,
  ];
  return {
    onNode: (i, program, args) => guest.run('ip', within(`n${i}`, program, args)),
    inPod: (i, program, args) => guest.run('ip', within(`p${i}`, program, args)),
    startOnNode: (i, program, args, options) =>
      guest.start('ip', within(`n${i}`, program, args), options),
    startInPod: (i, program, args, options) =>
      guest.start('ip', within(`p${i}`, program, args), options),
    capture: () => capture(guest),
    remove: async () => {
      const spaces = all.flatMap((i) => [`ip netns del p${i}`, `ip netns del n${i}`]);
      await guest.script([...spaces, 'ip link del wire0'].join('\n'));
    },
  };
}

const WIRE = `
  modprobe veth; modprobe bridge; modprobe xfrm_user
  ip link add wire0 type bridge
  ip link set wire0 up`;

function nodeScript(i: number): string {
  const { node, node6, pod, pod6 } = addressesOf(i);
  const gateway = pod.replace(/2$/, '1');
  const gateway6 = pod6.replace(/2$/, '1');
  return `
    ip netns add n${i}; ip netns add p${i}
    ip link add w${i} type veth peer name eth0 netns n${i}
    ip link set w${i} master wire0 up
    ip -n n${i} link set lo up; ip -n n${i} link set eth0 up
    ip -n n${i} addr add ${node}/24 dev eth0; ip -n n${i} addr add ${node6}/64 dev eth0 nodad
    ip netns exec n${i} sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
    ip -n n${i} link add cni0 type bridge; ip -n n${i} link set cni0 up
    ip -n n${i} addr add ${gateway}/24 dev cni0; ip -n n${i} addr add ${gateway6}/64 dev cni0 nodad
    ip link add v${i} netns n${i} type veth peer name eth0 netns p${i}
    ip -n n${i} link set v${i} master cni0 up
    ip -n p${i} link set lo up; ip -n p${i} link set eth0 up
    ip -n p${i} addr add ${pod}/24 dev eth0; ip -n p${i} addr add ${pod6}/64 dev eth0 nodad
    ip -n p${i} route add default via ${gateway}; ip -n p${i} -6 route add default via ${gateway6}`;
}

function routesScript(i: number, all: readonly number[]): string {
  return all
    .filter((j) => j !== i)
    .map((j) => {
      const { node, node6, podCidr, podCidr6 } = addressesOf(j);
      return `ip -n n${i} route add ${podCidr} via ${node}; ip -n n${i} -6 route add ${podCidr6} via ${node6}`;
    })
    .join('\n');
}

async function capture(guest: Guest): Promise<Capture> {
  // At once: otherwise packets are handed over in blocks, and ending it loses the last one, seen to be
  // up to ten packets of twelve.
  const now = '--immediate-mode';
  const tcpdump = guest.start('tcpdump', ['-i', 'wire0', '-nn', '-l', '-X', '-U', now]);
  await tcpdump.prints(/listening on/);
  return {
    stop: async () => {
      tcpdump.signal('SIGINT');
      const { stdout } = await tcpdump.ended;
      return stdout;
    },
  };
}
