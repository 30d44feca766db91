/**
 * How much memory an agent takes with so many peers, beside two others in the same guest: informers of
 * the client library for the two kinds that an agent watches, and an empty Node. The peers are Nodes and
 * authentic records in a real API server; the agent makes its pairs with them, in a real kernel.
 *
 * The peers do not answer probes, so the agent is measured twice: as it waits for them, with all SAs and
 * the policies that accept both; and after a restart with a state file that says that they did, with
 * everything encrypted.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterAll, beforeAll, it, vi } from 'vitest';
import { CONFIG } from '../../scripts/image/build.mjs';
import { node24 } from '../../scripts/node24.mjs';
import { type AgentState, formatState, parseState } from '../../src/agent/state.js';
import {
  type Agent,
  type AgentProgram,
  agentFolders,
  agentOn,
} from '../../test/lab/agent/agent-process.js';
import {
  type AgentLab,
  agentLabNeeds,
  freshKeyLine,
  startAgentLab,
} from '../../test/lab/agent/index.js';
import { labDescribe } from '../../test/lab/lab-describe.js';
import { makeScratch, type Scratch } from '../../test/lab/scratch.js';
import { argumentOr, printTable } from '../table.js';
import { makePeers } from './cluster.js';

const peers = argumentOr(5000);
const keys = freshKeyLine(3);
const synth = [
  ...['--set', 'ipv4NativeRoutingCIDR=10.0.0.0/8', '--set', 'encryption.enabled=true'],
  ...['--namespace', 'kube-system'],
];
const options = { nodes: 3, families: ['ipv4'], synth, keys } as const;
const preload = new URL('./preload.cjs', import.meta.url).pathname;
const node = node24() ?? process.execPath;
/** As in the image. */
const nodeOptions = [...CONFIG.Entrypoint.slice(1, -1), '--require', preload];
/** Emulated, with thousands of peers: what is waited for comes in its own time. */
const patience = { timeout: 1_800_000, interval: 5000 };

/** All in bytes. */
interface Memory {
  readonly resident: number;
  /** Of it pages of programs and libraries, which others share and the kernel can drop. */
  readonly files: number;
  readonly peak: number;
  readonly heapTotal: number;
  readonly heapUsed: number;
  readonly external: number;
}

