import { isError } from '../../errors/index.js';
import { lintReport, lintText, sarifLog } from '../../lint/index.js';
import { paintFor } from '../../text/colour.js';
import { allValues, type Command, hasFlag, type Invocation, lastValue } from '../command.js';
import type { Io } from '../io.js';
import {
  CONFIGURATION_OPTIONS,
  EACH_ARGUMENT,
  EACH_OPTION,
  filesOfEach,
  judgeFleet,
  judgeValues,
} from '../judged.js';
import { printJson } from '../output.js';

export const lint: Command = {
  name: 'lint',
  summary: 'Check values without a cluster, and list all that is wrong with them.',
  usage: '[-f FILE]... [--each FILE...] [-o json|sarif]',
  description: [
    'Checks values as synth does, renders nothing, and prints every error and warning with its place, its',
    'code and what to do. -o json is for programs; -o sarif for code scanning, as GitHub and GitLab have it.',
    'Exit codes: 0 no errors, 2 errors, or with --strict also warnings.',
  ].join('\n'),
  options: [
    ...CONFIGURATION_OPTIONS,
    EACH_OPTION,
    {
      name: 'output',
      short: 'o',
      value: 'FORMAT',
      offer: ['json', 'sarif'],
      summary: 'json or sarif.',
    },
    { name: 'strict', summary: 'Let warnings fail as well.' },
  ],
  argument: EACH_ARGUMENT,
  examples: [
    'podcloak lint -f values.yaml',
    'podcloak lint -f base.yaml --each clusters/*.yaml',
    'podcloak lint -f values.yaml -o sarif > podcloak.sarif',
  ],
  run,
};

function run(invocation: Invocation, io: Io): number {
  const each = filesOfEach(invocation);
  const { diagnostics } =
    each.length > 0 ? judgeFleet(invocation, io) : judgeValues(invocation, io);
  const format = lastValue(invocation, 'output');
  const files = [...allValues(invocation, 'values'), ...each].filter((file) => file !== '-');
  if (format === 'json') printJson(io, lintReport(diagnostics));
  else if (format === 'sarif') {
    printJson(io, sarifLog(diagnostics, { files, folder: process.cwd() }));
  } else io.out(lintText(diagnostics, paintFor(io.outIsTerminal, process.env)));
  const isStrict = hasFlag(invocation, 'strict');
  return diagnostics.some((found) => isStrict || isError(found)) ? 2 : 0;
}
