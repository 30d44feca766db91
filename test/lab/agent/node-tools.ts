/** What tests look at and do on a node, in its kernel. */
import type { Guest, GuestProcess } from '../kernel/guest.js';
import { addressesOf } from '../kernel/topology.js';

export interface NodeTools extends XfrmTools {
  /** Runs a bash script in the node's network namespace; throws when it fails. */
  readonly script: (text: string) => Promise<string>;
  /** Counters of /proc/net/xfrm_stat that are not 0, such as `XfrmInNoStates`. */
  readonly xfrmCounters: () => Promise<Readonly<Record<string, number>>>;
  /** What a stranger's `ip xfrm state flush` does. */
  readonly flush: (what: 'state' | 'policy') => Promise<void>;
  /** `ip xfrm monitor`, which also listens for acquires; a test ends it by a signal. */
  readonly monitor: () => Promise<GuestProcess>;
  /** A second address of the node on the wire, with its prefix length: `192.168.50.101/24`. */
  readonly addAddress: (address: string) => Promise<void>;
  readonly removeAddress: (address: string) => Promise<void>;
  /** SNAT of pods to other nodes and the world, as bridge CNIs and ip-masq-agent have it. */
  readonly masquerade: () => Promise<void>;
  /** DNAT of a UDP and TCP port of this node, with SNAT, as kube-proxy does for a NodePort. */
  readonly nodePort: (port: number, to: { address: string; port: number }) => Promise<void>;
  /** Takes back {@link masquerade} and {@link nodePort}. */
  readonly removeNat: () => Promise<void>;
}

/** What a kernel holds of IPsec. */
export interface XfrmTools {
  /** The SAs, one a text as iproute2 prints it. Keys are in it: for tests only. */
  readonly states: () => Promise<readonly string[]>;
  readonly policies: () => Promise<readonly PolicyText[]>;
}

/** A policy as iproute2 prints it. */
export interface PolicyText {
  readonly direction: string;
  readonly source: string;
  readonly destination: string;
  readonly action: 'allow' | 'block';
  readonly priority: number;
  /** `selector.user`, where our policies bear their owner mark; 0 for strangers. */
  readonly user: number;
  readonly text: string;
}

export function toolsOf(guest: Guest, i: number): NodeTools {
  const script = (text: string): Promise<string> =>
    guest.script(
      `exec ip netns exec n${i} bash -s <<'NODE_SCRIPT'\nset -euo pipefail\n${text}\nNODE_SCRIPT`,
    );
  const done = async (text: string): Promise<void> => {
    await script(text);
  };
  return {
    script,
    ...xfrmTools(script),
    xfrmCounters: async () => {
      const lines = (await script('cat /proc/net/xfrm_stat')).trim().split('\n');
      const counters = lines.map((line) => line.trim().split(/\s+/));
      const found = counters.map(([name = '', count]) => [name, Number(count)] as const);
      return Object.fromEntries(found.filter(([, count]) => count !== 0));
    },
    flush: (what) => done(`ip xfrm ${what} flush`),
    monitor: async () => {
      const monitor = guest.start('ip', ['netns', 'exec', `n${i}`, 'ip', 'xfrm', 'monitor']);
      // It says nothing when it is ready: being in the list of netlink sockets is.
      await script(
        'until awk \'$2 == 6 && $4 != "00000000"\' /proc/net/netlink | grep -q .; do sleep 0.05; done',
      );
      return monitor;
    },
    addAddress: (address) =>
      done(`ip addr add ${address} dev eth0${address.includes(':') ? ' nodad' : ''}`),
    removeAddress: (address) => done(`ip addr del ${address} dev eth0`),
    masquerade: () => done(masqueradeScript(i)),
    nodePort: (port, to) => done(nodePortScript(port, to)),
    removeNat: () =>
      done(
        // Either may not be there.
        'for name in lab_cni lab_proxy; do nft delete table inet $name 2>/dev/null || true; done',
      ),
  };
}

/** @param script runs a bash script in the network namespace in question */
export function xfrmTools(script: (text: string) => Promise<string>): XfrmTools {
  return {
    states: async () => entries(await script('ip xfrm state')),
    policies: async () =>
      entries(await script('ip -s xfrm policy'))
        .map(parsePolicy)
        .filter(isNoSocket),
  };
}

/** The pods of all nodes are in these. */
const POD_RANGES = { ip: '10.244.0.0/16', ip6: 'fd00:244::/32' } as const;

function masqueradeScript(i: number): string {
  const { podCidr, podCidr6 } = addressesOf(i);
  return `nft -f - <<'RULES'
table inet lab_cni {
  chain postrouting {
    type nat hook postrouting priority srcnat
    ip saddr ${podCidr} ip daddr != ${POD_RANGES.ip} masquerade
    ip6 saddr ${podCidr6} ip6 daddr != ${POD_RANGES.ip6} masquerade
  }
}
RULES`;
}

function nodePortScript(port: number, to: { address: string; port: number }): string {
  const isV6 = to.address.includes(':');
  const family = isV6 ? 'ip6' : 'ip';
  const target = isV6 ? `[${to.address}]:${to.port}` : `${to.address}:${to.port}`;
  const rule = `fib daddr type local meta l4proto { tcp, udp } th dport ${port} meta mark set 0x4000 dnat ${family} to ${target}`;
  return `nft -f - <<'RULES'
table inet lab_proxy {
  chain prerouting { type nat hook prerouting priority dstnat; ${rule}; }
  chain output { type nat hook output priority -100; ${rule}; }
  chain postrouting {
    type nat hook postrouting priority srcnat
    meta mark & 0x4000 == 0x4000 meta mark set meta mark & 0xffffbfff masquerade
  }
}
RULES`;
}

/** iproute2 indents all lines of an entry but the first. */
function entries(text: string): string[] {
  return text.split(/\n(?=\S)/).filter((entry) => entry.trim() !== '');
}

function parsePolicy(text: string): PolicyText {
  const [, source = '', destination = ''] = /^src (\S+) dst (\S+)/.exec(text) ?? [];
  return {
    direction: /\b(?:dir|socket) (\w+)/.exec(text)?.[1] ?? '',
    source,
    destination,
    action: /\baction block\b/.test(text) ? 'block' : 'allow',
    priority: Number(/\bpriority (\d+)/.exec(text)?.[1] ?? 0),
    user: Number(/\buid (\d+|0x[0-9a-f]+)/.exec(text)?.[1] ?? 0),
    text,
  };
}

/** Dumps include the policies of sockets, such as those of other programs' IKE. */
function isNoSocket({ text }: PolicyText): boolean {
  return !/^\s+socket (in|out)/m.test(text);
}
