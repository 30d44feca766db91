import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { labDescribe } from '../lab-describe.js';
import { variant } from '../long.js';
import { podcloak } from '../podcloak.js';
import { IPSEC, WIREGUARD_ENGINE } from './engines.js';
import {
  type AgentLab,
  agentLabNeeds,
  freshKeyLine,
  readable,
  shown,
  startAgentLab,
} from './index.js';
import { AMPLE, expectNoneLost, FLOWS, saidBy, settingsOf, untilClean } from './life.js';
import { patience, untilAll, untilReady } from './pairs.js';
import { Secrets } from './secrets.js';

vi.setConfig(AMPLE);

const engine = variant(IPSEC, WIREGUARD_ENGINE);
const options = { synth: engine.disabled, keys: freshKeyLine(3) };

// The tests build on each other: on, off, on again, and off while one node does not hear of it.
labDescribe(`agents whose ${engine.mode} is switched off`, agentLabNeeds(options), () => {
  let lab: AgentLab;
  /** Of each node, before its agent did anything. */
  let before: string[];
  const secrets = new Secrets();
  const usedMarks = new Set<string>();
  const usedPublicKeys = new Set<string>();
  const used: { epoch: number; generation: number }[] = [];
  beforeAll(async () => {
    lab = await startAgentLab(options);
    before = await Promise.all(lab.nodes.map(settingsOf));
    for (const { agent } of lab.nodes) agent.start();
    await untilReady(lab.nodes);
    await lab.apply(engine.enabled);
    await untilAll(lab.nodes, 'closed', engine.closureOf);
  });
  afterEach(async () => {
    await lab?.sweep();
    await secrets.expectNoneLogged(lab);
  });
  afterAll(() => lab?.stop());

  it('walk all pairs back to plaintext under load without losing a packet', async () => {
    for (const node of lab.nodes) {
      for (const mark of await engine.marksOf(node)) usedMarks.add(mark);
      const said = await saidBy(lab, node);
      expect(said.phase).toBe('Enforced');
      used.push(said);
      for (const { publicKey } of said.keys) usedPublicKeys.add(publicKey);
    }
    expect(await Promise.all(lab.nodes.map(settingsOf))).not.toEqual(before);

    const wire = await lab.recordWire();
    const traffic = await lab.startTraffic(FLOWS);
    await traffic.untilMore(5);
    const off = await wire.mark();
    await lab.apply(engine.disabled);
    await untilAll(lab.nodes, 'plain', engine.closureOf);
    const plain = await wire.mark();
    await traffic.untilMore(10);
    const reports = await traffic.stop();
    const { PATH } = process.env;
    const waiting = { env: { PATH, KUBECONFIG: lab.plane.kubeconfig } };
    const command = ['encryption', 'status', '--wait-disabled', '--timeout', '10m'];
    expect(await podcloak(command, waiting)).toMatchObject({ code: 0, stderr: '' });
    // Without waiting: that is what the command has waited for.
    for (const node of lab.nodes) {
      expect(await engine.traces(node)).toEqual([]);
      expect(await node.policies()).toEqual([]);
    }
    const [enforced, walked] = [
      await wire.packets({ to: off }),
      await wire.packets({ from: plain }),
    ];
    await wire.stop();

    expect(shown(readable(enforced))).toEqual([]);
    for (const { flow } of traffic.flows) {
      expect(readable(walked, flow).length, `flow ${flow}`).toBeGreaterThan(5);
    }
    expectNoneLost(reports);
  });

  it('leave nothing on the nodes, and say so in their records', async () => {
    for (const [index, node] of lab.nodes.entries()) {
      await untilClean(node, before[index] ?? '');
      await vi.waitFor(async () => {
        expect(await saidBy(lab, node)).toMatchObject({
          phase: 'Disabled',
          addresses: [],
          podPrefixes: [],
          keys: [],
        });
      }, patience);
      expect(await node.agent.get('/readyz')).toMatchObject({ status: 200 });
    }
  });

  it('stay off, and touch nothing, when they start again', async () => {
    const one = lab.node(1);
    const said = await saidBy(lab, one);
    await one.agent.restart();
    await untilReady([one]);
    await untilClean(one, before[0] ?? '');
    expect(one.agent.log().split('podcloak agent').at(-1)).not.toContain('changed the kernel');
    expect(await saidBy(lab, one)).toEqual(said);
  });

  it('encrypt again under load, with keys that nobody has used', async () => {
    const wire = await lab.recordWire();
    const traffic = await lab.startTraffic(FLOWS);
    await traffic.untilMore(5);
    await lab.apply(engine.enabled);
    await untilAll(lab.nodes, 'closed', engine.closureOf);
    const closed = await wire.mark();
    await traffic.untilMore(10);
    const reports = await traffic.stop();
    const after = await wire.packets({ from: closed });
    await wire.stop();

    expect(shown(readable(after))).toEqual([]);
    expectNoneLost(reports);
    for (const [index, node] of lab.nodes.entries()) {
      const said = await saidBy(lab, node);
      expect(said.epoch).toBeGreaterThan(used[index]?.epoch ?? Number.NaN);
      expect(said.generation).not.toBe(used[index]?.generation);
      for (const { publicKey } of said.keys) expect([...usedPublicKeys]).not.toContain(publicKey);
      for (const mark of await engine.marksOf(node)) expect([...usedMarks]).not.toContain(mark);
    }
  });

  it('keep encrypting what they say to a node that has not heard of it', async () => {
    const three = lab.node(3);
    await three.cutApi();
    const wire = await lab.recordWire();
    const traffic = await lab.startTraffic(FLOWS);
    await traffic.untilMore(5);
    const off = await wire.mark();
    await lab.apply(engine.disabled);
    // Both others say what they have in common as it is; the means for more stay until all have heard.
    await vi.waitFor(async () => {
      const seen = await wire.packets({ from: off });
      for (const { flow } of traffic.flows.slice(0, 2)) {
        expect(readable(seen, flow).length, `flow ${flow}`).toBeGreaterThan(10);
      }
    }, patience);
    await traffic.untilMore(10);
    const apart = await wire.packets({ from: off });
    await three.restoreApi();
    await untilAll(lab.nodes, 'plain', engine.closureOf);
    const reports = await traffic.stop();
    await wire.stop();

    const withThree = traffic.flows.filter(({ from, to }) => `${from}${to}`.includes('3'));
    expect(withThree).toHaveLength(4);
    for (const { flow } of withThree) {
      expect(shown(readable(apart, flow)), `flow ${flow}`).toEqual([]);
    }
    expectNoneLost(reports);
    for (const [index, node] of lab.nodes.entries()) await untilClean(node, before[index] ?? '');
  });
});
