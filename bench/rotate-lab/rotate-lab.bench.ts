/**
 * How long a rotation takes between six real agents on emulated kernels, from the change of the key file on all nodes
 * at once (kubelets are not waited for) until each node's data to each other goes under the new key; and what it
 * takes: agents' own words, and the events of a watch.
 */
import { afterAll, beforeAll, it, vi } from 'vitest';
import {
  type AgentLab,
  agentLabNeeds,
  freshKeyLine,
  type LabNode,
  startAgentLab,
} from '../../test/lab/agent/index.js';
import { untilOnly } from '../../test/lab/agent/key-ids.js';
import { AMPLE, ENABLED } from '../../test/lab/agent/life.js';
import { patience, untilAll, untilReady } from '../../test/lab/agent/pairs.js';
import { records } from '../../test/lab/agents.js';
import { labDescribe } from '../../test/lab/lab-describe.js';
import { argumentOr, printTable } from '../table.js';
import { type Line, linesOf } from './log-lines.js';

vi.setConfig(AMPLE);

const [OLD, NEW] = [freshKeyLine(3), freshKeyLine(4)];
const options = {
  nodes: argumentOr(6),
  synth: [...ENABLED, '--set', 'encryption.ipsec.keyRotationDuration=5s'],
  keys: OLD,
};

labDescribe('a rotation between real agents', agentLabNeeds(options), () => {
  let lab: AgentLab;
  beforeAll(async () => {
    lab = await startAgentLab(options);
    for (const { agent } of lab.nodes) agent.start();
    await untilReady(lab.nodes);
    await untilAll(lab.nodes, 'closed');
  });
  afterAll(() => lab?.stop());

  async function said(): Promise<readonly Said[]> {
    const { body } = await lab.plane.request('GET', records);
    return (body as { items: readonly Said[] }).items;
  }

  /** How often each record was written. */
  async function generations(): Promise<Map<string, number>> {
    return new Map((await said()).map(({ metadata: { name, generation } }) => [name, generation]));
  }

  async function confirmed(): Promise<void> {
    for (const { metadata, status } of await said()) {
      const { keyID, isConfirmed } = status.currentKey;
      if (keyID !== 4 || !isConfirmed) throw new Error(`${metadata.name} is on ${keyID} still`);
    }
  }

  it('takes so long', async () => {
    const before = await generations();
    const lengths = new Map(lab.nodes.map(({ i, agent }) => [i, agent.log().length]));
    await write(lab.nodes, `${OLD}${NEW}`);
    // Agents and this time are of one clock: the guest's.
    const start = Number(await lab.guest.script('date +%s%3N'));
    await vi.waitFor(confirmed, patience);
    const saidAfter = Number(await lab.guest.script('date +%s%3N')) - start;
    const logged = (): Line[] =>
      lab.nodes.flatMap(({ i, agent }) => linesOf(agent.log().slice(lengths.get(i))));
    const proven = logged().filter(({ text }) => text === 'heard: answer to probe');
    const last = Math.max(...proven.map(({ time }) => time)) - start;
    await write(lab.nodes, NEW);
    await untilOnly([4], lab.nodes);
    const after = await generations();
    const all = logged();
    const count = (text: string): number => all.filter((line) => line.text === text).length;
    const netlink = all.reduce((sum, { text, messages }) => {
      return text === 'changed the kernel' ? sum + messages : sum;
    }, 0);
    const writes = [...after].map(([name, generation]) => generation - (before.get(name) ?? 0));
    const nodes = lab.nodes.length;
    const pairs = (nodes * (nodes - 1)) / 2;
    printTable(
      [`${nodes} nodes, ${pairs} pairs`, 'figure'],
      [
        ['the last probe is answered after, of emulated time', `${(last / 1000).toFixed(1)} s`],
        [
          'all nodes have said that they send under the new key',
          `${(saidAfter / 1000).toFixed(1)} s`,
        ],
        ['probes that were answered', `${count('heard: answer to probe')}`],
        ['sendings that were heard', `${count('heard: sending')}`],
        ['sendings that were answered', `${count('heard: answer to sending')}`],
        ['netlink messages a node', (netlink / nodes).toFixed(1)],
        ['writes of a record a node', `${Math.min(...writes)}–${Math.max(...writes)}`],
      ],
    );
  });
});

interface Said {
  readonly metadata: { readonly name: string; readonly generation: number };
  readonly status: {
    readonly currentKey: { readonly keyID: number; readonly isConfirmed: boolean };
  };
}

/** On all nodes as close together as can be. */
async function write(nodes: readonly LabNode[], text: string): Promise<void> {
  await Promise.all(nodes.map((node) => node.writeKeys(text)));
}
