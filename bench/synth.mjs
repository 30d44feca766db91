// How long `podcloak synth` takes, beside an empty Node process and `helm template` of our own chart and of
// the one that `helm create` makes, all in one run.
//   node bench/synth.mjs [ROUNDS]          (default 25; on Node 24, installed from npm on first use)
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchHelm, benchNode, printRace, printRatio, race } from './race.mjs';

const rounds = Number(process.argv[2] ?? 25);
const node = benchNode();
const scratch = mkdtempSync(join(tmpdir(), 'podcloak-bench-'));
const empty = join(scratch, 'empty.cjs');
writeFileSync(empty, '');
const env = { ...process.env, XDG_CACHE_HOME: join(scratch, 'cache') };
const uncached = { ...env, NODE_DISABLE_COMPILE_CACHE: '1' };
const values = ['-f', 'examples/ipsec.yaml'];
const synth = ['dist/podcloak.cjs', 'synth', ...values];

const EMPTY = 'an empty Node';
const contestants = [
  { name: EMPTY, commands: [{ program: node, args: [empty], env }] },
  { name: 'synth, cold', commands: [{ program: node, args: synth, env: uncached }] },
  { name: 'synth, compile cache', commands: [{ program: node, args: synth, env }] },
];
const helm = benchHelm();
const OWN = 'helm template charts/podcloak';
const CREATED = 'helm template (helm create)';
if (helm !== undefined) {
  const created = join(scratch, 'chart');
  spawnSync(helm, ['create', created], { stdio: 'ignore' });
  // A helm that was built without a version claims an old Kubernetes.
  const own = ['template', 'charts/podcloak', ...values, '--kube-version', '1.35.0'];
  contestants.push(
    { name: OWN, commands: [{ program: helm, args: own, env }] },
    { name: CREATED, commands: [{ program: helm, args: ['template', created], env }] },
  );
}
try {
  const times = race(contestants, rounds);
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  console.log(`${stdout.trim()}, ${rounds} rounds, milliseconds\n`);
  printRace(times, EMPTY);
  if (helm !== undefined) {
    for (const peer of [OWN, CREATED]) {
      for (const one of ['synth, cold', 'synth, compile cache']) printRatio(times, one, peer);
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
