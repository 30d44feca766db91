import { mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RunResult, run } from '../lab/run.js';
import { requiredTool } from '../lab/tools.js';

/** Who follows the README. */
export interface User {
  /** A folder of the user's own with the repo's charts, in which {@link type} runs. */
  readonly home: string;
  /** Runs lines in bash, as the user types them, with kubectl, helm and podcloak on PATH. */
  readonly type: (lines: string) => Promise<RunResult>;
}

const inRepo = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const PODCLOAK = inRepo('dist/podcloak.cjs');
const CHARTS = inRepo('charts');

export function startUser(dir: string, kubeconfig: string): User {
  const home = join(dir, 'home');
  const programs = join(dir, 'bin');
  mkdirSync(home);
  mkdirSync(programs);
  symlinkSync(requiredTool('kubectl'), join(programs, 'kubectl'));
  symlinkSync(requiredTool('helm4'), join(programs, 'helm'));
  symlinkSync(PODCLOAK, join(programs, 'podcloak'));
  symlinkSync(CHARTS, join(home, 'charts'));
  const PATH = `${programs}${delimiter}${process.env.PATH ?? ''}`;
  const env = { PATH, HOME: home, KUBECONFIG: kubeconfig };
  return {
    home,
    // Any command that fails does, also within a pipe: a user would see what it says. Without the
    // system's settings, which bash reads as its standard input is a socket and the variables are few.
    type: (lines) => run('bash', ['--norc', '-euo', 'pipefail', '-c', lines], { cwd: home, env }),
  };
}
