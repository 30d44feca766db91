// What a node fetches of the image: both platforms are built, as `npm run image` builds them, and the
// compressed sizes printed, a layer each. No peer is to be had without asking a registry, so the sizes
// stand alone.
//   node bench/image.mjs [--no-build]      (dist/ is built, unless told not to)
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const output = mkdtempSync(join(tmpdir(), 'podcloak-bench-'));
process.on('exit', () => rmSync(output, { recursive: true, force: true }));
const args = ['scripts/image.mjs', '--output', output, ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
if (status !== 0) process.exit(status ?? 1);

const blob = (digest) => readFileSync(join(output, 'blobs', digest.replace(':', '/')));
const read = (digest) => JSON.parse(blob(digest).toString('utf8'));
const index = JSON.parse(readFileSync(join(output, 'index.json'), 'utf8'));
const megabytes = (bytes) => (bytes / 1e6).toFixed(2);
console.log(
  '| platform | Node and libraries, MB | podcloak, MB | all that is fetched, MB |\n|---|---|---|---|',
);
for (const { platform, digest } of manifestsOf(index)) {
  const { config, layers } = read(digest);
  const sizes = layers.map(({ size }) => size);
  const all = [config.size, blob(digest).length, ...sizes].reduce((sum, one) => sum + one, 0);
  const cells = [`${platform.os}/${platform.architecture}`, ...[...sizes, all].map(megabytes)];
  console.log(`| ${cells.join(' | ')} |`);
}
/** The platforms' manifests, behind as many indexes as there are. */
function manifestsOf({ manifests }) {
  return manifests.flatMap((one) =>
    one.platform === undefined ? manifestsOf(read(one.digest)) : [one],
  );
}
