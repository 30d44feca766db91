import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { GuestProcess } from '../kernel/guest.js';
import { labDescribe } from '../lab-describe.js';
import { variant } from '../long.js';
import { IPSEC, WIREGUARD_ENGINE } from './engines.js';
import {
  type AgentLab,
  addressAt,
  agentLabNeeds,
  type FlowReport,
  type FlowSpec,
  freshKeyLine,
  type LabNode,
  type Mark,
  type Packet,
  readable,
  shown,
  startAgentLab,
  type Wire,
} from './index.js';
import { AMPLE, expectNoneLost, gentle } from './life.js';
import { patience, untilAll, untilReady } from './pairs.js';
import { Secrets } from './secrets.js';

vi.setConfig(AMPLE);

const engine = variant(IPSEC, WIREGUARD_ENGINE);
const options = { nodes: 2, synth: engine.disabled, keys: freshKeyLine(3) };
/** A host on the wire that is no node. */
const OUTSIDE = 'n9';
const NODE_PORT = 30_080;
const SECOND = '192.168.50.102';

const FLOWS: readonly FlowSpec[] = [
  { from: 'p1', to: 'p2', protocol: 'udp', family: 6 },
  { from: 'p2', to: 'p1', protocol: 'tcp' },
  { from: 'p2', to: 'p1', protocol: 'icmp' },
  { from: 'p1', to: 'n2', protocol: 'udp' },
];

