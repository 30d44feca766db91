import { type Diagnostic, diagnostic, PodcloakError } from '../errors/index.js';
import { nearestWord } from '../values/index.js';
import { VERSION } from '../version.js';
import { type Command, hasFlag } from './command.js';
import { completion } from './commands/completion.js';
import { synth } from './commands/synth.js';
import { values } from './commands/values.js';
import { complete } from './complete.js';
import { commandHelp, programHelp } from './help.js';
import { type Io, report } from './io.js';
import { parseInvocation } from './parse.js';

export const COMMANDS: readonly Command[] = [synth, values, completion];

/**
 * Runs one command line (without `node` and the script).
 *
 * @returns the exit code: 0 done, 1 a fault of ours, 2 bad input
 */
export async function runProgram(args: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(args, io);
  } catch (thrown) {
    if (thrown instanceof PodcloakError) return refuse(io, thrown.diagnostics);
    const { syscall, code } = thrown as NodeJS.ErrnoException;
    // `podcloak synth | head`: a reader that leaves early is no error.
    if (syscall === 'write' && code === 'EPIPE') return 0;
    if (syscall === 'write') {
      return refuse(io, [diagnostic('PC407', `standard output cannot be written (${code})`)]);
    }
    const message = thrown instanceof Error ? `${thrown.name} in ${placeOf(thrown)}` : 'unknown';
    report(io, [diagnostic('PC901', message)]);
    if (process.env.PODCLOAK_DEBUG === '1' && thrown instanceof Error) io.err(`${thrown.stack}\n`);
    return 1;
  }
}

async function dispatch(args: readonly string[], io: Io): Promise<number> {
  const [first, ...rest] = args;
  if (first === undefined) {
    io.err(programHelp(COMMANDS));
    return 2;
  }
  if (first === '--version' || first === 'version') {
    io.out(`podcloak ${VERSION}\n`);
    return 0;
  }
  if (first === '__complete') {
    io.out(complete(COMMANDS, rest));
    return 0;
  }
  if (first === '--help' || first === '-h' || (first === 'help' && rest.length === 0)) {
    io.out(programHelp(COMMANDS));
    return 0;
  }
  const name = first === 'help' ? (rest[0] ?? '') : first;
  const command = COMMANDS.find((one) => one.name === name);
  if (command === undefined) return refuse(io, [unknownCommand(name)]);
  const { invocation, diagnostics } = parseInvocation(
    command,
    first === 'help' ? ['--help'] : rest,
  );
  if (hasFlag(invocation, 'help')) {
    io.out(commandHelp(command));
    return 0;
  }
  return diagnostics.length > 0 ? refuse(io, diagnostics) : command.run(invocation, io);
}

function refuse(io: Io, diagnostics: readonly Diagnostic[]): number {
  report(io, diagnostics);
  return 2;
}

function unknownCommand(name: string): Diagnostic {
  const nearest = nearestWord(
    name,
    COMMANDS.map((one) => one.name),
  );
  const remedy = nearest === undefined ? undefined : `Did you mean podcloak ${nearest}?`;
  const shown = name.startsWith('-')
    ? `an option before the command: ${name}`
    : `no command ${JSON.stringify(name)}`;
  return diagnostic('PC401', shown, { remedy });
}

/** The function where an error was thrown: enough to report it, without a stack on the screen. */
function placeOf({ stack = '' }: Error): string {
  return /^\s+at (\S+)/m.exec(stack)?.[1] ?? 'an unknown place';
}
