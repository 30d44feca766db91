import { type AgentLab, agentLabNeeds, startAgentLab } from '../../test/lab/agent/index.js';
import { describeMissing, missingOf, tool } from '../../test/lab/tools.js';

/** The ranges of the lab's pods, and whether encryption is on, as options of `podcloak synth`. */
export function values(enabled: boolean): string[] {
  const all = ['ipv4NativeRoutingCIDR=10.244.0.0/16', `encryption.enabled=${enabled}`];
  return all.flatMap((value) => ['--set', value]);
}

/** Prints a line with the seconds since the start. */
export type Say = (text: string) => void;

/** What is shown on two nodes. */
export interface Show {
  /** Key lines that the nodes have at first. */
  readonly keys: string;
  /** Options of `podcloak synth`. */
  readonly synth: readonly string[];
  readonly play: (lab: AgentLab, say: Say) => Promise<void>;
}

/** Starts two nodes, plays, and takes all down. @returns the exit code: 1 where it cannot run here */
export async function stage({ keys, synth, play }: Show): Promise<number> {
  const started = Date.now();
  const say = (text: string): void => {
    const seconds = String(Math.round((Date.now() - started) / 1000)).padStart(3);
    process.stdout.write(`${seconds} s  ${text}\n`);
  };
  const options = { nodes: 2, families: ['ipv4'] as const, synth, keys };
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
    await play(lab, say);
    say('done');
    return 0;
  } finally {
    process.off('SIGINT', stop);
    await lab.stop();
  }
}

export function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '       ');
}
