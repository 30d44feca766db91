import {
  diagnostic,
  ERRORS,
  type ErrorCode,
  type Explanation,
  explain as explanationOf,
  nearestCode,
  parseCode,
  show,
} from '../../errors/index.js';
import { wrap } from '../../text/wrap.js';
import type { Command, Invocation } from '../command.js';
import { type Io, report } from '../io.js';
import { JSON_OUTPUT, printJson, wantsJson } from '../output.js';

const CODES = Object.keys(ERRORS) as ErrorCode[];

export const explain: Command = {
  name: 'explain',
  summary: 'Explain the code of a message: what is wrong, why, and what to do.',
  usage: '[CODE] [-o json]',
  description: [
    'Prints what is known of a code such as PC105: what is wrong, why that matters, who says so, and what',
    'to do. Without a code it lists all of them. A message itself often knows a more precise remedy.',
  ].join('\n'),
  options: [JSON_OUTPUT],
  argument: { name: 'the code', suggest: CODES },
  examples: ['podcloak explain PC201', 'podcloak explain 201 -o json', 'podcloak explain'],
  run,
};

function run(invocation: Invocation, io: Io): number {
  const [text] = invocation.arguments;
  if (text === undefined) {
    const all = CODES.map(explanationOf);
    if (wantsJson(invocation)) printJson(io, all);
    else io.out(all.map(({ code, what }) => `${code}  ${what}\n`).join(''));
    return 0;
  }
  const code = parseCode(text);
  if (code === undefined) {
    const nearest = nearestCode(text);
    const remedy =
      nearest === undefined
        ? undefined
        : `The nearest is ${nearest} (${ERRORS[nearest].title}): podcloak explain ${nearest}.`;
    report(io, [diagnostic('PC460', `there is no code ${show(text)}`, { remedy })]);
    return 2;
  }
  const explanation = explanationOf(code);
  if (wantsJson(invocation)) printJson(io, explanation);
  else io.out(textOf(explanation));
  return 0;
}

const WIDTH = 96;

function textOf({ code, severity, what, why, when, remedy }: Explanation): string {
  const parts: readonly (readonly [string, string | undefined])[] = [
    ['What', what],
    ['Why', why],
    ['When', when],
    ['Remedy', remedy],
  ];
  const lines = parts.flatMap(([name, text]) => {
    if (text === undefined) return [];
    const [first = '', ...rest] = wrap(text, WIDTH - 8);
    return [`${name.padEnd(8)}${first}`, ...rest.map((line) => ' '.repeat(8) + line)];
  });
  return [`${code} (${severity})`, ...lines, ''].join('\n');
}
