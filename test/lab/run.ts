import { spawn } from 'node:child_process';

/** How a program ended; `code` is -1 when a signal ended it. */
export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Text for standard input, which is otherwise empty. */
  readonly input?: string;
  readonly cwd?: string;
  /** The whole environment; this process' own by default. */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Run a program to its end, without a shell in between. A code other than 0 is a result, not an error.
 * @throws Error when it cannot be started.
 */
export function run(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const { input = '', ...spawnOptions } = options;
    const child = spawn(program, args, spawnOptions);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
    // A program that does not read its input may be gone by now: its code and output say enough.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/**
 * {@link run}, for a step that must work; returns its standard output.
 * @throws Error with its standard error when it ends with another code than 0.
 */
export async function runOrThrow(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { code, stdout, stderr } = await run(program, args, options);
  if (code !== 0) throw new Error(`${program} ended with code ${code}: ${stderr.trim()}`);
  return stdout;
}

/**
 * A result as it must be: code 0, and nothing on standard error, where warnings go.
 * @throws Error with all that the program printed
 */
export function flawless(result: RunResult): RunResult {
  const { code, stdout, stderr } = result;
  if (code !== 0 || stderr !== '') throw new Error(`ended with ${code}:\n${stderr}${stdout}`);
  return result;
}
