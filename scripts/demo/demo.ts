import {
  type AgentLab,
  agentLabNeeds,
  freshKeyLine,
  startAgentLab,
} from '../../test/lab/agent/index.js';
import { untilAll, untilReady } from '../../test/lab/agent/pairs.js';
import { addressesOf } from '../../test/lab/kernel/topology.js';
import { describeMissing, missingOf, tool } from '../../test/lab/tools.js';
import { waitFor } from '../../test/lab/wait.js';

const MESSAGE = 'Dear pod two, the launch code is 4711. Tell nobody. Yours, pod one.';
const PORT = 4000;
const VALUES = ['--set', 'ipv4NativeRoutingCIDR=10.244.0.0/16', '--set', 'encryption.enabled='];

/** Shows what Podcloak does. @returns the exit code: 1 where it cannot run here, or fails */
export async function demo(): Promise<number> {
  const started = Date.now();
  const say = (text: string): void => {
    const seconds = String(Math.round((Date.now() - started) / 1000)).padStart(3);
    process.stdout.write(`${seconds} s  ${text}\n`);
  };
  const options = {
    nodes: 2,
    families: ['ipv4'] as const,
    synth: enabled(false),
    keys: freshKeyLine(3),
  };
  const missing = missingOf(
    agentLabNeeds(options).map((need) => (typeof need === 'string' ? tool(need) : need)),
  );
  if (missing.length > 0) {
    process.stdout.write('The demo cannot run on this machine. It lacks:\n');
    for (const one of missing) process.stdout.write(`- ${describeMissing(one)}\n`);
    return 1;
  }
  say('starting a kernel with two nodes, and an API server');
  const lab = await startAgentLab(options);
  const stop = (): void => void lab.stop().then(() => process.exit(130));
  process.once('SIGINT', stop);
  try {
    await show(lab, say);
    return 0;
  } finally {
    process.off('SIGINT', stop);
    await lab.stop();
  }
}

async function show(lab: AgentLab, say: (text: string) => void): Promise<void> {
  const [pod, peer] = [addressesOf(1).pod, addressesOf(2).pod];
  say('starting an agent on each, with encryption.enabled=false');
  for (const { agent } of lab.nodes) agent.start();
  await untilReady(lab.nodes);
  say(`pod ${pod} on node 1 sends to pod ${peer} on node 2. Between the nodes is seen:`);
  await send(lab, `udp port ${PORT}`);
  say('podcloak synth --set encryption.enabled=true … | kubectl apply --server-side -f -');
  await lab.apply(enabled(true));
  await untilAll(lab.nodes, 'closed');
  say('the pair has confirmed its keys and is encrypted. The same message again:');
  await send(lab, 'esp and greater 120');
  say('podcloak encrypt status, on node 1:');
  const status = await lab.node(1).agent.command(['encrypt', 'status']);
  process.stdout.write(indented(status.stdout));
  say('done');
}

const enabled = (is: boolean): string[] =>
  VALUES.map((text) => (text.endsWith('enabled=') ? `${text}${is}` : text));

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

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '       ');
}
