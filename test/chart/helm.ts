import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { HelmVersion } from '../lab/helm.js';
import { type RunResult, run } from '../lab/run.js';
import { requiredTool } from '../lab/tools.js';

/** Runs helm with arguments, in the folder that all its own files are in, too. */
export type Helm = (...args: string[]) => Promise<RunResult>;

/** The real helm, which sees nothing of the user's own configuration, and this cluster, if any. */
export function helmIn(folder: string, version: HelmVersion, kubeconfig?: string): Helm {
  const program = requiredTool(version === 3 ? 'helm3' : 'helm4');
  const home = join(folder, `helm${version}`);
  mkdirSync(home, { recursive: true });
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    ...(kubeconfig === undefined ? {} : { KUBECONFIG: kubeconfig }),
  };
  return (...args) => run(program, args, { cwd: folder, env });
}

/**
 * What helm printed.
 * @throws Error with all of it when helm failed
 */
export async function done(result: Promise<RunResult>): Promise<string> {
  const { code, stdout, stderr } = await result;
  if (code !== 0) throw new Error(`helm ended with ${code}:\n${stderr}${stdout}`);
  return stdout;
}
