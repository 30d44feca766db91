import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { makeApiNode } from '../lab/agent/api-nodes.js';
import { IPSEC, WIREGUARD_ENGINE, withShortRotations } from '../lab/agent/engines.js';
import {
  type AgentLab,
  agentLabNeeds,
  freshKeyLine,
  type LabNode,
  readable,
  shown,
  startAgentLab,
} from '../lab/agent/index.js';
import { untilOnly } from '../lab/agent/key-ids.js';
import { AMPLE, expectNoneLost, gentle } from '../lab/agent/life.js';
import { patience, untilAll, untilReady } from '../lab/agent/pairs.js';
import { Secrets } from '../lab/agent/secrets.js';
import { must, record, records } from '../lab/agents.js';
import { labDescribe } from '../lab/lab-describe.js';

vi.setConfig(AMPLE);

const LINE = { 3: freshKeyLine(3), 4: freshKeyLine(4) };
for (const engine of [IPSEC, WIREGUARD_ENGINE].map(withShortRotations)) {
  /** The same Secret in both, which nobody should have, and the same routing CIDR. */
  const options = {
    nodes: 4,
    clusters: 2,
    synth: engine.enabled,
    keys: LINE[3],
  };

  // The tests build on each other.
  labDescribe(
    `agents with ${engine.mode} of two clusters on one wire`,
    agentLabNeeds(options),
    () => {
      let lab: AgentLab;
      let here: readonly LabNode[];
      let there: readonly LabNode[];
      const secrets = new Secrets();
      for (const line of Object.values(LINE)) secrets.add(line);
      beforeAll(async () => {
        lab = await startAgentLab(options);
        here = [lab.node(1), lab.node(2)];
        there = [lab.node(3), lab.node(4)];
        for (const { agent } of lab.nodes) agent.start();
        await untilReady(lab.nodes);
        for (const cluster of [here, there]) await untilAll(cluster, 'closed', engine.closureOf);
      });
      afterEach(async () => {
        await lab?.sweep();
        await secrets.expectNoneLogged(lab);
      });
      afterAll(() => lab?.stop());

      /** Nothing is lost meanwhile; what is inside a cluster is not readable, and what is between them is. */
      const underLoad = async (work: () => Promise<void>): Promise<void> => {
        const wire = await lab.recordWire();
        const traffic = await lab.startTraffic(
          gentle([
            { from: 'p1', to: 'p2', protocol: 'udp' },
            { from: 'p2', to: 'p1', protocol: 'tcp', family: 6 },
            { from: 'p3', to: 'p4', protocol: 'udp', family: 6 },
            { from: 'p4', to: 'p3', protocol: 'icmp' },
            { from: 'p1', to: 'p3', protocol: 'udp' },
            { from: 'p4', to: 'p2', protocol: 'tcp', family: 6 },
          ]),
        );
        await traffic.untilMore(5);
        await work();
        await traffic.untilMore(10);
        const reports = await traffic.stop();
        const seen = await wire.packets();
        await wire.stop();
        const flows = traffic.flows.map(({ flow }) => flow);
        for (const flow of flows.slice(0, 4)) expect(shown(readable(seen, flow))).toEqual([]);
        for (const flow of flows.slice(4)) expect(readable(seen, flow).length).toBeGreaterThan(10);
        expectNoneLost(reports);
      };
      const expectApart = async (): Promise<void> => {
        for (const one of here) {
          for (const other of there) {
            expect(await engine.closureOf(one, other)).toBe('plain');
            expect(await engine.closureOf(other, one)).toBe('plain');
          }
        }
        for (const node of lab.nodes)
          expect(await engine.marksOf(node)).toHaveLength(engine.marks(1));
      };

      it('encrypt their own pairs, and leave what passes from one to the other as it is', async () => {
        await underLoad(expectApart);
        for (const { name, agent } of lab.nodes) {
          const said = JSON.parse(
            (await agent.command(['encrypt', 'status', '-o', 'json'])).stdout,
          );
          const peers = (said.podcloak.peers as { node: string }[]).map(({ node }) => node);
          const all =
            [here, there].find((cluster) => cluster.some((node) => node.name === name)) ?? [];
          expect(peers).toEqual(all.map((node) => node.name).filter((one) => one !== name));
        }
      });

      it('change the key of one, and the other notices nothing', async () => {
        const before = await Promise.all(there.map(engine.marksOf));
        await underLoad(async () => {
          for (const node of here) await node.writeKeys(LINE[4]);
          await untilOnly([4], here, engine);
        });
        expect(await Promise.all(there.map(engine.marksOf))).toEqual(before);
      });

      it('do not believe a record that was carried from one to the other, though the Secret is the same', async () => {
        const [plane, other] = lab.planes;
        if (plane === undefined || other === undefined) throw new Error('there are two clusters');
        const [one] = here;
        const [three] = there;
        if (one === undefined || three === undefined) throw new Error('there are four nodes');
        // Back to the key that both have.
        for (const node of here) await node.writeKeys(LINE[3]);
        await untilOnly([3], here, engine);
        const { body } = await plane.request('GET', `${records}/${one.name}`);
        await makeApiNode(other, one.i, ['ipv4', 'ipv6']);
        await must(other, 'POST', records, {
          body: { ...record(one.name), spec: (body as { spec: object }).spec },
        });
        await underLoad(async () => {
          await vi.waitFor(async () => {
            const { stdout } = await three.agent.command(['encrypt', 'status']);
            expect(stdout).toMatch(/n1.*(another key|wrong MAC)/);
          }, patience);
          for (const node of there) {
            expect(await engine.closureOf(node, one)).toBe('plain');
            expect(await engine.marksOf(node)).toHaveLength(engine.marks(1));
          }
        });
      });
    },
  );
}
