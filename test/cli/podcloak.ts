import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type RunOptions, type RunResult, run } from '../lab/run.js';

/** The built command, as a user runs it. */
export const COMMAND = join(import.meta.dirname, '../../dist/podcloak.cjs');

/** Runs `podcloak` with these arguments; `env` is added to this process' own. */
export function podcloak(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const env = { ...process.env, ...options.env };
  return run(process.execPath, [COMMAND, ...args], { ...options, env });
}

/** A folder for a test file's inputs, removed at its end. */
export function scratchFolder(): {
  path: string;
  write: (name: string, text: string | Uint8Array) => string;
} {
  const path = mkdtempSync(join(tmpdir(), 'podcloak-cli-'));
  afterAll(() => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    write: (name, text) => {
      const file = join(path, name);
      writeFileSync(file, text);
      return file;
    },
  };
}
