import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { esp, markerOf, type Packet, readable, recordWire, shown } from '../agent/wire/index.js';
import { labDescribe } from '../lab-describe.js';
import type { Held, NodeText, StrictText, WishText } from './fixtures/hold-wish.js';
import { type Guest, guestNeeds, startGuest } from './guest.js';
import { addressesOf, buildTopology, type Topology } from './topology.js';

const repository = new URL('../../..', import.meta.url).pathname;
const one = addressesOf(1);
const two = addressesOf(2);

/** Of node 1: two pods that it routes to one by one, as Calico and the ptp plugin have them. */
const ROUTED = {
  a: { pod: '10.244.1.130', pod6: 'fd00:244:1::a' },
  b: { pod: '10.244.1.131', pod6: 'fd00:244:1::b' },
} as const;
/** Addresses of node 1 that lead to a pod of its own, and to one of node 2: NodePorts. */
const NODE_PORT = { here: '192.168.50.101', there: '192.168.50.102' };
/** ClusterIPs whose pod is on node 1, or on node 2. */
const CLUSTER_IP = { here: '10.96.0.1', there: '10.96.0.2' };
/** Somebody who is neither a node nor a pod, on the same wire. */
const OUTSIDE = '192.168.50.254';

const PODS: StrictText = { ranges: ['10.244.0.0/16', 'fd00:244::/32'], allowNodes: false };
const WITH_NODES: StrictText = {
  ranges: [...PODS.ranges, '192.168.50.0/25', 'fd00:50::/64'],
  allowNodes: false,
};

/** Each wish starts a Node in the emulated machine, which may be busy. */
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

/** What happens to packets both ways: `inside`, if they arrive and nobody reads them on the wire. */
type Fate = 'plaintext' | 'inside' | 'dropped';

/** The rows of docs/traffic.md, from node 1's side: namespace, target. */
const ROWS = {
  'pod to pod': ['p1', two.pod],
  'pod to pod, IPv6': ['p1', two.pod6],
  'pod to pod, from the peer': ['p2', one.pod],
  'pod to pod, from the peer, IPv6': ['p2', one.pod6],
  'pod to host': ['p1', two.node],
  'pod to host, IPv6': ['p1', two.node6],
  'host to pod, from the peer (webhook)': ['n2', one.pod],
  'host to pod, from the peer (webhook), IPv6': ['n2', one.pod6],
  'host to pod of the peer (webhook)': ['n1', two.pod],
  'host to pod of the peer (webhook), IPv6': ['n1', two.pod6],
  'ClusterIP of a pod of the peer': ['p1', CLUSTER_IP.there],
  'ClusterIP of a pod of the peer, from the host': ['n1', CLUSTER_IP.there],
  'NodePort, from a pod of the peer': ['p2', NODE_PORT.here],
  'NodePort, from the peer itself': ['n2', NODE_PORT.here],
  'NodePort, from outside, with a pod of the peer': ['outside', NODE_PORT.there],
  'ClusterIP of a pod of this node': ['a1', CLUSTER_IP.here],
  'NodePort of a pod of this node': ['a1', NODE_PORT.here],
  'kubelet probe': ['n1', one.pod],
  'kubelet probe, IPv6': ['n1', one.pod6],
  'kubelet probe, routed pod': ['n1', ROUTED.a.pod],
  'kubelet probe, routed pod, IPv6': ['n1', ROUTED.a.pod6],
  'same node': ['a1', ROUTED.b.pod],
  'same node, IPv6': ['a1', ROUTED.b.pod6],
  'pod to its own host': ['p1', one.node],
  'pod to its own host, IPv6': ['p1', one.node6],
  'pod to its gateway': ['p1', '10.244.1.1'],
  'pod to its gateway, IPv6': ['p1', 'fd00:244:1::1'],
  'host to its own gateway, IPv6': ['n1', 'fd00:244:1::1'],
} as const satisfies Record<string, readonly [string, string]>;
type Row = keyof typeof ROWS;

