import { type Diagnostic, diagnostic, isError } from '../../errors/index.js';
import {
  type AlgorithmFacts,
  adviceOn,
  algorithmNames,
  type KeyLineFacts,
  keyLineFacts,
  parseKeyLines,
} from '../../key-lines/index.js';
import type { Command, Invocation } from '../command.js';
import { type Io, inputName, MAX_FILE_BYTES, readText, report } from '../io.js';
import { JSON_OUTPUT, printJson, wantsJson } from '../output.js';

export const verifyKeys: Command = {
  name: 'verify',
  summary: 'Check the lines of a key file, without a cluster.',
  usage: 'FILE|- [-o json]',
  description: [
    'Reads key lines as agents do, from a file or with - from standard input, and says of each its id,',
    'algorithms and the lengths of its keys, then what is wrong with it or could be better. It asks no',
    'API server and never shows anything of a key.',
    '',
    'Exit code 0: agents take the file, even with warnings. 2: they refuse it as a whole.',
  ].join('\n'),
  options: [JSON_OUTPUT],
  argument: { name: 'the key file', suggest: 'file' },
  examples: ['podcloak keys verify keys', 'podcloak keys verify - -o json < keys'],
  run,
};

function run(invocation: Invocation, io: Io): number {
  const [path] = invocation.arguments;
  if (path === undefined) {
    report(io, [
      diagnostic('PC403', 'podcloak keys verify needs a FILE', {
        remedy: 'Name the key file, or - for standard input.',
      }),
    ]);
    return 2;
  }
  const found = readText(io, path, MAX_FILE_BYTES);
  if ('problem' in found) {
    report(io, [found.problem]);
    return 2;
  }
  const { keys, problems } = parseKeyLines(found.text);
  const facts = keys.map(keyLineFacts);
  const diagnostics = [...problems, ...facts.flatMap(adviceOn)]
    .sort((one, other) => one.line - other.line)
    .map(({ code, line, message }) =>
      diagnostic(code, message, { place: { source: inputName(path), line, column: 1 } }),
    );
  const isGood = !diagnostics.some(isError);
  if (wantsJson(invocation)) printJson(io, jsonOf(facts, diagnostics, isGood));
  else {
    io.out(facts.map((one) => `${lineText(one)}\n`).join(''));
    const current = facts.at(-1);
    if (isGood && facts.length > 1 && current !== undefined) {
      io.out(`Agents prefer the last line, key id ${current.keyID}.\n`);
    }
    report(io, diagnostics);
  }
  return isGood ? 0 : 2;
}

function lineText(facts: KeyLineFacts): string {
  const { keyID, algorithms, icvBits } = facts;
  const parts = [
    algorithmNames(facts),
    ...algorithms.map((one) => keyText(one, algorithms.length > 1)),
    ...(icvBits === undefined ? [] : [`check value of ${icvBits} bits`]),
  ];
  return `Key id ${keyID}: ${parts.join(', ')}`;
}

function keyText({ algorithm, keyBits, saltBits }: AlgorithmFacts, isOneOfTwo: boolean): string {
  const whose = isOneOfTwo ? ` of ${algorithm}` : '';
  const salt = saltBits === 0 ? '' : ` and a salt of ${saltBits}`;
  return `key${whose} of ${keyBits} bits${salt}`;
}

function jsonOf(
  facts: readonly KeyLineFacts[],
  diagnostics: readonly Diagnostic[],
  isGood: boolean,
): object {
  return {
    valid: isGood,
    // Which one that is cannot be told of a file that agents refuse.
    currentKeyID: isGood ? (facts.at(-1)?.keyID ?? null) : null,
    keys: facts,
    findings: diagnostics.map(({ code, severity, message, remedy, place }) => ({
      ...{ code, severity, message, remedy, line: place?.line },
    })),
  };
}
