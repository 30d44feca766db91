// Commands that take turns, so that a slow moment of the machine hits all of them.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { node24 } from '../scripts/node24.mjs';

/** The Node that the benches run on, installed from npm on first use. Ends the process without it. */
export function benchNode() {
  const node = node24();
  if (node !== undefined) return node;
  console.error('no Node 24: npm could not install it; check the network');
  return process.exit(1);
}

/** The helm 4 of the lab, at the version that the lab pins; undefined, and said so, where it is not built. */
export function benchHelm() {
  const version = /^HELM4=(.*)$/m.exec(readFileSync('test/lab/versions.env', 'utf8'))?.[1];
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const path = join(cache, 'podcloak-lab', 'bin', `helm4-${version}`, 'helm');
  if (existsSync(path)) return path;
  console.log('helm 4 is not built (test/lab/setup helm4): nothing to compare with');
  return undefined;
}

/**
 * Runs all contestants in each round, and one round before that warms the caches.
 *
 * @param contestants a `name` and its `commands`, run one after the other: program, args, env
 * @returns milliseconds of each round, by name
 */
export function race(contestants, rounds) {
  const times = new Map(contestants.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    for (const { name, commands } of contestants) {
      const start = process.hrtime.bigint();
      for (const command of commands) run(name, command);
      if (round >= 0) times.get(name).push(Number(process.hrtime.bigint() - start) / 1e6);
    }
  }
  return times;
}

function run(name, { program, args, env = process.env }) {
  const { status, stderr } = spawnSync(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
}

export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Prints medians and spread, and of each pair of rounds how much longer than the base. */
export function printRace(times, base) {
  const beyondHead = base === undefined ? '' : ` beyond ${base} (median of pairs) |`;
  console.log(`| command | min | median | max |${beyondHead}`);
  console.log(`|---|---|---|---|${base === undefined ? '' : '---|'}`);
  for (const [name, values] of times) {
    const figures = [Math.min(...values), median(values), Math.max(...values)];
    if (base !== undefined) {
      const baseline = times.get(base);
      figures.push(median(values.map((value, round) => value - baseline[round])));
    }
    console.log(`| ${name} | ${figures.map((figure) => figure.toFixed(0)).join(' | ')} |`);
  }
}

/** Prints how many times as long one took as another, and the spread of that. */
export function printRatio(times, one, other) {
  const ratios = times.get(one).map((value, round) => value / times.get(other)[round]);
  const spread = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
  console.log(`\n${one} / ${other}: ${median(ratios).toFixed(2)} (median of pairs; ${spread})`);
}