/** All rows alike, but for those that stay on the node, and for exceptions. */
function fates(all: Fate, exceptions: Partial<Record<Row, Fate>> = {}): Record<Row, Fate> {
  const rows = Object.keys(ROWS) as Row[];
  const stays = rows.slice(rows.indexOf('ClusterIP of a pod of this node'));
  const entries = rows.map((row) => [row, stays.includes(row) ? 'inside' : all]);
  return { ...(Object.fromEntries(entries) as Record<Row, Fate>), ...exceptions };
}

labDescribe('strict mode, on the wire', guestNeeds, () => {
  let guest: Guest;
  let topology: Topology;
  let program: string;

  beforeAll(async () => {
    const bundle = await build({
      entryPoints: [new URL('fixtures/hold-wish.ts', import.meta.url).pathname],
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      external: ['koffi'],
      write: false,
      logLevel: 'warning',
    });
    program = bundle.outputFiles[0]?.text ?? '';
    guest = await startGuest();
    topology = await buildTopology(guest, 2);
    await guest.script(`${routedPod('a')}\n${routedPod('b')}\n${OTHERS}`);
    await guest.script('ip netns exec n1 nft -f -', { input: SERVICES });
  });
  afterAll(() => guest?.stop());

  const textOf = (number: number): NodeText => {
    const { node, node6, podCidr, podCidr6 } = addressesOf(number);
    const more = number === 1 ? Object.values(NODE_PORT) : [];
    return {
      number,
      podPrefixes: [podCidr, podCidr6],
      addresses: [node, node6, ...more],
      end: node,
    };
  };
  type Part = Omit<WishText, 'own' | 'peer' | 'nodeEncryption' | 'strict'>;
  const nothing: Part = { tunnels: [], out: 'plain', in: 'plain', nothing: true };
  const unconfirmed: Part = { tunnels: [], out: 'plain', in: 'plain' };
  const opening: Part = { tunnels: [1], out: 'plain', in: 'optional', probes: 1 };
  const closed: Part = { tunnels: [1], sends: 1, probes: 1, out: 'protect', in: 'required' };

  /** Brings node `i` to the wish, and there was nothing to refuse. */
  async function hold(i: number, part: Part, strict?: StrictText): Promise<Held> {
    const wish = { ...part, own: textOf(i), peer: textOf(3 - i), nodeEncryption: false, strict };
    const running = topology.startOnNode(i, process.execPath, ['-'], {
      input: program,
      cwd: repository,
      env: { WISH: JSON.stringify(wish) },
    });
    const { code, stdout, stderr } = await running.ended;
    if (code !== 0) throw new Error(`hold-wish ended with code ${code}: ${stderr}`);
    const held = JSON.parse(stdout) as Held;
    expect(held).toMatchObject({ refused: [], again: [], lost: 0, taken: 0 });
    return held;
  }

  const pinging = (space: string, args: readonly string[]) =>
    space === 'outside'
      ? guest.start('ping', args)
      : guest.start('ip', ['netns', 'exec', space, 'ping', ...args]);

  /** What becomes of each row: three packets each, all rows at once, each with a marker of its own. */
  async function observe(): Promise<{ fate: Record<Row, Fate>; seen: readonly Packet[] }> {
    const wire = await recordWire(guest);
    const outcomes = await Promise.all(
      Object.entries(ROWS).map(async ([row, [space, target]], flow) => {
        const pattern = Buffer.from(markerOf(flow)).toString('hex');
        const args = ['-c', '3', '-i', '0.3', '-W', '6', '-p', pattern, target];
        const { stdout, stderr } = await pinging(space, args).ended;
        const answers = /(\d+) received/.exec(stdout)?.[1];
        if (answers === undefined) throw new Error(`${row}: ${stdout}${stderr}`);
        return { row, flow, answers };
      }),
    );
    const seen = await wire.packets();
    // Fails where it has missed any.
    await wire.stop();
    const fate = outcomes.map(({ row, flow, answers }) => [
      row,
      { 0: 'dropped', 3: readable(seen, flow).length > 0 ? 'plaintext' : 'inside' }[answers] ??
        answers,
    ]);
    return { fate: Object.fromEntries(fate) as Record<Row, Fate>, seen };
  }

  const becomes = async (expected: Record<Row, Fate>): Promise<readonly Packet[]> => {
    const { fate, seen } = await observe();
    expect(fate).toEqual(expected);
    return seen;
  };
  const between = (seen: readonly Packet[], source: string, destination: string): string[] =>
    shown(seen.filter((one) => one.source === source && one.destination === destination));
  /** Between others than pods: never encrypted without `nodeEncryption`. */
  const BETWEEN_NODES = {
    'NodePort, from the peer itself': 'plaintext',
    'NodePort, from outside, with a pod of the peer': 'plaintext',
  } as const;

  describe('with a peer that has no agent', () => {
    it('lets all pass in plaintext while it is off', async () => {
      await becomes(fates('plaintext'));
    });

    it('drops what is between pods, both ways, and leaves nodes and what stays on one alone', async () => {
      await hold(1, nothing, PODS);
      const seen = await becomes(
        fates('plaintext', {
          'pod to pod': 'dropped',
          'pod to pod, IPv6': 'dropped',
          'pod to pod, from the peer': 'dropped',
          'pod to pod, from the peer, IPv6': 'dropped',
          'ClusterIP of a pod of the peer': 'dropped',
          'NodePort, from a pod of the peer': 'dropped',
          'NodePort, from outside, with a pod of the peer': 'dropped',
        }),
      );
      expect(between(seen, one.pod, two.pod)).toEqual([]);
      expect(between(seen, one.pod6, two.pod6)).toEqual([]);
      // It came, and was refused.
      expect(between(seen, two.pod, one.pod)).toHaveLength(3);
    });

    const strictWithNodes = {
      'host to pod of the peer (webhook)': 'plaintext',
      'host to pod of the peer (webhook), IPv6': 'plaintext',
      'ClusterIP of a pod of the peer, from the host': 'plaintext',
    } as const;

    it('drops what is between pods and nodes too, where the ranges hold the nodes', async () => {
      await hold(1, nothing, WITH_NODES);
      await becomes(fates('dropped', strictWithNodes));
    });

    it('lets pods and nodes that it knows talk until they are encrypted, where that is allowed', async () => {
      await hold(1, unconfirmed, { ...WITH_NODES, allowNodes: true });
      await becomes(
        fates('dropped', {
          ...strictWithNodes,
          'pod to host': 'plaintext',
          'pod to host, IPv6': 'plaintext',
          'host to pod, from the peer (webhook)': 'plaintext',
          'host to pod, from the peer (webhook), IPv6': 'plaintext',
          'NodePort, from the peer itself': 'plaintext',
        }),
      );
    });

    it('drops between pods whose tunnel is not confirmed yet', async () => {
      await hold(1, opening, PODS);
      await hold(2, opening);
      const { fate } = await observe();
      expect(fate).toMatchObject({
        'pod to pod': 'dropped',
        'pod to pod, IPv6': 'dropped',
        'pod to pod, from the peer': 'dropped',
        'pod to pod, from the peer, IPv6': 'dropped',
        'pod to host': 'plaintext',
        'host to pod, from the peer (webhook)': 'plaintext',
        'host to pod of the peer (webhook)': 'plaintext',
        'same node': 'inside',
        'kubelet probe': 'inside',
      });
      await hold(2, nothing);
    });

    it('lets all pass once it is off again, and leaves nothing behind', async () => {
      const { stages } = await hold(1, nothing);
      expect(stages).toContain('delete outbound policy');
      expect(await guest.script('ip -n n1 xfrm policy; ip -n n1 xfrm state')).toBe('');
      await becomes(fates('plaintext'));
    });
  });

  describe('with a peer whose pair is encrypted', () => {
    beforeAll(async () => {
      for (const i of [1, 2]) await hold(i, { ...opening, in: 'optional' });
      for (const i of [1, 2]) await hold(i, closed);
    });

    it('changes nothing: all that was encrypted is', async () => {
      await becomes(fates('inside', BETWEEN_NODES));
      for (const i of [1, 2]) await hold(i, closed, PODS);
      const seen = await becomes(fates('inside', BETWEEN_NODES));
      expect(esp(seen, one.node, two.node).length).toBeGreaterThan(30);
      expect(shown(seen.filter(({ destination }) => destination === two.pod))).toEqual([]);
    });

    it('loses nothing while it is switched off and on, between nodes and on one', async () => {
      const flows = [
        pinging('p1', ['-i', '0.1', two.pod]),
        pinging('p2', ['-i', '0.1', one.pod6]),
        pinging('p1', ['-i', '0.1', two.node]),
        pinging('a1', ['-i', '0.1', ROUTED.b.pod]),
        pinging('n1', ['-i', '0.1', one.pod]),
      ];
      for (const flow of flows) await flow.prints(/icmp_seq=2 /);
      for (const strict of [undefined, WITH_NODES, PODS]) {
        for (const i of [1, 2]) await hold(i, closed, strict);
      }
      for (const flow of flows) {
        flow.signal('SIGINT');
        const { stdout } = await flow.ended;
        expect(stdout).toContain(' 0% packet loss');
      }
    });

    it('drops what is between pods when the pair is gone, and its policies with it', async () => {
      await hold(1, nothing, PODS);
      const { fate, seen } = await observe();
      expect(fate).toMatchObject({ 'pod to pod': 'dropped', 'pod to pod, IPv6': 'dropped' });
      expect(between(seen, one.pod, two.pod)).toEqual([]);
    });
  });
});

