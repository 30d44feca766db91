import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { IPSEC, WIREGUARD_ENGINE, withShortRotations } from '../lab/agent/engines.js';
import {
  type Agent,
  type AgentLab,
  agentLabNeeds,
  type FlowSpec,
  freshKeyLine,
  type LabNode,
  readable,
  shown,
  startAgentLab,
} from '../lab/agent/index.js';
import { untilOnly } from '../lab/agent/key-ids.js';
import { AMPLE, expectNoneLost, gentle } from '../lab/agent/life.js';
import { untilAll, untilReady } from '../lab/agent/pairs.js';
import { Secrets } from '../lab/agent/secrets.js';
import {
  arm,
  countsWrites,
  disarm,
  type Moment,
  momentsOf,
  writeOf,
  writesOf,
} from '../lab/agent/writes.js';
import { labDescribe } from '../lab/lab-describe.js';

vi.setConfig(AMPLE);

const FLOWS = gentle([
  { from: 'p1', to: 'p2', protocol: 'udp' },
  { from: 'p2', to: 'p1', protocol: 'udp', family: 6 },
  { from: 'p1', to: 'p2', protocol: 'tcp' },
  { from: 'n2', to: 'p1', protocol: 'icmp' },
] satisfies FlowSpec[]);

for (const engine of [IPSEC, WIREGUARD_ENGINE].map(withShortRotations)) {
  const options = { nodes: 2, synth: engine.enabled, keys: freshKeyLine(3) };

  // The tests build on each other: the first lists the moments of which the second takes one after another.
  labDescribe(
    `agents with ${engine.mode} that are killed while they rotate`,
    agentLabNeeds(options),
    () => {
      let lab: AgentLab;
      let nodes: readonly { readonly node: LabNode; readonly agent: Agent }[];
      let lastId = 3;
      let moments: readonly Moment[] = [];
      const secrets = new Secrets();
      beforeAll(async () => {
        lab = await startAgentLab(options);
        nodes = lab.nodes.map((node) => ({ node, agent: node.agentWith(countsWrites(node)) }));
        for (const { agent } of nodes) agent.start();
        await untilReady(nodes.map(({ node, agent }) => ({ ...node, agent })));
        await untilAll(lab.nodes, 'closed', engine.closureOf);
      });
      afterEach(async () => {
        await lab?.sweep();
        await secrets.expectNoneLogged(lab);
        for (const { agent } of nodes ?? []) expect(secrets.in(agent.log())).toEqual([]);
      });
      afterAll(() => lab?.stop());

      const rotate = async (): Promise<void> => {
        lastId = (lastId % 15) + 1;
        const line = freshKeyLine(lastId);
        secrets.add(line);
        await Promise.all(lab.nodes.map((node) => node.writeKeys(line)));
        await untilOnly([lastId], lab.nodes, engine);
      };

      it('write this to the kernel in a rotation', async () => {
        for (const { node } of nodes) await arm(node);
        await rotate();
        for (const { node } of nodes) await disarm(node);
        const writes = await Promise.all(lab.nodes.map(writesOf));
        const listed = await Promise.all(lab.nodes.map(momentsOf));
        for (const names of writes) {
          expect(names).toEqual(expect.arrayContaining([...engine.rotationWrites]));
        }
        moments = listed.reduce((one, other) => (one.length >= other.length ? one : other));
      });

      it('lose nothing and say nothing readable, whichever of these writes is their last', async () => {
        const wire = await lab.recordWire();
        const traffic = await lab.startTraffic(FLOWS);
        await traffic.untilMore(5);
        const missed: Moment[] = [];
        let deaths = 0;
        const queue = [...moments];
        // Both nodes die in each rotation, each at a moment of its own.
        while (queue.length > 0) {
          const now = queue.splice(0, nodes.length);
          const due = nodes.map((one, index) => ({ ...one, moment: now[index] }));
          for (const { node, moment } of due) if (moment !== undefined) await arm(node, moment);
          let isOver = false;
          const lives = due.map(async ({ node, agent, moment }) => {
            while (!isOver) {
              if (!agent.isRunning()) {
                deaths += 1;
                agent.start();
              }
              await sleep(100);
            }
            if (moment === undefined || !(await disarm(node))) return;
            // No two rotations take equally many writes: one that was not made is waited for once more.
            expect((await writesOf(node)).length).toBeLessThan(writeOf(moment));
            if (!missed.includes(moment)) queue.push(moment);
            missed.push(moment);
          });
          try {
            await rotate();
          } finally {
            isOver = true;
            await Promise.all(lives);
          }
        }
        await untilAll(lab.nodes, 'closed', engine.closureOf);
        await traffic.untilMore(10);
        const reports = await traffic.stop();
        const seen = await wire.packets();
        await wire.stop();

        expect(shown(readable(seen))).toEqual([]);
        expectNoneLost(reports);
        const never = missed.filter((moment, index) => missed.indexOf(moment) !== index);
        expect(deaths).toBe(moments.length - never.length);
        expect(never.length).toBeLessThan(moments.length / 10);
      });
    },
  );
}
