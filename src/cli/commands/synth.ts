import { type Diagnostic, diagnostic, isError } from '../../errors/index.js';
import { type Command, hasFlag, type Invocation, lastValue } from '../command.js';
import { type Io, report } from '../io.js';
import {
  CONFIGURATION_OPTIONS,
  EACH_ARGUMENT,
  EACH_OPTION,
  filesOfEach,
  judgeValues,
  namespaceOf,
} from '../judged.js';
import { keyWarning } from '../rendered-key.js';
import { synthFleet } from '../synth-fleet.js';

export const synth: Command = {
  name: 'synth',
  summary: 'Print the manifests for kubectl apply.',
  usage: '[-f FILE]... [--each FILE...] [--set PATH=VALUE]... [--output DIR]',
  description: [
    'Renders the agent and all it needs as YAML, in apply order, on standard output or as a folder.',
    'Values merge as in helm: defaults, each -f, --set-json, --set, --set-string, --set-file.',
    'Enabled and disabled give the same objects: to disable, render again with',
    '--set encryption.enabled=false and apply. How to remove it: docs/removal.md.',
    '',
    '--each renders many clusters at once: for each of its files, a folder of that name below DIR. If',
    'anything is wrong with any of them, all of it is said and nothing is written.',
  ].join('\n'),
  options: [
    ...CONFIGURATION_OPTIONS,
    EACH_OPTION,
    {
      name: 'output',
      short: 'o',
      value: 'DIR',
      offer: 'folder',
      summary: 'Write DIR/kustomization.yaml and DIR/manifests/ instead, for apply -k or apply -f.',
    },
    {
      name: 'cleanup',
      summary:
        'Print instead a DaemonSet that cleans the nodes of a Podcloak that was deleted while enabled.',
    },
    { name: 'force', summary: 'Print even if the output shows a key on a terminal.' },
  ],
  argument: EACH_ARGUMENT,
  examples: [
    'podcloak synth -f examples/ipsec.yaml | kubectl apply --server-side -f -',
    'podcloak synth --set encryption.enabled=true --set ipv4NativeRoutingCIDR=10.244.0.0/16',
    'podcloak synth -f values.yaml --set encryption.enabled=false | kubectl apply --server-side -f -',
    'podcloak synth -f values.yaml --set-file encryption.ipsec.key=keys --output out/',
    'podcloak synth -f base.yaml --each clusters/*.yaml --output out/',
    'podcloak synth -f values.yaml --cleanup | kubectl apply --server-side -f -',
  ],
  run,
};

async function run(invocation: Invocation, io: Io): Promise<number> {
  if (filesOfEach(invocation).length > 0) return synthFleet(invocation, io);
  const namespace = namespaceOf(invocation);
  const { values, diagnostics } = judgeValues(invocation, io);
  const output = lastValue(invocation, 'output');
  const isCleanup = hasFlag(invocation, 'cleanup');
  // The nodes are cleaned without a key: the Secret is not rendered.
  const key = isCleanup ? [] : keyWarning(values, namespace);
  const found: Diagnostic[] = [...diagnostics, ...key];
  const isShown = io.outIsTerminal && output === undefined && !hasFlag(invocation, 'force');
  if (key.length > 0 && isShown) found.push(diagnostic('PC405', 'the output holds a key'));
  report(io, found);
  if (values === undefined || found.some(isError)) return 2;

  // Loaded only now: the construct library is most of the program, and mistakes need none of it.
  const { outputFiles, renderCleanup, renderManifests, streamYaml, writeFolder } = await import(
    '../../render/index.js'
  );
  const manifests = (isCleanup ? renderCleanup : renderManifests)(values, namespace);
  if (output === undefined) io.out(streamYaml(manifests));
  else {
    writeFolder(output, outputFiles(manifests));
    io.err(`wrote ${manifests.length} manifests and kustomization.yaml to ${output}\n`);
  }
  return 0;
}
