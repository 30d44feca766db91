/**
 * What a pair of nodes gets through a WireGuard device of ours, beside one made by hand. In the kernel the
 * way of a packet is the same but for what stands around ours: rules and a routing table of its own, XFRM
 * policies that close every other way, the table against masquerading (with which the kernel tracks
 * connections), a PSK. One guest has both pairs at once, and they take turns.
 *
 * Twice: on nodes with nothing else, and on nodes of a cluster. There kube-proxy has the kernel track
 * connections in any case, so that a device by hand pays for it, too.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { node24 } from '../../scripts/node24.mjs';
import { type Guest, guestNeeds, startGuest } from '../../test/lab/kernel/guest.js';
import { bundleForGuest, type GuestProgram } from '../../test/lab/kernel/guest-program.js';
import { addressesOf, buildTopology, type Topology } from '../../test/lab/kernel/topology.js';
import { labDescribe } from '../../test/lab/lab-describe.js';
import { median } from '../median.js';
import { argumentOr, printTable } from '../table.js';

const rounds = argumentOr(9);
/** Sent in a turn, in MiB. */
const AMOUNT = 16;
/** What else a node has. */
const PLACES = ['nothing else', 'a cluster’s NAT'] as const;
type Place = (typeof PLACES)[number];
/** Numbers of nodes: who sends, and to whom. */
const PAIRS = { ours: [1, 2], 'by hand': [3, 4] } as const;
type Who = keyof typeof PAIRS;

labDescribe('the throughput of a pair', guestNeeds, () => {
  let program: GuestProgram;
  let guest: Guest;
  let topology: Topology;
  /** Bytes, of all turns. */
  const received: Record<Who, number> = { ours: 0, 'by hand': 0 };

  beforeAll(async () => {
    program = await bundleForGuest(new URL('./guest-program.ts', import.meta.url));
    guest = await startGuest({ isCounting: true });
    topology = await buildTopology(guest, 4);
    for (const [here, there] of [
      [1, 2],
      [2, 1],
    ] as const) {
      const made = await topology.onNode(here, node24() ?? process.execPath, [
        ...[program.path, String(here), String(there)],
      ]);
      if (made.code !== 0) throw new Error(made.stderr);
    }
    await guest.script(byHand(3, 4));
  });

  afterAll(async () => {
    await guest?.stop();
    await program?.remove();
  });

  /** Mbit/s of what TCP carries. */
  async function turn(who: Who, amount = AMOUNT): Promise<number> {
    const [from, to] = PAIRS[who];
    const { code, stdout } = await topology.inPod(from, 'iperf3', [
      ...['-c', addressesOf(to).pod, '-n', `${amount}M`, '-J'],
    ]);
    if (code !== 0) throw new Error(stdout);
    const { end } = JSON.parse(stdout) as Report;
    received[who] += end.sum_received.bytes;
    return end.sum_received.bits_per_second / 1e6;
  }

  /** Bytes that the device of the pair has sent. */
  async function sent(who: Who): Promise<number> {
    const shown = await topology.onNode(PAIRS[who][0], 'wg', ['show', 'all', 'transfer']);
    return Number(shown.stdout.trim().split('\t')[3]);
  }

  it('is about the same', async () => {
    const servers = Object.values(PAIRS).map(([, to]) => {
      const server = topology.startInPod(to, 'iperf3', ['-s', '--forceflush']);
      return server.prints(/listening/);
    });
    await Promise.all(servers);
    const results = new Map<Place, Record<Who, number>[]>();
    for (const place of PLACES) {
      if (place === 'a cluster’s NAT') {
        for (const i of Object.values(PAIRS).flat()) await guest.script(natOf(i));
      }
      results.set(place, await takeTurns(place));
    }
    // All of it went through the devices.
    for (const who of ['ours', 'by hand'] as const) {
      expect(await sent(who)).toBeGreaterThan(received[who]);
    }
    console.log(`\n${rounds} rounds of ${AMOUNT} MiB each, in turns; medians\n`);
    printTable(
      ['nodes have', 'ours, Mbit/s', 'by hand, Mbit/s', 'ours by theirs'],
      [...results].map(([place, all]) => [
        place,
        median(all.map(({ ours }) => ours)).toFixed(0),
        median(all.map((one) => one['by hand'])).toFixed(0),
        median(all.map((one) => one.ours / one['by hand'])).toFixed(3),
      ]),
    );
  });

  async function takeTurns(place: Place): Promise<Record<Who, number>[]> {
    // Nobody's first turn is measured.
    await turn('ours', 4);
    await turn('by hand', 4);
    const results: Record<Who, number>[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const isFirst = round % 2 === 0;
      const early = isFirst ? await turn('ours') : await turn('by hand');
      const late = isFirst ? await turn('by hand') : await turn('ours');
      const [ours, hand] = isFirst ? [early, late] : [late, early];
      results.push({ ours, 'by hand': hand });
      console.log(`${place}: ours ${ours.toFixed(0)}, by hand ${hand.toFixed(0)} Mbit/s`);
    }
    return results;
  }
});

/** As in a quick start: no PSK, wg's own MTU for such a wire, routes in the table `main`, nothing else. */
function byHand(one: number, other: number): string {
  const setUp = (here: number, there: number): string => {
    const peer = addressesOf(there);
    return `
      ip -n n${here} link add hand0 type wireguard
      ip -n n${here} link set hand0 mtu 1440
      ip netns exec n${here} wg set hand0 listen-port 51820 private-key hand-key-${here} \\
        peer "$(wg pubkey <hand-key-${there})" endpoint ${peer.node}:51820 \\
        allowed-ips ${peer.podCidr},${peer.podCidr6}
      ip -n n${here} link set hand0 up
      ip -n n${here} route replace ${peer.podCidr} dev hand0
      ip -n n${here} -6 route replace ${peer.podCidr6} dev hand0`;
  };
  return `
    cd /tmp; umask 077; wg genkey >hand-key-${one}; wg genkey >hand-key-${other}
    ${setUp(one, other)}
    ${setUp(other, one)}`;
}

/**
 * What kube-proxy has at least, whatever its mode: Services' addresses are translated where packets come in and
 * where a node sends them, a mark has them masqueraded, and what fits no connection is dropped.
 */
function natOf(i: number): string {
  const toPod = `ip daddr 10.96.0.0/12 dnat ip to ${addressesOf(i).pod}`;
  return `
    ip netns exec n${i} nft -f - <<'END'
    table inet cluster {
      chain coming { type nat hook prerouting priority -100; ${toPod}; }
      chain own { type nat hook output priority -100; ${toPod}; }
      chain leaving { type nat hook postrouting priority 100; meta mark 0x4000 masquerade; }
      chain forwarded { type filter hook forward priority 0; ct state invalid drop; }
    }
END`;
}

/** What iperf3 reports, as far as it is read. */
interface Report {
  readonly end: {
    readonly sum_received: { readonly bytes: number; readonly bits_per_second: number };
  };
}
