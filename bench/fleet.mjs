// How long rendering a fleet takes: one `podcloak synth --each` beside one `helm template` of our own chart a
// cluster, in one run.
//   node bench/fleet.mjs [CLUSTERS]        (default 50; on Node 24, installed from npm on first use)
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { benchHelm, benchNode, printRace, printRatio, race } from './race.mjs';

const ROUNDS = 7;
const clusters = Number(process.argv[2] ?? 50);
const node = benchNode();
const helm = benchHelm();
const scratch = mkdtempSync(join(tmpdir(), 'podcloak-bench-'));
try {
  const base = join(scratch, 'base.yaml');
  writeFileSync(base, 'encryption:\n  enabled: true\nmonitoring:\n  enabled: true\n');
  mkdirSync(join(scratch, 'clusters'));
  const files = Array.from({ length: clusters }, (_, i) => {
    const file = join(scratch, 'clusters', `c${i}.yaml`);
    writeFileSync(file, `ipv4NativeRoutingCIDR: 10.${i % 256}.0.0/16\n`);
    return file;
  });
  const env = { ...process.env, XDG_CACHE_HOME: join(scratch, 'cache') };
  const out = ['--output', join(scratch, 'out')];
  const synth = ['dist/podcloak.cjs', 'synth', '-f', base, '--each', ...files, ...out];
  const EACH = `synth --each of ${clusters} clusters`;
  const HELM = `${clusters} times helm template`;
  const contestants = [{ name: EACH, commands: [{ program: node, args: synth, env }] }];
  if (helm !== undefined) {
    mkdirSync(join(scratch, 'helm'));
    for (const file of files) mkdirSync(join(scratch, 'helm', basename(file)));
    const commands = files.map((file) => {
      const args = ['template', 'charts/podcloak', '-f', base, '-f', file];
      // A folder a cluster, as ours.
      args.push('--output-dir', join(scratch, 'helm', basename(file)));
      // A helm that was built without a version claims an old Kubernetes.
      return { program: helm, args: [...args, '--kube-version', '1.35.0'], env };
    });
    contestants.push({ name: HELM, commands });
  }
  const times = race(contestants, ROUNDS);
  console.log(`${ROUNDS} rounds, milliseconds\n`);
  printRace(times);
  if (helm !== undefined) printRatio(times, HELM, EACH);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
