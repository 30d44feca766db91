import { parseArgs } from 'node:util';
import { type Diagnostic, diagnostic } from '../errors/index.js';
import { nearestWord } from '../values/index.js';
import type { Argument, Command, Given, Invocation, Option } from './command.js';

/**
 * Parses what follows the command's name; every mistake is reported, with the nearest option.
 *
 * @param path how a user calls the command
 */
export function parseInvocation(
  command: Command,
  path: string,
  args: readonly string[],
): { invocation: Invocation; diagnostics: Diagnostic[] } {
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      [...command.options, HELP].map(({ name, short, value }) => [
        name,
        {
          type: value === undefined ? ('boolean' as const) : ('string' as const),
          ...(short === undefined ? {} : { short }),
        },
      ]),
    ),
  });
  const given: Given[] = [];
  const words: string[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const option = [...command.options, HELP].find(({ name }) => name === token.name);
    if (option === undefined) diagnostics.push(unknownOption(command, path, token.rawName));
    else if (option.value !== undefined && token.value === undefined) {
      diagnostics.push(diagnostic('PC403', `${token.rawName} needs ${option.value}`));
    } else if (option.value === undefined && token.value !== undefined) {
      diagnostics.push(
        diagnostic('PC404', `${token.rawName} takes no value`, {
          remedy: `Write ${token.rawName}.`,
        }),
      );
    } else if (Array.isArray(option.offer) && !option.offer.includes(token.value)) {
      diagnostics.push(notOffered(option.offer, token.rawName, token.value ?? ''));
    } else given.push({ name: option.name, value: token.value ?? '' });
  }
  diagnostics.push(...checkArguments(command, path, given, words));
  return { invocation: { given, arguments: words }, diagnostics };
}

/** Every command has it. */
export const HELP: Option = { name: 'help', short: 'h', summary: 'Print this help.' };

function notOffered(offer: readonly string[], raw: string, value: string): Diagnostic {
  const nearest = nearestWord(value, offer);
  return diagnostic('PC420', `${raw} must be one of ${offer.join(', ')}`, {
    remedy: nearest === undefined ? undefined : `Did you mean ${raw} ${nearest}?`,
  });
}

function unknownOption(command: Command, path: string, raw: string): Diagnostic {
  const names = command.options.map(({ name }) => `--${name}`);
  const nearest = nearestWord(raw, names);
  return diagnostic('PC402', `${path} has no option ${raw}`, {
    remedy: nearest === undefined ? `See ${path} --help.` : `Did you mean ${nearest}?`,
  });
}

function numberAllowed(argument: Argument | undefined, given: readonly Given[]): number {
  if (argument?.moreOf === undefined) return argument === undefined ? 0 : 1;
  const hasFirst = given.some(({ name }) => name === argument.moreOf);
  return hasFirst ? Number.POSITIVE_INFINITY : 0;
}

function checkArguments(
  { argument }: Command,
  path: string,
  given: readonly Given[],
  words: readonly string[],
): Diagnostic[] {
  const allowed = numberAllowed(argument, given);
  const extra = words.slice(allowed).map((word) => {
    // A word where none is expected is most often half of a quoting mistake; it may be secret.
    const shown = word.length > 30 || /[0-9a-f]{16}/i.test(word) ? '' : ` ${JSON.stringify(word)}`;
    return diagnostic('PC404', `${path} does not expect the argument${shown}`);
  });
  const [word] = words;
  if (argument?.offer !== undefined && word !== undefined && !argument.offer.includes(word)) {
    const offer = argument.offer.join(', ');
    return [diagnostic('PC404', `${argument.name} must be one of ${offer}`), ...extra];
  }
  return extra;
}
