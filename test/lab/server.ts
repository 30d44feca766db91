import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { onPath, type Requirement } from './tools.js';

/** A program of the lab that serves in the background. */
export interface Server {
  readonly name: string;
  readonly pid: number;
  readonly hasEnded: () => boolean;
  /** How it ended, if it has, and the last lines of its log: for an error's text. */
  readonly describe: () => string;
  /** End it with SIGTERM, later SIGKILL, and wait until it is gone. Twice does no harm. */
  readonly stop: () => Promise<void>;
}

/** What {@link startServer} needs of the machine besides the server's program. */
export const serverNeeds: Requirement = {
  name: 'setpriv',
  remedy: 'use Linux, and install util-linux 2.33 or newer',
  lacking: () => (onPath('setpriv') === undefined ? 'not on PATH' : undefined),
};

/** How long a server may take to end in its own way, in milliseconds. */
const grace = 5_000;

/**
 * Start a server whose output goes to a log file. It cannot outlive this process, however this one
 * ends: `setpriv` asks the kernel to kill it when its parent dies (prctl(2), PR_SET_PDEATHSIG), and
 * then becomes it, so that the pid is the server's own.
 * @throws Error when `setpriv` cannot be started.
 */
export async function startServer(
  name: string,
  program: string,
  args: readonly string[],
  log: string,
): Promise<Server> {
  const output = openSync(log, 'w', 0o600);
  // Its own process group: Ctrl-C in a terminal is for the test runner, which then ends this.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', program, ...args], {
    stdio: ['ignore', output, output],
    detached: true,
  });
  closeSync(output);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const pid = await startedPid(child);

  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;

  const describe = (): string => {
    const how = child.signalCode ?? `code ${child.exitCode}`;
    const end = hasEnded() ? `${name} ended with ${how}; ` : '';
    return `${end}the last lines of ${name}'s log:\n${lastLines(log)}`;
  };

  const stop = async (): Promise<void> => {
    if (hasEnded()) return;
    child.kill('SIGTERM');
    const patience = new AbortController();
    await Promise.race([ended, sleep(grace, undefined, patience).catch(() => {})]);
    patience.abort();
    if (!hasEnded()) child.kill('SIGKILL');
    await ended;
  };

  return { name, pid, hasEnded, describe, stop };
}

function startedPid(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => resolve(child.pid ?? -1));
  });
}

function lastLines(log: string): string {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-20).join('\n');
}
