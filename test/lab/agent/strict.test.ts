import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { merge, must } from '../agents.js';
import { labDescribe } from '../lab-describe.js';
import { variant } from '../long.js';
import { waitFor } from '../wait.js';
import { IPSEC, WIREGUARD_ENGINE } from './engines.js';
import {
  type AgentLab,
  agentLabNeeds,
  freshKeyLine,
  type LabNode,
  type PolicyText,
  startAgentLab,
} from './index.js';
import { AMPLE } from './life.js';
import { patience, untilAll } from './pairs.js';

vi.setConfig(AMPLE);

const engine = variant(IPSEC, WIREGUARD_ENGINE);
const STRICT = [
  ...[...engine.enabled, '--set', 'encryption.strictMode.egress.enabled=true'],
  ...['--set', 'encryption.strictMode.ingress.enabled=true'],
  ...['--set', 'encryption.strictMode.startupTaint.enabled=true'],
  // There is none to begin with, and WireGuard would go without.
  ...['--set', 'encryption.wireguard.requireSecret=true'],
];
const options = { synth: STRICT, nodes: 2 };

const OURS = { key: 'podcloak.dev/agent-not-ready', value: 'true', effect: 'NoExecute' };
const OTHER = { key: 'example.com/gpu', effect: 'NoSchedule' };

/** Of strict mode: `PRIORITY.local` and `PRIORITY.strict` of src/datapath. */
const isStrict = ({ priority, user }: PolicyText): boolean => user !== 0 && priority >= 40;

// The tests build on each other: the keys come after strict mode.
labDescribe(`agents in strict mode, with ${engine.mode}`, agentLabNeeds(options), () => {
  let lab: AgentLab;
  let one: LabNode;
  let two: LabNode;
  beforeAll(async () => {
    lab = await startAgentLab(options);
    [one, two] = [lab.node(1), lab.node(2)];
  });
  afterAll(() => lab?.stop());

  const untilStrict = async (strict: boolean): Promise<void> => {
    for (const node of lab.nodes) {
      await waitFor(async () => {
        expect((await node.policies()).some(isStrict)).toBe(strict);
      }, patience);
    }
  };
  /** How many of three answers came, from a pod to each of these. */
  const answers = async (...targets: readonly string[]): Promise<number[]> => {
    const counts: number[] = [];
    for (const target of targets) {
      const args = ['-c', '3', '-i', '0.2', '-W', '5', target];
      const { stdout } = await lab.topology.inPod(1, 'ping', args);
      counts.push(Number(/(\d+) received/.exec(stdout)?.[1]));
    }
    return counts;
  };
  const gateway = '10.244.1.1';
  const taintsOf = async ({ name }: LabNode): Promise<unknown> => {
    const node: object = await must(lab.plane, 'GET', `/api/v1/nodes/${name}`);
    return (node as { spec: { taints?: unknown } }).spec.taints;
  };

  it('drop what is between pods before there is any key, and nothing else', async () => {
    for (const { name } of lab.nodes) {
      const body = { spec: { taints: [OURS, OTHER] } };
      await must(lab.plane, 'PATCH', `/api/v1/nodes/${name}`, { ...merge, body });
    }
    for (const { agent } of lab.nodes) agent.start();
    await untilStrict(true);
    expect(await engine.traces(one)).toEqual([]);
    const { pod, pod6, node } = two.addresses;
    expect(await answers(pod, pod6, node, gateway)).toEqual([0, 0, 3, 3]);
    expect((await one.agent.get('/readyz')).status).not.toBe(200);
    // Whoever is not ready leaves its startup taint.
    expect(await taintsOf(one)).toEqual([OURS, OTHER]);
  });

  it('put it back when it is gone, and leave nothing of it when encryption is off', async () => {
    await one.flush('policy');
    await untilStrict(true);
    await lab.apply(engine.disabled);
    await untilStrict(false);
    expect(await one.policies()).toEqual([]);
    expect(await answers(two.addresses.pod, two.addresses.pod6)).toEqual([3, 3]);
    await lab.apply(STRICT);
    await untilStrict(true);
  });

  it('let through what is encrypted, once there are keys', async () => {
    const keys = freshKeyLine(3);
    for (const node of lab.nodes) await node.writeKeys(keys);
    await untilAll(lab.nodes, 'closed', engine.closureOf);
    await untilStrict(true);
    for (const node of lab.nodes) {
      await waitFor(async () => expect(await taintsOf(node)).toEqual([OTHER]), patience);
    }
    const { pod, pod6, node } = two.addresses;
    expect(await answers(pod, pod6, node, gateway)).toEqual([3, 3, 3, 3]);
  });

  it('go on encrypting when strict mode is off again', async () => {
    await lab.apply(engine.enabled);
    await untilStrict(false);
    await untilAll(lab.nodes, 'closed', engine.closureOf);
    expect(await answers(two.addresses.pod)).toEqual([3]);
  });
});
