import { isError } from '../../errors/index.js';
import { CLUSTER_OPTIONS } from '../cluster-options.js';
import type { Command, Invocation } from '../command.js';
import { type Io, report } from '../io.js';
import { CONFIGURATION_OPTIONS, judgeValues, namespaceOf } from '../judged.js';
import { loadNode } from '../load-node.js';
import { JSON_OUTPUT } from '../output.js';

export const diff: Command = {
  name: 'diff',
  summary: 'Print what applying the manifests would change in a cluster.',
  usage: '[-f FILE]... [--context NAME] [-o json]',
  description: [
    'Renders as synth does, and asks the API server what a server-side apply would make of each object',
    '(a dry run: nothing is written): objects to create, fields to change, and conflicts with other field',
    'managers, at which apply would stop. Values of Secrets are never shown, only that they differ.',
    '',
    'It finds the cluster where kubectl would, and needs the rights of the apply. Exit codes, as those of',
    'kubectl diff: 0 no difference, 1 differences, 2 or more an error.',
  ].join('\n'),
  options: [
    ...CONFIGURATION_OPTIONS,
    {
      name: 'field-manager',
      value: 'NAME',
      summary:
        'Who will apply: kubectl (the default), or such as argocd-controller and kustomize-controller.',
    },
    JSON_OUTPUT,
    ...CLUSTER_OPTIONS,
  ],
  examples: [
    'podcloak diff -f values.yaml',
    'podcloak diff -f values.yaml --context staging -o json',
    'podcloak diff -f values.yaml --set encryption.enabled=false',
  ],
  faultCode: 3,
  run,
};

async function run(invocation: Invocation, io: Io): Promise<number> {
  const { values, diagnostics } = judgeValues(invocation, io);
  report(io, diagnostics);
  if (values === undefined || diagnostics.some(isError)) return 2;
  const { renderManifests } = await import('../../render/index.js');
  const manifests = renderManifests(values, namespaceOf(invocation));
  return (await loadNode()).clusterDiff(manifests, invocation, io);
}
