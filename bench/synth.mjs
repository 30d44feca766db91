// How long `podcloak synth` takes, beside an empty Node process and `helm template` of the chart that
// `helm create` makes, in one run: the commands take turns, so that a slow moment hits all of them.
//   node bench/synth.mjs [ROUNDS]          (default 25; on Node 24, installed from npm on first use)
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { node24 } from '../scripts/node24.mjs';

const rounds = Number(process.argv[2] ?? 25);
const node = node24();
if (node === undefined) {
  console.error('no Node 24: npm could not install it; check the network');
  process.exit(1);
}
const scratch = mkdtempSync(join(tmpdir(), 'podcloak-bench-'));
const empty = join(scratch, 'empty.cjs');
writeFileSync(empty, '');
const synth = ['dist/podcloak.cjs', 'synth', '-f', 'examples/ipsec.yaml'];
const env = { ...process.env, XDG_CACHE_HOME: join(scratch, 'cache') };

const contestants = [
  { name: 'node, empty script', program: node, args: [empty], env },
  {
    name: 'synth, cold',
    program: node,
    args: synth,
    env: { ...env, NODE_DISABLE_COMPILE_CACHE: '1' },
  },
  { name: 'synth, compile cache', program: node, args: synth, env },
];
const helm = helmProgram();
if (helm === undefined)
  console.log('helm 4 is not built (test/lab/setup helm4): compared with Node only');
else {
  spawnSync(helm, ['create', join(scratch, 'chart')], { stdio: 'ignore' });
  contestants.push({
    name: 'helm template (helm create)',
    program: helm,
    args: ['template', join(scratch, 'chart')],
    env,
  });
}

const times = new Map(contestants.map(({ name }) => [name, []]));
for (let round = -1; round < rounds; round += 1) {
  for (const { name, program, args, env: environment } of contestants) {
    const start = process.hrtime.bigint();
    const { status, stderr } = spawnSync(program, args, {
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
    if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
    // The first round warms the page cache and fills the compile cache.
    if (round >= 0) times.get(name).push(milliseconds);
  }
}
rmSync(scratch, { recursive: true, force: true });

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const base = times.get('node, empty script');
console.log(
  `${spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()}, ${rounds} rounds, milliseconds\n`,
);
console.log(
  '| command | min | median | max | beyond an empty Node (median of pairs) |\n|---|---|---|---|---|',
);
for (const [name, values] of times) {
  const beyond = median(values.map((value, round) => value - base[round]));
  const figures = [Math.min(...values), median(values), Math.max(...values), beyond];
  console.log(`| ${name} | ${figures.map((figure) => figure.toFixed(0)).join(' | ')} |`);
}
const peer = times.get('helm template (helm create)');
if (peer !== undefined) {
  for (const name of ['synth, cold', 'synth, compile cache']) {
    const ratio = median(times.get(name).map((value, round) => value / peer[round]));
    console.log(`\n${name} / helm template: ${ratio.toFixed(2)} (median of pairs)`);
  }
}

/** The helm 4 of the lab, at the version that the lab pins. */
function helmProgram() {
  const version = /^HELM4=(.*)$/m.exec(readFileSync('test/lab/versions.env', 'utf8'))?.[1];
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const path = join(cache, 'podcloak-lab', 'bin', `helm4-${version}`, 'helm');
  return existsSync(path) ? path : undefined;
}
