import { wrap } from '../text/wrap.js';
import { VERSION } from '../version.js';
import type { Command, Entry, Group, Option, Program } from './command.js';
import { shown } from './find.js';
import { HELP } from './parse.js';

/** The help of one command; `path` is how a user calls it. */
export function commandHelp(command: Command, path: string): string {
  const options = [...command.options, HELP];
  return [
    `Usage: ${path} ${command.usage}`.trimEnd(),
    '',
    command.description,
    '',
    'Options:',
    ...table(options.map((option) => [flagOf(option), option.summary])),
    '',
    'Examples:',
    ...command.examples.map((example) => `  ${example}`),
    '',
  ].join('\n');
}

/** The help of a group: its commands; `path` is how a user calls it. */
export function groupHelp(group: Group, path: string): string {
  return [
    `Usage: ${path} COMMAND [OPTION...]`,
    '',
    group.description,
    '',
    'Commands:',
    ...entryTable(group.entries),
    '',
    'Options:',
    ...table([['-h, --help', 'Print this help; behind a command, its own.']]),
    '',
  ].join('\n');
}

/** The help of the program: its commands. */
export function programHelp({ name, entries }: Program): string {
  return [
    `Usage: ${name} COMMAND [OPTION...]`,
    '',
    `Podcloak ${VERSION}: encrypts pod traffic between the nodes of a Kubernetes cluster.`,
    '',
    'Commands:',
    ...entryTable(entries),
    '',
    'Options:',
    ...table([
      ['-h, --help', 'Print this help; behind a command, its own.'],
      ['    --version', 'Print the version.'],
    ]),
    '',
    'Exit codes: 0 done, 1 a fault of Podcloak, 2 bad input. Every message has a code: podcloak explain CODE.',
    '',
  ].join('\n');
}

function entryTable(entries: readonly Entry[]): string[] {
  return table(shown(entries).map(({ name, summary }) => [name, summary]));
}

function flagOf({ name, short, value }: Option): string {
  const dash = short === undefined ? '    ' : `-${short}, `;
  return `${dash}--${name}${value === undefined ? '' : ` ${value}`}`;
}

const WIDTH = 100;

/** Two columns; the second wraps. */
function table(rows: readonly (readonly [string, string])[]): string[] {
  const left = Math.min(34, Math.max(...rows.map(([name]) => name.length)));
  return rows.flatMap(([name, text]) => {
    const lines = wrap(text, WIDTH - left - 4);
    const pad = ' '.repeat(left + 4);
    const first =
      name.length > left
        ? [`  ${name}`, `${pad}${lines[0]}`]
        : [`  ${name.padEnd(left)}  ${lines[0]}`];
    return [...first, ...lines.slice(1).map((line) => pad + line)];
  });
}
