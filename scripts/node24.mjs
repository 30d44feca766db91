import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The Node 24 that tests and benchmarks use beside the machine's own. */
export const NODE_24 = '24.21.0';

/**
 * The path of a Node 24 binary: this process's own, or else {@link exactNode24}.
 *
 * @returns undefined where it cannot be installed
 */
export function node24() {
  return process.versions.node.startsWith('24.') ? process.execPath : exactNode24();
}

/**
 * The path of a binary of just that version: this process's own, or one from npm in a cache outside the
 * repo, installed there on first use.
 *
 * @returns undefined where it cannot be installed
 */
export function exactNode24() {
  if (process.versions.node === NODE_24) return process.execPath;
  const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'podcloak-lab');
  const folder = join(cache, `node-${platform}-${NODE_24}`);
  const binary = join(folder, 'node_modules', `node-${platform}`, 'bin', 'node');
  if (existsSync(binary)) return binary;
  mkdirSync(cache, { recursive: true });
  // Installed under another name and renamed when complete: a half-filled folder is never found.
  const fresh = mkdtempSync(join(cache, 'node-'));
  console.error(`installing Node ${NODE_24} from npm, once`);
  const { status } = spawnSync(
    'npm',
    [
      'install',
      '--prefix',
      fresh,
      '--no-save',
      '--no-audit',
      '--no-fund',
      `node-${platform}@${NODE_24}`,
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  if (status === 0 && existsSync(join(fresh, 'node_modules', `node-${platform}`, 'bin', 'node'))) {
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
  } else rmSync(fresh, { recursive: true, force: true });
  return existsSync(binary) ? binary : undefined;
}
