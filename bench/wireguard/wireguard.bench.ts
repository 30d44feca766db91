/**
 * How long it takes to make a WireGuard device what it should be: by the agent's own path, which starts
 * from its pairs, and by `wg`, which starts from a file. In turns, in one guest; `wg show` proves that all
 * end with the same.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { CONFIG } from '../../scripts/image/build.mjs';
import { node24 } from '../../scripts/node24.mjs';
import { type Guest, guestNeeds, startGuest } from '../../test/lab/kernel/guest.js';
import { bundleForGuest, type GuestProgram } from '../../test/lab/kernel/guest-program.js';
import { labDescribe } from '../../test/lab/lab-describe.js';
import { makeScratch, type Scratch } from '../../test/lab/scratch.js';
import { median } from '../median.js';
import { argumentOr, printTable } from '../table.js';
import type { Settled, Waiting } from './guest-program.js';
import { configOf, DEVICE, oneChanged, wishOf } from './peers.js';

const peers = argumentOr(5000);
const LOADS = 5;
const ROUNDS = 11;
const nodeOptions = CONFIG.Entrypoint.slice(1, -1);
const SIGNAL = { all: 'SIGHUP', 'one changed': 'SIGUSR2' } as const;
type Version = keyof typeof SIGNAL;

/** What both took in a round, in seconds. */
interface Round {
  readonly ours: number;
  readonly theirs: number;
  /** Of ours. */
  readonly details: Settled;
}

/** Our program in the guest. */
interface Own extends Waiting {
  readonly settle: (version: Version) => Promise<Settled>;
  readonly stop: () => Promise<void>;
}