labDescribe(`memory with ${peers} peers`, agentLabNeeds(options), () => {
  let scratch: Scratch;
  let lab: AgentLab;
  const rows: (readonly string[])[] = [];

  beforeAll(async () => {
    scratch = makeScratch('podcloak-bench');
    await build({
      entryPoints: [new URL('./informer.ts', import.meta.url).pathname],
      outfile: `${scratch.dir}/informer.mjs`,
      bundle: true,
      platform: 'node',
      format: 'esm',
      minify: true,
      // Parts of it are CommonJS.
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire('/');",
      },
      logLevel: 'warning',
    });
    lab = await startAgentLab(options);
    console.log(`making ${peers} Nodes and records …`);
    // Behind the lab's own nodes.
    await makePeers(lab.plane, keys, options.nodes + 1, peers);
  });

  afterAll(async () => {
    await lab?.stop();
    await scratch?.remove();
  });

  const [, ...env] = CONFIG.Env.map((line) => line.split('=') as [string, string]);
  const program = (file: string, args: readonly string[] = []): AgentProgram => {
    return { file, args, node, nodeOptions, env: Object.fromEntries(env) };
  };

  /** Of the only process in the node's network namespace; at rest, as it was told to say so. */
  async function memoryOf(i: number, agent: Agent): Promise<Memory> {
    const pid = (await lab.guest.script(`ip netns pids n${i}`)).trim();
    const before = agent.log().length;
    await lab.guest.script(`kill -USR2 ${pid}`);
    const said = await vi.waitFor(() => {
      const match = /^memory (\{.*\})$/m.exec(agent.log().slice(before));
      if (match?.[1] === undefined) throw new Error('it has not said it yet');
      return JSON.parse(match[1]) as Memory;
    }, patience);
    // VmRSS of status is inexact: each thread counts a part by itself (proc(5)).
    const text = await lab.guest.script(`cat /proc/${pid}/smaps_rollup /proc/${pid}/status`);
    const kilobytes = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1] ?? Number.NaN);
    const [resident, peak, anonymous] = ['Rss', 'VmHWM', 'Anonymous'].map(
      (name) => kilobytes(name) * 1024,
    ) as [number, number, number];
    return { ...said, resident, peak, files: resident - anonymous };
  }

  async function row(name: string, i: number, agent: Agent): Promise<void> {
    const { resident, peak, files, heapTotal, heapUsed, external } = await memoryOf(i, agent);
    const cells = [resident, peak, files, heapTotal, heapUsed, external].map((bytes) =>
      (bytes / 1e6).toFixed(0),
    );
    rows.push([name, ...cells]);
    console.log([name, ...cells].join('  '));
  }

  /** What the kernel of n1 holds: SAs, policies. */
  async function held(): Promise<string> {
    const text = await lab.guest.script('ip -n n1 xfrm state count; ip -n n1 xfrm policy count');
    const numbers = [...text.matchAll(/\d+/g)].map(([number]) => Number(number));
    const [sas = 0, ...policies] = numbers;
    return `${sas} SAs, ${policies.slice(0, 3).reduce((sum, one) => sum + one, 0)} policies`;
  }

  it('is measured', async () => {
    const empty = agentOn(lab.guest, 3, program('-e', ['setInterval(() => {}, 1e6)']));
    empty.start();
    await empty.prints(/may be asked for its memory/);
    await sleep(10_000);
    await row('an empty Node', 3, empty);
    await empty.stop();

    const informer = agentOn(lab.guest, 2, program(`${scratch.dir}/informer.mjs`));
    informer.start();
    await informer.prints(/has \d+ Nodes/);
    await sleep(20_000);
    await row('informers of the client library', 2, informer);
    await informer.stop();

    const file = new URL('../../dist/podcloak.cjs', import.meta.url).pathname;
    const agent = agentOn(lab.guest, 1, program(file, ['agent']));
    agent.start();
    await vi.waitFor(async () => {
      const now = await held();
      console.log(now);
      if (!now.startsWith(`${2 * peers} SAs`)) throw new Error(agent.log().slice(-1000));
    }, patience);
    await sleep(60_000);
    await row(`the agent, probing: ${await held()}`, 1, agent);
    await agent.stop();

    const path = `${agentFolders(1).state}/state.json`;
    const state = parseState(await lab.guest.script(`cat ${path}`));
    if (state === undefined) throw new Error('the agent left no state');
    await lab.guest.script(`cat >${path}`, { input: formatState(answered(state)) });
    agent.start();
    await vi.waitFor(async () => {
      const now = await held();
      console.log(now);
      if (!now.endsWith(` ${11 * peers} policies`)) throw new Error(agent.log().slice(-1000));
    }, patience);
    await sleep(60_000);
    await row(`the agent, all encrypted: ${await held()}`, 1, agent);
    await agent.stop();

    console.log(`\n${peers} peers; MB\n`);
    printTable(
      ['what', 'resident', 'peak', 'of files', 'heap', 'of it used', 'outside of the heap'],
      rows,
    );
  });
});

/** As it is once all peers have answered, and have said that they send encrypted. */
function answered(state: AgentState): AgentState {
  const pairs = state.pairs.map((pair) => ({
    ...pair,
    outClosed: true,
    inClosed: true,
    tunnels: pair.tunnels.map((tunnel) => {
      return { ...tunnel, confirmed: true, peerSends: true, told: true };
    }),
  }));
  return { ...state, own: { ...state.own, publishedPhase: 'Enforced' }, pairs };
}
