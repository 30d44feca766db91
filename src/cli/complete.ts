import { valuePaths } from '../values/index.js';
import type { Command, Offer, Program } from './command.js';
import { findEntry, isGroup, shown } from './find.js';
import { HELP } from './parse.js';

/**
 * What a shell may offer for the last of the words behind the program's name, one candidate a line.
 * The first line says how: `:words`, `:files` or `:folders`.
 */
export function complete(program: Program, words: readonly string[]): string {
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const asksHelp = before[0] === 'help';
  const { entry, rest } = findEntry(program, asksHelp ? before.slice(1) : before);
  if (entry !== undefined && !isGroup(entry)) {
    return asksHelp ? answer([], current) : completeCommand(entry, rest, current);
  }
  // An option or a word that nothing is known of: no guess behind it.
  if (rest.length > 0) return answer([], current);
  const isTop = entry === undefined;
  if (current.startsWith('-')) {
    return answer(isTop ? ['--help', '--version'] : ['--help'], current);
  }
  const names = shown(isTop ? program.entries : entry.entries).map(({ name }) => name);
  return answer(isTop && !asksHelp ? [...names, 'help'] : names, current);
}

/** @param before the words between the command's name and the current one */
function completeCommand(command: Command, before: readonly string[], current: string): string {
  const options = [...command.options, HELP];
  const last = before.at(-1);
  const waiting = options.find(
    ({ name, short, value }) =>
      value !== undefined && (last === `--${name}` || last === `-${short}`),
  );
  if (waiting !== undefined) return offer('offer' in waiting ? waiting.offer : undefined, current);
  if (current.startsWith('-')) {
    return answer(
      options.map(({ name }) => `--${name}`),
      current,
    );
  }
  const { offer: allowed, suggest, moreOf } = command.argument ?? {};
  const isTaken = moreOf === undefined || before.some((word) => word.startsWith(`--${moreOf}`));
  return offer(isTaken ? (allowed ?? suggest) : undefined, current);
}

function offer(what: Offer | undefined, current: string): string {
  if (what === 'file') return ':files\n';
  if (what === 'folder') return ':folders\n';
  if (what === 'value-path')
    return answer(
      valuePaths().map((path) => `${path}=`),
      current,
    );
  return answer(what ?? [], current);
}

function answer(candidates: readonly string[], current: string): string {
  const fitting = candidates.filter((candidate) => candidate.startsWith(current));
  return [':words', ...fitting, ''].join('\n');
}
