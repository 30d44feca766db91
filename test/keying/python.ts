import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onPath, type Requirement } from '../lab/tools.js';
import type { Case } from './compute.js';

export const python: Requirement = {
  name: 'python3',
  remedy: "install Debian's python3",
  lacking: () => (onPath('python3') === undefined ? 'not on PATH' : undefined),
};

/** What recompute.py makes of the cases. */
export function recompute(cases: readonly Case[]): object[] {
  const script = fileURLToPath(new URL('./recompute.py', import.meta.url));
  const { status, stdout, stderr } = spawnSync('python3', [script], {
    input: JSON.stringify(cases),
    encoding: 'utf8',
    maxBuffer: 1 << 24,
  });
  if (status !== 0) throw new Error(`recompute.py failed: ${stderr}`);
  return JSON.parse(stdout);
}
