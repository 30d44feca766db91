import { type AgentLab, freshKeyLine, type LabNode, readable } from '../../test/lab/agent/index.js';
import { untilAll, untilReady } from '../../test/lab/agent/pairs.js';
import { waitFor } from '../../test/lab/wait.js';
import { indented, type Say, type Show, values } from './stage.js';

const patience = { timeout: 120_000, interval: 500 };

/** Another key under load, as a person's `podcloak keys rotate --wait` brings it: what is lost meanwhile? */
export function rotate(): Show {
  const [old, next] = [freshKeyLine(3), freshKeyLine(4)];
  const synth = [...values(true), '--set', 'encryption.ipsec.keyRotationDuration=5s'];
  return { keys: old, synth, play: (lab, say) => play(lab, say, old, next) };
}

async function play(lab: AgentLab, say: Say, old: string, next: string): Promise<void> {
  const [one, two] = [lab.node(1), lab.node(2)];
  say('starting an agent on each, with encryption.enabled=true');
  for (const { agent } of lab.nodes) agent.start();
  await untilReady(lab.nodes);
  await untilAll(lab.nodes, 'closed');
  await tell(say, 'the pair is encrypted. An SPI begins with the id of its key:', lab.nodes);

  say('their pods begin to talk: UDP one way, TCP the other, 20 packets a second each');
  const wire = await lab.recordWire();
  const traffic = await lab.startTraffic([
    { from: 'p1', to: 'p2', protocol: 'udp', interval: 50 },
    { from: 'p2', to: 'p1', protocol: 'tcp', interval: 50 },
  ]);
  await traffic.untilMore(20);

  say('the Secret gets a line for key id 4. The kubelet of node 1 brings it first');
  await one.writeKeys(old + next);
  await traffic.untilMore(60);
  await tell(say, 'node 2 has not got it yet, so both stay on key id 3:', lab.nodes);
  say('now the kubelet of node 2 brings it as well');
  await two.writeKeys(old + next);
  await untilSpis(lab.nodes, (ids) => ids.includes('4'));
  await tell(
    say,
    'tunnels under key id 4 stand beside the old ones, which are still read:',
    lab.nodes,
  );
  say('the line of key id 3 leaves the Secret');
  for (const node of lab.nodes) await node.writeKeys(next);
  await untilSpis(lab.nodes, (ids) => !ids.includes('3'));
  await tell(say, 'both ends have confirmed the new ones, and the old ones are gone:', lab.nodes);
  await traffic.untilMore(20);

  const reports = await traffic.stop();
  const packets = await wire.packets();
  await wire.stop();
  say('what became of the packets:');
  const lines = reports.map(
    ({ title, sent, received, lost }) =>
      `${title}: ${sent} sent, ${received} arrived, ${lost.length} lost`,
  );
  lines.push(`readable on the wire: ${readable(packets).length} of ${packets.length}`);
  process.stdout.write(indented(`${lines.join('\n')}\n`));
}

/** Prints the SPIs of the nodes' SAs. */
async function tell(say: Say, text: string, nodes: readonly LabNode[]): Promise<void> {
  say(text);
  for (const node of nodes) {
    process.stdout.write(indented(`${node.name}: ${(await spisOf(node)).join(' ')}\n`));
  }
}

/** Waits until the key ids of each node's SAs, a hexadecimal digit each, are as expected. */
async function untilSpis(
  nodes: readonly LabNode[],
  isSo: (ids: readonly string[]) => boolean,
): Promise<void> {
  for (const node of nodes) {
    await waitFor(async () => {
      const spis = await spisOf(node);
      const ids = spis.map((spi) => spi.slice('0x'.length)[0] ?? '');
      if (spis.length === 0 || !isSo(ids))
        throw new Error(`${node.name} has SAs ${spis.join(' ')}`);
    }, patience);
  }
}

async function spisOf(node: LabNode): Promise<string[]> {
  return (await node.states()).map((text) => /spi (0x[0-9a-f]+)/.exec(text)?.[1] ?? '').sort();
}
