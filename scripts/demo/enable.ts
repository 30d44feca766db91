import { type AgentLab, freshKeyLine } from '../../test/lab/agent/index.js';
import { untilAll, untilReady } from '../../test/lab/agent/pairs.js';
import { addressesOf } from '../../test/lab/kernel/topology.js';
import { waitFor } from '../../test/lab/wait.js';
import { indented, type Say, type Show, values } from './stage.js';

const MESSAGE = 'Dear pod two, the launch code is 4711. Tell nobody. Yours, pod one.';
const PORT = 4000;

/** A message as the wire shows it, before and after encryption is enabled. */
export function enable(): Show {
  return { keys: freshKeyLine(3), synth: values(false), play };
}

async function play(lab: AgentLab, say: Say): Promise<void> {
  const [pod, peer] = [addressesOf(1).pod, addressesOf(2).pod];
  say('starting an agent on each, with encryption.enabled=false');
  for (const { agent } of lab.nodes) agent.start();
  await untilReady(lab.nodes);
  say(`pod ${pod} on node 1 sends to pod ${peer} on node 2. Between the nodes is seen:`);
  await send(lab, `udp port ${PORT}`);
  say('podcloak synth --set encryption.enabled=true … | kubectl apply --server-side -f -');
  await lab.apply(values(true));
  await untilAll(lab.nodes, 'closed');
  say('the pair has confirmed its keys and is encrypted. The same message again:');
  await send(lab, 'esp and greater 120');
  say('podcloak encrypt status, on node 1:');
  const status = await lab.node(1).agent.command(['encrypt', 'status']);
  process.stdout.write(indented(status.stdout));
}

/** Sends the message until it has arrived, and prints the first packet of it that the wire shows. */
async function send({ guest }: AgentLab, filter: string): Promise<void> {
  const { pod } = addressesOf(2);
  const inPod = (i: number, ...command: string[]): string[] => [
    'netns',
    'exec',
    `p${i}`,
    ...command,
  ];
  const wire = guest.start('tcpdump', ['-i', 'wire0', '-nn', '-t', '-X', '-c', '1', filter]);
  await wire.prints(/listening on/);
  const receiver = guest.start('ip', inPod(2, 'socat', '-u', `UDP4-RECV:${PORT}`, '-'));
  try {
    await waitFor(
      async () => {
        await guest.run(
          'ip',
          inPod(1, 'bash', '-c', `printf %s '${MESSAGE}' >/dev/udp/${pod}/${PORT}`),
        );
        if (!receiver.stdout().includes(MESSAGE)) throw new Error('the message has not arrived');
      },
      { timeout: 60_000, interval: 500 },
    );
    await wire.ended;
    process.stdout.write(indented(wire.stdout()));
  } finally {
    wire.signal('SIGTERM');
    receiver.signal('SIGTERM');
    await Promise.all([wire.ended, receiver.ended]);
  }
}
