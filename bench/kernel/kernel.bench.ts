/**
 * How long it takes to put the SAs and policies of many peers into a kernel: by the agent's own path,
 * by `ip -batch`, and by a Go program with the library that Cilium and Calico use. All add the same
 * objects, each into a network namespace of its own, one after another in one guest; a dump proves that
 * they did. The others run twice: with the kernel's default table thresholds, which is what their users
 * have, and with those that we set.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CONFIG } from '../../scripts/image/build.mjs';
import { node24 } from '../../scripts/node24.mjs';
import { desired } from '../../src/datapath/index.js';
import { type Guest, guestNeeds, startGuest } from '../../test/lab/kernel/guest.js';
import { bundleForGuest, type GuestProgram } from '../../test/lab/kernel/guest-program.js';
import { labDescribe } from '../../test/lab/lab-describe.js';
import { makeScratch, type Scratch } from '../../test/lab/scratch.js';
import { cpuSeconds } from '../cpu-seconds.js';
import { argumentOr, printTable } from '../table.js';
import { goLines, ipBatch } from './formats.js';
import { goProgram } from './go-program.js';
import type { Added, Counted } from './guest-program.js';
import { NODE, pairsOf } from './peers.js';

const peers = argumentOr(5000);
/** Of the round before the first, which reads the programs from disk. */
const FEW = 20;
const nodeOptions = CONFIG.Entrypoint.slice(1, -1);

type Took = Pick<Added, 'milliseconds'> & Partial<Pick<Added, 'computing' | 'kernelShare'>>;

labDescribe('SAs and policies of many peers', guestNeeds, () => {
  let scratch: Scratch;
  let program: GuestProgram;
  let guest: Guest;
  let go: string | undefined;

  beforeAll(async () => {
    scratch = makeScratch('podcloak-bench');
    for (const [suffix, count] of [
      ['', peers],
      ['-few', FEW],
    ] as const) {
      const wish = desired(NODE, pairsOf(count));
      writeFileSync(join(scratch.dir, `batch${suffix}`), ipBatch(wish));
      writeFileSync(join(scratch.dir, `lines${suffix}`), goLines(wish));
    }
    go = goProgram();
    program = await bundleForGuest(new URL('./guest-program.ts', import.meta.url));
    guest = await startGuest({ memoryMib: 3072 });
    await guest.script('modprobe xfrm_user');
  });

  afterAll(async () => {
    await guest?.stop();
    await program?.remove();
    await scratch?.remove();
  });

  /** Our program, in the namespace. */
  async function ours<T>(...args: string[]): Promise<T> {
    const { path } = program;
    const command = [node24() ?? process.execPath, ...nodeOptions, path, ...args];
    const { code, stdout, stderr } = await guest.run('ip', ['netns', 'exec', 'bench', ...command]);
    if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
    return JSON.parse(stdout) as T;
  }

  const contestants: Record<string, (suffix: '' | '-few') => Promise<Took>> = {
    podcloak: async (suffix) => {
      const added = await ours<Added>('add', String(suffix === '' ? peers : FEW));
      expect(added.refused).toBe(0);
      return added;
    },
    'ip -batch': async (suffix) => {
      // Its start is counted, which is nothing beside the rest.
      const took = await guest.script(`
        start=$(date +%s%N)
        ip netns exec bench ip -batch ${join(scratch.dir, `batch${suffix}`)} >&2
        echo $((($(date +%s%N) - start) / 1000))`);
      return { milliseconds: Number(took) / 1000 };
    },
    'Go netlink': async (suffix) => {
      const { stdout, stderr } = await guest.run('ip', [
        ...['netns', 'exec', 'bench', go ?? '', join(scratch.dir, `lines${suffix}`)],
      ]);
      if (stdout === '') throw new Error(stderr);
      return JSON.parse(stdout) as Added;
    },
  };

  /** In a namespace that has held nothing before, as the kernel's tables grow and do not shrink. */
  async function turn(name: string, withThresholds: boolean, suffix: '' | '-few' = '') {
    await guest.script('ip netns add bench');
    if (withThresholds) await ours('thresholds', String(peers));
    const before = cpuSeconds(guest.pid);
    const took = await contestants[name]?.(suffix);
    if (took === undefined) throw new Error(`nobody is called ${name}`);
    const cpu = cpuSeconds(guest.pid) - before;
    const counted = await ours<Counted>('count');
    await guest.script(`
      ip netns exec bench ip xfrm policy flush
      ip netns exec bench ip xfrm state flush
      ip netns del bench
      sleep 2`);
    return { name: withThresholds ? `${name}, our thresholds` : name, ...took, cpu, counted };
  }

  it('adds them', async () => {
    // Nobody's first run is measured: programs come from disk, and the first SA of a kernel waits for
    // modules and their self-tests.
    for (const name of Object.keys(contestants)) {
      if (go !== undefined || name !== 'Go netlink') await turn(name, false, '-few');
    }
    if (go === undefined) console.log('Go is not there: compared with ip only');
    const turns: [string, boolean][] = [
      ['podcloak', false],
      ['ip -batch', false],
      ...(go === undefined ? [] : [['Go netlink', false] as [string, boolean]]),
      ['ip -batch', true],
      ...(go === undefined ? [] : [['Go netlink', true] as [string, boolean]]),
      // Once more, to show how much the machine's mood has changed meanwhile.
      ['podcloak', false],
    ];
    const results = [];
    for (const [name, withThresholds] of turns) {
      const result = await turn(name, withThresholds);
      results.push(result);
      console.log(
        `${result.name}: ${(result.milliseconds / 1000).toFixed(1)} s, ${result.cpu.toFixed(1)} s of processor`,
      );
    }
    const [own] = results;
    if (own === undefined) throw new Error('nothing was measured');
    for (const { counted } of results) expect(counted).toEqual(own.counted);
    const operations = own.counted.sas + own.counted.policies;
    console.log(
      `\n${peers} peers: ${own.counted.sas} SAs, ${own.counted.policies} policies; the same in all runs\n`,
    );
    printTable(
      ['who', 'seconds', 'operations/s', 'ours is faster by', 'emulator, CPU s', 'by that'],
      results.map(({ name, milliseconds, cpu }) => [
        name,
        (milliseconds / 1000).toFixed(1),
        ((operations / milliseconds) * 1000).toFixed(0),
        (milliseconds / own.milliseconds).toFixed(1),
        cpu.toFixed(1),
        (cpu / own.cpu).toFixed(1),
      ]),
    );
    const { computing = 0, kernelShare = 0 } = own;
    console.log(
      `\nOf our seconds, computing what to send: ${(computing / 1000).toFixed(1)};` +
        ` of our processor time, the kernel's: ${(kernelShare * 100).toFixed(0)} %`,
    );
  });
});
