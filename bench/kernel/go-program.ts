import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onPath } from '../../test/lab/tools.js';

/**
 * The path of the Go program, built on first use and whenever its source changes, outside the repo;
 * undefined without Go.
 */
export function goProgram(): string | undefined {
  const source = fileURLToPath(new URL('./go', import.meta.url));
  const hash = createHash('sha256');
  for (const name of ['main.go', 'go.mod', 'go.sum']) hash.update(readFileSync(join(source, name)));
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  const bin = join(cache, 'podcloak-lab', 'bin');
  const target = join(bin, `bench-kernel-${hash.digest('hex').slice(0, 16)}`);
  if (existsSync(target)) return target;
  if (onPath('go') === undefined) return undefined;
  console.error('building the Go program (once) …');
  mkdirSync(bin, { recursive: true });
  // It appears under its name only when it is whole.
  const work = mkdtempSync(join(bin, 'bench-'));
  execFileSync('go', ['build', '-trimpath', '-o', join(work, 'program'), '.'], {
    cwd: source,
    env: { ...process.env, CGO_ENABLED: '0' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  renameSync(join(work, 'program'), target);
  rmSync(work, { recursive: true });
  return target;
}
