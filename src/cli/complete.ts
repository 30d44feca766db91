import { valuePaths } from '../values/index.js';
import type { Command, Offer } from './command.js';
import { HELP } from './parse.js';

/**
 * What a shell may offer for the last of the words behind `podcloak`, one candidate a line. The
 * first line says how: `:words`, `:files` or `:folders`.
 */
export function complete(commands: readonly Command[], words: readonly string[]): string {
  const current = words.at(-1) ?? '';
  const shown = commands.filter(({ hidden }) => !hidden);
  if (words.length <= 1) {
    const names = shown.map(({ name }) => name);
    return answer(current.startsWith('-') ? ['--help', '--version'] : [...names, 'help'], current);
  }
  if (words[0] === 'help')
    return answer(
      shown.map(({ name }) => name),
      current,
    );
  const command = shown.find(({ name }) => name === words[0]);
  if (command === undefined) return answer([], current);

  const options = [...command.options, HELP];
  const before = words.at(-2) ?? '';
  const waiting = options.find(
    ({ name, short, value }) =>
      value !== undefined && (before === `--${name}` || before === `-${short}`),
  );
  if (waiting !== undefined) return offer('offer' in waiting ? waiting.offer : undefined, current);
  if (current.startsWith('-'))
    return answer(
      options.map(({ name }) => `--${name}`),
      current,
    );
  return offer(command.argument?.offer, current);
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
