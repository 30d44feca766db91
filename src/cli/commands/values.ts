import { type Diagnostic, isError } from '../../errors/index.js';
import { findingOf } from '../../lint/index.js';
import { DEFAULT_NAMESPACE } from '../../manifests/names.js';
import { commentedDefaults, defaultsOf, parseYamlSource, SCHEMA } from '../../values/index.js';
import { type Command, hasFlag, type Invocation, lastValue } from '../command.js';
import { type Io, inputName, MAX_VALUES_BYTES, readText, report } from '../io.js';
import { JSON_OUTPUT, printJson, wantsJson } from '../output.js';

export const values: Command = {
  name: 'values',
  summary: "Print all values with their defaults, their JSON Schema, or values from Cilium's.",
  usage: '[--schema | --from FILE] [-o json]',
  description: [
    'Prints a values file with every value, its default and what it does: a start for your own.',
    '',
    "--from takes a values file of Cilium's chart and prints the values of Podcloak that say the same. On",
    'standard error stands what has no counterpart and why; with -o json that is in the output, too.',
  ].join('\n'),
  options: [
    { name: 'schema', summary: 'Print the JSON Schema (draft 2020-12), for editors and checks.' },
    {
      name: 'from',
      value: 'FILE',
      offer: 'file',
      summary: "A values file of Cilium's chart, or standard input (-).",
    },
    JSON_OUTPUT,
  ],
  examples: [
    'podcloak values > values.yaml',
    'podcloak values --schema > values.schema.json',
    'podcloak values --from cilium-values.yaml > values.yaml',
    'helm get values -n kube-system cilium | podcloak values --from -',
  ],
  run,
};

function run(invocation: Invocation, io: Io): Promise<number> | number {
  const from = lastValue(invocation, 'from');
  if (from !== undefined) return convert(from, invocation, io);
  if (hasFlag(invocation, 'schema')) printJson(io, SCHEMA);
  else if (wantsJson(invocation)) printJson(io, defaultsOf());
  else io.out(commentedDefaults());
  return 0;
}

async function convert(file: string, invocation: Invocation, io: Io): Promise<number> {
  const read = readText(io, file, MAX_VALUES_BYTES);
  if ('problem' in read) return refuse(io, [read.problem]);
  const { source, diagnostics } = parseYamlSource(inputName(file), read.text);
  if (source === undefined || diagnostics.some(isError)) return refuse(io, diagnostics);
  // Its tables are made when they are loaded, which no other command has to wait for.
  const { fromCilium, valuesFileText } = await import('../../cilium/index.js');
  const { values: converted, report: found } = fromCilium(source, DEFAULT_NAMESPACE);
  if (wantsJson(invocation)) {
    printJson(io, { values: converted ?? null, report: found.map(findingOf) });
  } else {
    report(io, found);
    if (converted !== undefined) io.out(valuesFileText(converted, inputName(file)));
  }
  return converted === undefined ? 2 : 0;
}

function refuse(io: Io, found: readonly Diagnostic[]): number {
  report(io, found);
  return 2;
}