labDescribe(`a WireGuard device of ${peers} peers`, guestNeeds, () => {
  let scratch: Scratch;
  let program: GuestProgram;
  let guest: Guest;
  /** Seconds that `wg` takes to do nothing. */
  let empty: number | undefined;

  beforeAll(async () => {
    scratch = makeScratch('podcloak-bench');
    const wish = wishOf(peers);
    writeFileSync(fileOf('all'), configOf(wish));
    writeFileSync(fileOf('one changed'), configOf(oneChanged(wish)));
    program = await bundleForGuest(new URL('./guest-program.ts', import.meta.url));
  });

  afterEach(async () => {
    await guest?.stop();
    empty = undefined;
  });

  afterAll(async () => {
    await program?.remove();
    await scratch?.remove();
  });

  const boot = async (): Promise<void> => {
    guest = await startGuest({ memoryMib: 3072, isCounting: true });
    // In its own memory: its clock runs on while it waits for this machine's disk.
    await guest.script(
      `ip netns add bench; cp '${fileOf('all')}' '${fileOf('one changed')}' /run/`,
    );
  };
  const nameOf = (version: Version): string => version.replace(' ', '-');
  const fileOf = (version: Version): string => join(scratch.dir, nameOf(version));

  /** A device that has held nothing before. */
  const fresh = (): Promise<string> =>
    // A device that goes waits for the kernel's readers once a peer: minutes, unless they are hurried.
    guest.script(`
      echo 1 >/sys/kernel/rcu_expedited
      ip -n bench link del ${DEVICE} 2>/dev/null || true
      echo 0 >/sys/kernel/rcu_expedited
      ip -n bench link add ${DEVICE} type wireguard`);

  /** Our program, which waits for a signal. */
  async function start(count = peers): Promise<Own> {
    const command = [node24() ?? process.execPath, ...nodeOptions, program.path, String(count)];
    const own = guest.start('ip', ['netns', 'exec', 'bench', ...command]);
    let lines = 0;
    const next = async (): Promise<unknown> => {
      lines += 1;
      await own.prints(new RegExp(`^(.+\\n){${lines}}`));
      return JSON.parse(own.stdout().split('\n')[lines - 1] ?? '');
    };
    const { opening } = (await next()) as Waiting;
    return {
      opening,
      settle: (version) => {
        own.signal(SIGNAL[version]);
        return next() as Promise<Settled>;
      },
      stop: async () => {
        own.signal('SIGKILL');
        await own.ended;
      },
    };
  }

  /** Seconds of `wg`, its start left out as Node's is. */
  async function wg(...args: string[]): Promise<number> {
    empty ??= await emptyRun();
    return (await timed(...args)) - empty;
  }

  /** The shortest of some: this machine's disk may keep the guest waiting, and its clock runs then. */
  async function emptyRun(): Promise<number> {
    const all: number[] = [];
    for (let count = 0; count < 5; count += 1) all.push(await timed('--version'));
    return Math.min(...all);
  }

  async function timed(...args: string[]): Promise<number> {
    const took = await guest.script(`
      ip netns exec bench bash -ec '
        start=$EPOCHREALTIME; wg "$@" >/dev/null; echo "$start $EPOCHREALTIME"
      ' bash ${args.join(' ')}`);
    const [begin = 0, end = 0] = took.split(' ').map(Number);
    return end - begin;
  }

  /** Of all that `wg` says of the device but for traffic: keys, endpoints, allowed IPs. */
  const digest = (): Promise<string> =>
    guest.script(`ip netns exec bench wg show ${DEVICE} dump | cut -f 1-4,8 | sort | sha256sum`);

  /** Makes it with `wg`. @returns what it should be */
  const wishedFor = async (): Promise<string> => {
    await fresh();
    await wg('setconf', DEVICE, `/run/${nameOf('all')}`);
    return digest();
  };

  it('is made', async () => {
    await boot();
    // Nobody's first run is measured: programs come from disk, and the module is loaded.
    const wished = await wishedFor();
    await fresh();
    const few = await start(20);
    await few.settle('all');
    await few.stop();

    const loads: Round[] = [];
    const openings: number[] = [];
    for (let round = 0; round < LOADS; round += 1) {
      loads.push(
        await turns(round, {
          ours: async () => {
            await fresh();
            const own = await start();
            openings.push(own.opening / 1000);
            const took = await own.settle('all');
            await own.stop();
            expect(await digest()).toBe(wished);
            return took;
          },
          theirs: async () => {
            await fresh();
            const took = await wg('setconf', DEVICE, `/run/${nameOf('all')}`);
            expect(await digest()).toBe(wished);
            return took;
          },
        }),
      );
      say('first load', loads);
    }
    print([
      row('first load, beside wg setconf', loads),
      row(
        'the same, with opening the socket',
        loads.map((one, at) => ({ ...one, ours: one.ours + (openings[at] ?? 0) })),
      ),
    ]);
    console.log(
      `\nOf ours, reading: ${part(loads, 'reading')} s, comparing and packing: ${part(loads, 'comparing')} s,` +
        ` the kernel's setting: ${part(loads, 'sending')} s`,
    );
  });

  it('is left as it is, and gets one peer changed', async () => {
    await boot();
    const wished = await wishedFor();
    await guest.script(`ip -n bench link set ${DEVICE} up`);
    const own = await start();
    const sync = (version: Version) => wg('syncconf', DEVICE, `/run/${nameOf(version)}`);
    const nothing: Round[] = [];
    const one: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      nothing.push(
        await turns(round, {
          ours: async () => changing(0, await own.settle('all')),
          theirs: () => sync('all'),
        }),
      );
      say('nothing', nothing);
      // Whoever is first changes a peer, and the other one changes it back.
      const [first, second] = ['one changed', 'all'] as const;
      one.push(
        await turns(round, {
          ours: async () => changing(1, await own.settle(round % 2 === 0 ? first : second)),
          theirs: () => sync(round % 2 === 0 ? second : first),
        }),
      );
      say('one peer', one);
    }
    await own.stop();
    expect(await digest()).toBe(wished);

    print([
      row('nothing changed, beside wg syncconf', nothing),
      row('one peer changed, beside wg syncconf', one),
    ]);
    console.log(`\nOf ours where nothing changed, reading: ${part(nothing, 'reading')} s`);
  });
});

function print(rows: string[][]): void {
  console.log(`\n${peers} peers; medians; without the starts of wg and Node\n`);
  printTable(['what', 'ours, s', 'wg, s', 'ours is faster by'], rows);
}

function part(rounds: readonly Round[], of: 'reading' | 'comparing' | 'sending'): string {
  return (median(rounds.map(({ details }) => details[of])) / 1000).toFixed(3);
}

/** One after the other; who is first changes from round to round. */
async function turns(
  round: number,
  who: { readonly ours: () => Promise<Settled>; readonly theirs: () => Promise<number> },
): Promise<Round> {
  const first = round % 2 === 0 ? undefined : await who.theirs();
  const details = await who.ours();
  return { ours: details.total / 1000, theirs: first ?? (await who.theirs()), details };
}

function changing(expected: number, settled: Settled): Settled {
  expect(settled.peers).toBe(expected);
  return settled;
}

function say(what: string, rounds: readonly Round[]): void {
  const last = rounds.at(-1);
  if (last === undefined) return;
  console.log(`${what}: ours ${last.ours.toFixed(3)} s, wg ${last.theirs.toFixed(3)} s`);
}

function row(name: string, rounds: readonly Round[]): string[] {
  return [
    name,
    median(rounds.map(({ ours }) => ours)).toFixed(3),
    median(rounds.map(({ theirs }) => theirs)).toFixed(3),
    median(rounds.map(({ ours, theirs }) => theirs / ours)).toFixed(2),
  ];
}
