import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { makeApiNode } from '../lab/agent/api-nodes.js';
import { IPSEC, WIREGUARD_ENGINE } from '../lab/agent/engines.js';
import {
  type AgentLab,
  agentLabNeeds,
  type FlowReport,
  freshKeyLine,
  type LabNode,
  readable,
  shown,
  startAgentLab,
} from '../lab/agent/index.js';
import { AMPLE, expectNoneLost, FLOWS } from '../lab/agent/life.js';
import { patience, untilAll, untilReady } from '../lab/agent/pairs.js';
import { Secrets } from '../lab/agent/secrets.js';
import { labDescribe } from '../lab/lab-describe.js';

vi.setConfig(AMPLE);

for (const engine of [IPSEC, WIREGUARD_ENGINE]) {
  const options = { synth: engine.enabled, keys: freshKeyLine(3) };

  // The tests build on each other: a node joins, agents are killed, a node reboots, leaves and is replaced.
  labDescribe(`agents whose nodes come and go, with ${engine.mode}`, agentLabNeeds(options), () => {
    let lab: AgentLab;
    let one: LabNode;
    let two: LabNode;
    let three: LabNode;
    const secrets = new Secrets();
    beforeAll(async () => {
      lab = await startAgentLab(options);
      [one, two, three] = [lab.node(1), lab.node(2), lab.node(3)];
      for (const { agent } of [one, two]) agent.start();
      await untilAll([one, two], 'closed', engine.closureOf);
    });
    afterEach(async () => {
      await lab?.sweep();
      await secrets.expectNoneLogged(lab);
    });
    afterAll(() => lab?.stop());

    it('take a node that joins into the encrypted ones without losing a packet', async () => {
      const wire = await lab.recordWire();
      const traffic = await lab.startTraffic(FLOWS);
      await traffic.untilMore(5);
      const joining = await wire.mark();
      const { stdout } = await one.agent.command(['encrypt', 'status']);
      expect(stdout).toContain('n3: no agent has published a record for it');
      three.agent.start();
      await untilAll(lab.nodes, 'closed', engine.closureOf);
      const joined = await wire.mark();
      await traffic.untilMore(10);
      const reports = await traffic.stop();
      const [before, after] = [
        await wire.packets({ to: joining }),
        await wire.packets({ from: joined }),
      ];
      await wire.stop();

      for (const { flow, title } of reports) {
        const isOpen = title.includes('3');
        expect(readable(before, flow).length > 0, `${title} before`).toBe(isOpen);
      }
      expect(shown(readable(after))).toEqual([]);
      expectNoneLost(reports);
    });

    it('lose nothing when they are killed in the middle of enabling', async () => {
      await lab.apply(engine.disabled);
      await untilAll(lab.nodes, 'plain', engine.closureOf);
      for (const { agent } of lab.nodes) await agent.restart();
      await untilReady(lab.nodes);
      const wire = await lab.recordWire();
      const traffic = await lab.startTraffic(FLOWS);
      await traffic.untilMore(5);
      await lab.apply(engine.enabled);
      // Each at a step of its own: SAs sent; the record on its way to Enforced; the peer sends encrypted.
      const steps = [/changed the kernel/, /published the record/, /heard: sending/];
      await Promise.all(
        lab.nodes.map(async ({ agent }, index) => {
          await agent.prints(steps[index] ?? /never/);
          await agent.restart('SIGKILL');
        }),
      );
      await untilAll(lab.nodes, 'closed', engine.closureOf);
      const closed = await wire.mark();
      await traffic.untilMore(10);
      const reports = await traffic.stop();
      const after = await wire.packets({ from: closed });
      await wire.stop();
      expect(shown(readable(after))).toEqual([]);
      expectNoneLost(reports);
    });

    it('block, and take new keys, when their node reboots; nobody else notices', async () => {
      const others = [await engine.marksBetween(one, three), await engine.marksBetween(three, one)];
      const wire = await lab.recordWire();
      const traffic = await lab.startTraffic(FLOWS);
      await traffic.untilMore(5);
      await two.agent.stop('SIGKILL');
      await two.forgetState();
      const off = await wire.mark();
      await engine.reset(two);
      two.agent.start();
      await two.agent.prints(/changed the kernel/);
      const shut = await wire.mark();
      await untilAll(lab.nodes, 'closed', engine.closureOf);
      await traffic.untilMore(10);
      const reports = await traffic.stop();
      const [open, after] = [
        await wire.packets({ from: off, to: shut }),
        await wire.packets({ from: shut }),
      ];
      await wire.stop();

      expect(shown(readable(after))).toEqual([]);
      // What left it before its agent was there, nobody took. (TCP says it again.)
      for (const { flow, lost } of reports.filter(({ title }) => title.startsWith('udp'))) {
        const sent = readable(open, flow).flatMap(({ marked }) => marked[0]?.sequence ?? []);
        expect(lost, `flow ${flow}`).toEqual(expect.arrayContaining(sent));
      }
      expectNoneLost(reports.filter(isApartFrom(two)));
      expect([
        await engine.marksBetween(one, three),
        await engine.marksBetween(three, one),
      ]).toEqual(others);
    });

    it('stay shut towards a node that has left, until it is forgotten', async () => {
      const wire = await lab.recordWire();
      const traffic = await lab.startTraffic(FLOWS);
      await traffic.untilMore(5);
      await three.agent.stop();
      await lab.plane.kubectl(['delete', 'node', 'n3']);
      await lab.plane.kubectl(['delete', 'encryptionnodes', 'n3']);
      await engine.reset(three);
      await three.forgetState();
      await vi.waitFor(async () => {
        const { stdout } = await one.agent.command(['encrypt', 'status']);
        expect(stdout).toContain('its Node and its record are gone');
      }, patience);
      await traffic.untilMore(10, traffic.flows.slice(0, 2));
      const reports = await traffic.stop();
      const seen = await wire.packets();
      await wire.stop();

      const leaving = ['192.168.50.1', '192.168.50.2', '10.244.1.2', '10.244.2.2', 'fd00:50::2'];
      const ours = readable(seen).filter(({ source }) => leaving.includes(source));
      expect(shown(ours)).toEqual([]);
      expectNoneLost(reports.filter(isApartFrom(three)));
      for (const node of [one, two]) {
        const forget = ['encrypt', 'forget', '--force', 'n3'];
        expect(await node.agent.command(forget)).toMatchObject({ code: 0, stderr: '' });
        await vi.waitFor(async () => {
          expect(await engine.closureOf(node, three)).toBe('plain');
          expect(await engine.marksBetween(node, three)).toEqual([]);
        }, patience);
      }
    });

    it('encrypt with another machine that comes under its name', async () => {
      await makeApiNode(lab.plane, 3, ['ipv4', 'ipv6']);
      const wire = await lab.recordWire();
      const traffic = await lab.startTraffic(FLOWS);
      await traffic.untilMore(5);
      three.agent.start();
      await untilAll(lab.nodes, 'closed', engine.closureOf);
      const closed = await wire.mark();
      await traffic.untilMore(10);
      const reports = await traffic.stop();
      const after = await wire.packets({ from: closed });
      await wire.stop();
      expect(shown(readable(after))).toEqual([]);
      expectNoneLost(reports);
    });
  });
}

function isApartFrom({ i }: LabNode): (report: FlowReport) => boolean {
  return ({ title }) => !title.includes(`n${i}`) && !title.includes(`p${i}`);
}
