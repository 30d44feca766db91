import { spawn } from 'node:child_process';
import { type Machine, Running } from '../lab/kernel/guest.js';

/** This machine, in this process' network namespace: what is in no guest. */
export function thisMachine(): Machine {
  const start: Machine['start'] = (program, args, { input = '', cwd, env } = {}) => {
    // They cannot outlive this process, and a signal reaches all that they started.
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', program, ...args], {
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...process.env, ...env },
      detached: true,
    });
    const running = new Running((name) => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, name);
      } catch {
        // It ended just now.
      }
    });
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => running.print(stream, text));
    }
    child.on('error', (error) => running.end(-1, error.message));
    child.on('close', (code) => running.end(code ?? -1, ''));
    // A program that does not read its input may be gone by now.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    return running;
  };
  const run: Machine['run'] = (...call) => start(...call).ended;
  return { start, run, script: scriptBy(run) };
}

function scriptBy(run: Machine['run']): Machine['script'] {
  return async (text, options) => {
    const bash = ['-c', `set -euo pipefail\n${text}`];
    const { code, stdout, stderr } = await run('bash', bash, options);
    if (code !== 0)
      throw new Error(`the script ended with code ${code}: ${stderr.trim()}\n${text}`);
    return stdout;
  };
}
