import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for this process' eyes only, which does not outlive the process. */
export interface Scratch {
  readonly dir: string;
  /** Remove it, and wait until it is gone. */
  readonly remove: () => Promise<void>;
}

/**
 * Removes its folder when its standard input ends, which it also does when the process at the other
 * end is killed. More than once, as a program killed at the same moment may still be writing there.
 */
const guard = 'cat >/dev/null; for _ in 1 2 3 4 5 6 7 8 9; do rm -rf "$1" && exit; sleep 0.2; done';

/** Make a scratch folder whose name starts with the prefix. */
export function makeScratch(prefix: string): Scratch {
  const dir = mkdtempSync(join(tmpdir(), `${prefix}-`));
  // Detached, as Ctrl-C in a terminal reaches the whole process group, and this must survive it.
  const child = spawn('/bin/sh', ['-c', guard, 'sh', dir], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const closed = once(child, 'close');
  const remove = async (): Promise<void> => {
    child.stdin.end();
    await closed;
  };
  return { dir, remove };
}
