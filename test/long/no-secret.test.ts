import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { interfacesOf, WIREGUARD_ENGINE, withShortRotations } from '../lab/agent/engines.js';
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
import { AMPLE, encryptUnderLoad, saidBy, underLoad } from '../lab/agent/life.js';
import { patience, untilAll, untilReady } from '../lab/agent/pairs.js';
import { Secrets } from '../lab/agent/secrets.js';
import { type DeviceText, wireguardDevices } from '../lab/agent/wireguard-tools.js';
import { records } from '../lab/agents.js';
import { labDescribe } from '../lab/lab-describe.js';

vi.setConfig(AMPLE);

const engine = withShortRotations(WIREGUARD_ENGINE);
const LINE = freshKeyLine(3);
const options = { synth: engine.disabled };
const NONE = 'none, as there is no Secret';

// The tests build on each other: a cluster without a Secret, which gets one.
labDescribe('agents with WireGuard and without a Secret', agentLabNeeds(options), () => {
  let lab: AgentLab;
  const secrets = new Secrets();
  secrets.add(LINE);
  beforeAll(async () => {
    lab = await startAgentLab(options);
    for (const { agent } of lab.nodes) agent.start();
    await untilReady(lab.nodes);
  });
  afterEach(async () => {
    await lab?.sweep();
    await secrets.expectNoneLogged(lab);
  });
  afterAll(() => lab?.stop());

  const deviceOf = async (node: LabNode): Promise<DeviceText> => {
    const [device] = await wireguardDevices(node.script);
    if (device === undefined) throw new Error(`${node.name} has no device`);
    return device;
  };
  const sourcesOf = async (node: LabNode): Promise<string[]> =>
    (await interfacesOf(node)).map(({ name, psk, peerCount }) => `${name} ${peerCount} ${psk}`);

  it('encrypt under load without losing a packet, with no PSK, and say so', async () => {
    await encryptUnderLoad(lab, engine);
    await secrets.look(lab);
    for (const node of lab.nodes) {
      const { peers } = await deviceOf(node);
      expect(peers.map(({ presharedKey }) => presharedKey)).toEqual(['(none)', '(none)']);
      expect(await sourcesOf(node)).toEqual([`podcloak_wg0 2 ${NONE}`]);
      expect(await saidBy(lab, node)).toMatchObject({ phase: 'Enforced', keys: [], macs: [] });
      expect(node.agent.log()).not.toMatch(/PC708|PC739/);
    }
    await untilReady(lab.nodes);
  });

  it('write nothing to the kernel when they are killed and start again', async () => {
    const traces = await Promise.all(lab.nodes.map(engine.traces));
    await underLoad(lab, async () => {
      for (const node of lab.nodes) {
        await node.agent.restart('SIGKILL');
        await untilReady([node]);
        const said = node.agent.log().split('podcloak agent').at(-1);
        expect(said).not.toContain('changed the kernel');
      }
    });
    expect(await Promise.all(lab.nodes.map(engine.traces))).toEqual(traces);
  });

  it('move to the first Secret under load, though kubelets bring it one by one', async () => {
    const [one, two, three] = [lab.node(1), lab.node(2), lab.node(3)];
    await underLoad(lab, async () => {
      await one.writeKeys(LINE);
      await vi.waitFor(async () => {
        const said = [`podcloak_wg0 2 ${NONE}`, 'podcloak_wg1 0 from the Secret, key id 3'];
        expect(await sourcesOf(one)).toEqual(said);
        expect(await saidBy(lab, one)).toMatchObject({ macs: [{ keyID: 3 }] });
      }, patience);
      // Whoever has the Secret and whoever has not go on as before, also through a restart.
      await untilAll(lab.nodes, 'closed', engine.closureOf);
      for (const node of [one, two]) {
        await node.agent.restart('SIGKILL');
        await untilReady([node]);
      }
      await two.writeKeys(LINE);
      await vi.waitFor(async () => {
        const [, second] = await interfacesOf(one);
        expect(second).toMatchObject({ name: 'podcloak_wg1', peerCount: 1 });
      }, patience);
      await three.writeKeys(LINE);
      await untilOnly([3], lab.nodes, engine);
      await untilAll(lab.nodes, 'closed', engine.closureOf);
    });
    for (const node of lab.nodes) {
      const { name, peers } = await deviceOf(node);
      expect({ name, count: peers.length }).toEqual({ name: 'podcloak_wg1', count: 2 });
      expect(peers.some(({ presharedKey }) => presharedKey === '(none)')).toBe(false);
    }
    await secrets.look(lab);
  });

  it('do not fall back when the Secret is taken away, whatever happens to an agent', async () => {
    const node = lab.node(2);
    const wire = await lab.recordWire();
    await underLoad(lab, async () => {
      await node.writeKeys(undefined);
      await node.agent.restart('SIGKILL');
      await node.agent.prints(/PC708/);
      await untilAll(lab.nodes, 'closed', engine.closureOf);
      expect(await sourcesOf(node)).toEqual(['podcloak_wg1 2 from the Secret, key id 3']);
    });
    const before = await saidBy(lab, node);
    await node.agent.stop('SIGKILL');
    await node.forgetState();
    // As after a reboot: nothing is left of it but its record, which it does not touch.
    await node.script('ip link del podcloak_wg1');
    node.agent.start();
    await node.agent.prints(/PC739/);
    expect(await saidBy(lab, node)).toEqual(before);
    expect(shown(readable(await wire.packets()))).toEqual([]);
    await wire.stop();
    await node.writeKeys(LINE);
    await untilAll(lab.nodes, 'closed', engine.closureOf);
    await untilReady(lab.nodes);
    const { body } = await lab.plane.request('GET', `${records}/${node.name}`);
    expect(body).toMatchObject({ spec: { macs: [{ keyID: 3 }] } });
  });
});
