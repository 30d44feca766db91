import { type Diagnostic, diagnostic, isError } from '../../errors/index.js';
import { DEFAULT_NAMESPACE } from '../../manifests/names.js';
import { resolveValues } from '../../values/index.js';
import { type Command, hasFlag, type Invocation, lastValue } from '../command.js';
import { checkNamespace, readInputs, VALUE_ALIASES, VALUE_OPTIONS } from '../inputs.js';
import { type Io, report } from '../io.js';

export const synth: Command = {
  name: 'synth',
  summary: 'Print the manifests for kubectl apply.',
  usage: '[-f FILE]... [--set PATH=VALUE]... [--output DIR]',
  description: [
    'Renders the agent and all it needs as YAML, in apply order, on standard output or as a folder.',
    'Values merge as in helm: defaults, each -f, --set-json, --set, --set-string, --set-file.',
    'Enabled and disabled give the same objects: to disable, render again with',
    '--set encryption.enabled=false and apply. How to remove it: docs/removal.md.',
  ].join('\n'),
  options: [
    ...VALUE_OPTIONS,
    ...VALUE_ALIASES,
    {
      name: 'namespace',
      short: 'n',
      value: 'NAME',
      summary: `Namespace of the agent, its configuration and the Secret. Default: ${DEFAULT_NAMESPACE}.`,
    },
    {
      name: 'output',
      short: 'o',
      value: 'DIR',
      offer: 'folder',
      summary: 'Write DIR/kustomization.yaml and DIR/manifests/ instead, for apply -k or apply -f.',
    },
    {
      name: 'allow-unknown',
      summary:
        'Ignore keys that Podcloak does not know, with a warning: for a whole Cilium values file.',
    },
    {
      name: 'cleanup',
      summary:
        'Print instead a DaemonSet that cleans the nodes of a Podcloak that was deleted while enabled.',
    },
    { name: 'force', summary: 'Print even if the output shows a key on a terminal.' },
  ],
  examples: [
    'podcloak synth -f examples/ipsec.yaml | kubectl apply --server-side -f -',
    'podcloak synth --set encryption.enabled=true --set ipv4NativeRoutingCIDR=10.244.0.0/16',
    'podcloak synth -f values.yaml --set encryption.enabled=false | kubectl apply --server-side -f -',
    'podcloak synth -f values.yaml --set-file encryption.ipsec.key=keys --output out/',
    'podcloak synth -f values.yaml --cleanup | kubectl apply --server-side -f -',
  ],
  run,
};

async function run(invocation: Invocation, io: Io): Promise<number> {
  const namespace = lastValue(invocation, 'namespace') ?? DEFAULT_NAMESPACE;
  const inputs = readInputs(invocation, io);
  const resolved = resolveValues(inputs.user, inputs.sources, {
    namespace,
    allowUnknown: hasFlag(invocation, 'allow-unknown'),
  });
  const { values } = resolved;
  const found: Diagnostic[] = [
    ...checkNamespace(namespace),
    ...inputs.diagnostics,
    ...resolved.diagnostics,
  ];
  const output = lastValue(invocation, 'output');
  const isCleanup = hasFlag(invocation, 'cleanup');
  // The nodes are cleaned without a key: the Secret is not rendered.
  const key = isCleanup ? '' : (values?.encryption.ipsec.key ?? '');
  if (key !== '') {
    found.push(
      diagnostic(
        'PC215',
        `Secret ${values?.namespaceOverride || namespace}/${values?.encryption.ipsec.secretName}`,
      ),
    );
    if (io.outIsTerminal && output === undefined && !hasFlag(invocation, 'force')) {
      found.push(diagnostic('PC405', 'the output holds a key'));
    }
  }
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