// The tests build on each other: one pair of nodes, and all ways that a packet can take between them.
labDescribe(
  `the ways of a packet between two agents with ${engine.mode}`,
  agentLabNeeds(options),
  () => {
    let lab: AgentLab;
    let one: LabNode;
    let two: LabNode;
    let monitor: GuestProcess;
    const secrets = new Secrets();
    beforeAll(async () => {
      lab = await startAgentLab(options);
      [one, two] = [lab.node(1), lab.node(2)];
      await lab.guest.script(`
      ip netns add ${OUTSIDE}; ip link add w9 type veth peer name eth0 netns ${OUTSIDE}
      ip link set w9 master wire0 up; ip -n ${OUTSIDE} link set eth0 up
      ip -n ${OUTSIDE} addr add ${addressAt(OUTSIDE, 4)}/24 dev eth0`);
      monitor = await one.monitor();
      for (const { agent } of lab.nodes) agent.start();
      await untilReady(lab.nodes);
    });
    afterEach(async () => {
      await lab?.sweep();
      for (const node of lab?.nodes ?? []) await node.removeNat();
      await secrets.expectNoneLogged(lab);
    });
    afterAll(() => lab?.stop());

    /** What came of flows, and what was on the wire from their start or the moment that the work names. */
    const observe = async (
      flows: readonly FlowSpec[],
      work: (wire: Wire) => Promise<Mark | undefined> = async () => undefined,
    ): Promise<{ reports: FlowReport[]; seen: readonly Packet[] }> => {
      const wire = await lab.recordWire();
      const traffic = await lab.startTraffic(gentle(flows));
      await traffic.untilMore(5);
      const from = await work(wire);
      await traffic.untilMore(10);
      const reports = [...(await traffic.stop())];
      const seen = await wire.packets(from === undefined ? {} : { from });
      await wire.stop();
      return { reports, seen };
    };

    it('are encrypted without loss while somebody listens for acquires', async () => {
      // What its pods say to other nodes bears the node's address, until it is encrypted.
      await one.masquerade();
      const { reports, seen: after } = await observe(FLOWS, async (wire) => {
        await lab.apply(engine.enabled);
        await untilAll(lab.nodes, 'closed', engine.closureOf);
        if (engine === IPSEC) {
          await one.agent.prints(/masqueraded connections of pods begin anew/);
        }
        return wire.mark();
      });
      expect(shown(readable(after))).toEqual([]);
      // The kernel itself ends a masqueraded connection whose packets are led into another device, with one packet.
      const masqueraded = engine === IPSEC ? [] : reports.splice(-1);
      for (const { lost } of masqueraded) expect(lost.length).toBeLessThanOrEqual(1);
      expectNoneLost(reports);
      // With a listener, the kernel keeps a place for the SA that was flushed and is looked for.
      const { seen } = await observe(FLOWS, async () => {
        if (engine === IPSEC) {
          await one.flush('state');
          await one.agent.prints(/SAs were lost/);
        } else {
          await one.script('ip link del podcloak_wg0');
          await untilAll(lab.nodes, 'closed', engine.closureOf);
        }
        return undefined;
      });
      expect(shown(readable(seen))).toEqual([]);
      monitor.signal('SIGINT');
      const { stdout } = await monitor.ended;
      if (engine === IPSEC) expect(stdout).toMatch(/acquire/);
      else expect(stdout).not.toMatch(/acquire/);
      const { reports: later } = await observe(FLOWS);
      expectNoneLost(later);
    });

    it('carry packets of full size, once their sender knows what fits', async () => {
      const { reports, seen } = await observe([
        { from: 'p1', to: 'p2', protocol: 'udp', size: 1472 },
        { from: 'p2', to: 'p1', protocol: 'udp', size: 1452, family: 6 },
        { from: 'p1', to: 'p2', protocol: 'tcp', size: 8000 },
      ]);
      const [v4, v6, tcp] = reports;
      // One round: what was on its way before the kernel told the sender.
      for (const report of [v4, v6]) expect(Math.max(0, ...(report?.lost ?? []))).toBeLessThan(4);
      expect(tcp).toMatchObject({ lost: [], connections: 1 });
      expect(shown(readable(seen))).toEqual([]);
      expect(Math.max(...engine.encrypted(seen).map(({ length }) => length))).toBeLessThanOrEqual(
        1514,
      );
      const routes = [
        await lab.topology.inPod(1, 'ip', ['route', 'get', two.addresses.pod]),
        await lab.topology.inPod(2, 'ip', ['-6', 'route', 'get', one.addresses.pod6]),
      ];
      for (const { stdout } of routes) expect(stdout).toContain(`mtu ${engine.mtu}`);
    });

    it('lead to further addresses of a node as well', async () => {
      await two.addAddress(`${SECOND}/24`);
      await vi.waitFor(async () => {
        const covered = (await one.policies()).map(({ destination }) => destination);
        expect(covered).toContain(`${SECOND}/32`);
      }, patience);
      const { reports, seen } = await observe([
        { from: 'p1', to: 'n2', protocol: 'icmp', via: { address: SECOND } },
      ]);
      expect(shown(readable(seen))).toEqual([]);
      expectNoneLost(reports);
      await two.removeAddress(`${SECOND}/24`);
      await vi.waitFor(async () => {
        const covered = (await one.policies()).map(({ destination }) => destination);
        expect(covered).not.toContain(`${SECOND}/32`);
      }, patience);
    });

    it('lead through NodePorts, for pods and from outside', async () => {
      const port = 20_999;
      await one.nodePort(NODE_PORT, { address: two.addresses.pod, port });
      await two.nodePort(NODE_PORT + 1, { address: two.addresses.pod, port: port + 1 });
      const at = (node: LabNode, nodePort: number) => {
        return { via: { address: node.addresses.node, port: nodePort } };
      };
      const { reports, seen } = await observe([
        // The pod is on the node that was asked, and on another one.
        { from: 'p1', to: 'p2', protocol: 'tcp', port: port + 1, ...at(two, NODE_PORT + 1) },
        { from: 'p1', to: 'p2', protocol: 'tcp', port, ...at(one, NODE_PORT) },
        { from: OUTSIDE, to: 'p2', protocol: 'udp', port, ...at(one, NODE_PORT) },
      ]);
      expectNoneLost(reports);
      // From outside to the node it is nobody's business here; from there on it is.
      const outside = reports.at(-1);
      expect(readable(seen, outside?.flow).length).toBeGreaterThan(10);
      const between = readable(seen).filter(
        ({ source, destination }) => ![source, destination].includes(addressAt(OUTSIDE, 4)),
      );
      expect(shown(between)).toEqual([]);
    });

    it('are not changed by the masquerading of a CNI', async () => {
      await one.masquerade();
      const { reports, seen } = await observe([
        { from: 'p1', to: 'n2', protocol: 'udp' },
        { from: 'p1', to: 'n2', protocol: 'icmp', family: 6 },
        { from: 'p1', to: OUTSIDE, protocol: 'icmp' },
      ]);
      expectNoneLost(reports);
      const [udp, ping, world] = reports.map(({ flow }) => readable(seen, flow));
      expect(shown([...(udp ?? []), ...(ping ?? [])])).toEqual([]);
      // Where nothing is encrypted, the CNI has its way.
      const ends = new Set(world?.flatMap(({ source, destination }) => [source, destination]));
      expect([...ends].sort()).toEqual([one.addresses.node, addressAt(OUTSIDE, 4)]);
    });

    it('are closed between the nodes themselves with nodeEncryption, but for exemptions', async () => {
      await lab.apply([...engine.enabled, '--set', 'encryption.nodeEncryption=true']);
      for (const [node, peer] of [
        [one, two],
        [two, one],
      ] as const) {
        await vi.waitFor(async () => {
          const covered = (await node.policies()).map(({ source, destination }) => [
            source,
            destination,
          ]);
          expect(covered).toContainEqual([
            `${node.addresses.node}/32`,
            `${peer.addresses.node}/32`,
          ]);
        }, patience);
      }
      const closed: readonly FlowSpec[] = [
        ...FLOWS,
        { from: 'n1', to: 'n2', protocol: 'tcp' },
        { from: 'n2', to: 'n1', protocol: 'udp', family: 6 },
        { from: 'n1', to: 'n2', protocol: 'icmp', family: 6 },
      ];
      const exempt: readonly FlowSpec[] = [
        ...[6443, 10_250].map((port): FlowSpec => {
          return { from: 'n1', to: 'n2', protocol: 'tcp', port };
        }),
        { from: 'n2', to: 'n1', protocol: 'udp', family: 6, port: 547 },
      ];
      const { reports, seen } = await observe([...closed, ...exempt], async () => {
        for (const { script } of lab.nodes) {
          await script('ip neigh flush dev eth0; ip -6 neigh flush dev eth0');
        }
      });
      expectNoneLost(reports);
      for (const [index, { flow, title }] of reports.entries()) {
        const plain = readable(seen, flow);
        if (index < closed.length) expect(shown(plain), title).toEqual([]);
        else expect(plain.length, title).toBeGreaterThan(10);
      }
      const types = seen.filter(({ kind }) => kind === 'neighbour');
      expect(types.some(({ source }) => source.includes(':'))).toBe(true);
    });
  },
);
