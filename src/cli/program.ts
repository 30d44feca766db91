import { type Diagnostic, diagnostic, PodcloakError, show } from '../errors/index.js';
import { nearestWord } from '../values/index.js';
import { VERSION } from '../version.js';
import { type Command, type Entry, hasFlag, type Program } from './command.js';
import { agent } from './commands/agent.js';
import { ciliumStatus } from './commands/cilium-status.js';
import { completion } from './commands/completion.js';
import { diff } from './commands/diff.js';
import { encrypt } from './commands/encrypt.js';
import { encryption } from './commands/encryption.js';
import { explain } from './commands/explain.js';
import { keys } from './commands/keys.js';
import { lint } from './commands/lint.js';
import { synth } from './commands/synth.js';
import { values } from './commands/values.js';
import { complete } from './complete.js';
import { allCommands, findEntry, isGroup } from './find.js';
import { commandHelp, groupHelp, programHelp } from './help.js';
import { type Io, report } from './io.js';
import { parseInvocation } from './parse.js';

export const COMMANDS: readonly Entry[] = [
  synth,
  lint,
  diff,
  values,
  keys,
  encrypt,
  encryption,
  explain,
  completion,
  agent,
];

/**
 * What a script's path stands for: the image has a link `cilium-dbg`, so that the commands of Cilium's
 * guide work as written.
 */
export function programOf(script: string): Program {
  return /(^|\/)cilium-dbg$/.test(script)
    ? { name: 'cilium-dbg', entries: [ciliumStatus, encrypt] }
    : { name: 'podcloak', entries: COMMANDS };
}

/**
 * Runs one command line (without `node` and the script).
 *
 * @returns the exit code: 0 done, 1 a fault of ours, 2 bad input
 */
export async function runProgram(
  program: Program,
  args: readonly string[],
  io: Io,
): Promise<number> {
  try {
    return await dispatch(program, args, io);
  } catch (thrown) {
    return failed(thrown, io);
  }
}

/** Reports what a command threw. */
function failed(thrown: unknown, io: Io, faultCode?: number): number {
  if (thrown instanceof PodcloakError) return refuse(io, thrown.diagnostics);
  const { syscall, code } = thrown as NodeJS.ErrnoException;
  // `podcloak synth | head`: a reader that leaves early is no error, unless 0 would be an answer.
  if (syscall === 'write' && code === 'EPIPE') return faultCode ?? 0;
  if (syscall === 'write') {
    return refuse(io, [diagnostic('PC407', `standard output cannot be written (${code})`)]);
  }
  const message = thrown instanceof Error ? `${thrown.name} in ${placeOf(thrown)}` : 'unknown';
  report(io, [diagnostic('PC901', message)]);
  if (process.env.PODCLOAK_DEBUG === '1' && thrown instanceof Error) io.err(`${thrown.stack}\n`);
  return faultCode ?? 1;
}

async function dispatch(program: Program, args: readonly string[], io: Io): Promise<number> {
  const [first, ...others] = args;
  if (first === undefined) {
    io.err(programHelp(program));
    return 2;
  }
  if (first === '--version' || first === 'version') {
    io.out(`podcloak ${VERSION}\n`);
    return 0;
  }
  if (first === '__complete') {
    io.out(complete(program, others));
    return 0;
  }
  const asksHelp = first === 'help';
  const { path, entry, rest } = findEntry(program, asksHelp ? others : args);
  if (entry !== undefined && !isGroup(entry)) {
    return runCommand(entry, path, asksHelp ? ['--help'] : rest, io);
  }
  const help = entry === undefined ? programHelp(program) : groupHelp(entry, path);
  const [word] = rest;
  if (word === '--help' || word === '-h' || (asksHelp && word === undefined)) {
    io.out(help);
    return 0;
  }
  if (word === undefined) {
    io.err(help);
    return 2;
  }
  return refuse(io, [unknownCommand(entry ?? program, path, word)]);
}

async function runCommand(
  command: Command,
  path: string,
  args: readonly string[],
  io: Io,
): Promise<number> {
  const { invocation, diagnostics } = parseInvocation(command, path, args);
  if (hasFlag(invocation, 'help')) {
    io.out(commandHelp(command, path));
    return 0;
  }
  if (diagnostics.length > 0) return refuse(io, diagnostics);
  try {
    return await command.run(invocation, io);
  } catch (thrown) {
    return failed(thrown, io, command.faultCode);
  }
}

function refuse(io: Io, diagnostics: readonly Diagnostic[]): number {
  report(io, diagnostics);
  return 2;
}

function unknownCommand(
  { entries }: Pick<Program, 'entries'>,
  path: string,
  word: string,
): Diagnostic {
  const names = entries.map(({ name }) => name);
  const near = nearestWord(word, names);
  // `podcloak status` is most likely a command whose group was left out.
  const below = allCommands(entries, path);
  const inner = nearestWord(
    word,
    below.map(({ command }) => command.name),
  );
  const meant =
    near === undefined
      ? below.filter(({ command }) => command.name === inner).map((one) => one.path)
      : [`${path} ${near}`];
  const remedy =
    meant.length === 0
      ? `\`${path} --help\` lists the commands.`
      : `Did you mean ${meant.join(' or ')}?`;
  const what = word.startsWith('-')
    ? `an option before the command: ${word}`
    : `${path} has no command ${show(word)}`;
  return diagnostic('PC401', what, { remedy });
}

/** The function where an error was thrown: enough to report it, without a stack on the screen. */
function placeOf({ stack = '' }: Error): string {
  return /^\s+at (\S+)/m.exec(stack)?.[1] ?? 'an unknown place';
}
