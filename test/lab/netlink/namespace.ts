import { spawnSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import koffi from 'koffi';
import { runOrThrow } from '../run.js';
import { onPath, type Requirement } from '../tools.js';

/** A network namespace of this test's own, and iproute2 to look into it. */
export const NETWORK_NAMESPACE: Requirement = {
  name: 'a network namespace',
  remedy: 'run the tests on Linux as root, with iproute2 installed',
  lacking: () => {
    if (onPath('ip') === undefined) return 'no ip on PATH';
    const { status, stderr, error } = spawnSync('unshare', ['-n', 'true'], { encoding: 'utf8' });
    return status === 0 ? undefined : (error?.message ?? stderr.trim());
  },
};

const CLONE_NEWNET = 0x4000_0000;

/**
 * Moves this thread into a fresh network namespace, with the sockets and processes that it will
 * open: libuv starts processes from the thread that asks.
 *
 * @returns takes the thread back
 */
export function enterFreshNamespace(): () => void {
  const libc = koffi.load(null);
  const unshare = libc.func('int unshare(int flags)');
  const setns = libc.func('int setns(int fd, int type)');
  const before = openSync('/proc/thread-self/ns/net', 'r');
  if (unshare(CLONE_NEWNET) !== 0) throw new Error(`unshare failed: errno ${koffi.errno()}`);
  return () => {
    const left = setns(before, CLONE_NEWNET);
    closeSync(before);
    if (left !== 0) throw new Error(`setns failed: errno ${koffi.errno()}`);
  };
}

/** Runs `ip` with these arguments, split at spaces; returns its output. */
export function ip(command: string): Promise<string> {
  return runOrThrow('ip', command.split(' '));
}