function routedPod(name: keyof typeof ROUTED): string {
  const { pod, pod6 } = ROUTED[name];
  const [space, device] = [`${name}1`, `v${name}`];
  return `
    ip netns add ${space}
    ip link add ${device} netns n1 type veth peer name eth0 netns ${space}
    ip -n n1 link set ${device} up; ip -n n1 addr add fe80::1/64 dev ${device} nodad
    ip -n n1 route add ${pod}/32 dev ${device}; ip -n n1 -6 route add ${pod6}/128 dev ${device}
    ip -n ${space} link set lo up; ip -n ${space} link set eth0 up
    ip -n ${space} addr add ${pod}/32 dev eth0; ip -n ${space} addr add ${pod6}/128 dev eth0 nodad
    ip -n ${space} route add 10.244.1.1 dev eth0; ip -n ${space} route add default via 10.244.1.1
    ip -n ${space} -6 route add default via fe80::1 dev eth0`;
}

const OTHERS = `
  modprobe nft_chain_nat; modprobe nft_masq
  ip addr add ${OUTSIDE}/24 dev wire0
  ip netns exec n1 sysctl -qw net.ipv4.conf.cni0.proxy_arp=1
  ip -n n1 route add 10.96.0.0/24 via ${OUTSIDE}
  for address in ${NODE_PORT.here} ${NODE_PORT.there}; do
    ip -n n1 addr add $address/32 dev eth0
  done`;

/** What kube-proxy does on node 1, for pings. */
const SERVICES = `
  table ip proxy {
    map pods { type ipv4_addr : ipv4_addr; elements = {
      ${CLUSTER_IP.here} : ${ROUTED.b.pod}, ${CLUSTER_IP.there} : ${two.pod},
      ${NODE_PORT.here} : ${one.pod}, ${NODE_PORT.there} : ${two.pod} } }
    chain prerouting { type nat hook prerouting priority -100; dnat to ip daddr map @pods; }
    chain output { type nat hook output priority -100; dnat to ip daddr map @pods; }
    chain postrouting {
      type nat hook postrouting priority srcnat;
      ip saddr ${OUTSIDE} ct status dnat masquerade
    }
  }`;
