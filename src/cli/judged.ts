import type { Diagnostic } from '../errors/index.js';
import {
  type ClusterFindings,
  clustersOf,
  type FleetCluster,
  fleetDiagnostics,
} from '../fleet/index.js';
import { DEFAULT_NAMESPACE } from '../manifests/names.js';
import { type MergedPodcloakValues, resolveValues } from '../values/index.js';
import { allValues, hasFlag, type Invocation, lastValue, type Option } from './command.js';
import {
  checkNamespace,
  type InputReader,
  openInputs,
  VALUE_ALIASES,
  VALUE_OPTIONS,
} from './inputs.js';
import type { Io } from './io.js';

/** The options that say what is to be rendered. */
export const CONFIGURATION_OPTIONS: readonly Option[] = [
  ...VALUE_OPTIONS,
  ...VALUE_ALIASES,
  {
    name: 'namespace',
    short: 'n',
    value: 'NAME',
    summary: `Namespace of the agent, its configuration and the Secret. Default: ${DEFAULT_NAMESPACE}.`,
  },
  {
    name: 'allow-unknown',
    summary:
      'Ignore keys that Podcloak does not know, with a warning: for a whole Cilium values file.',
  },
];

/** `--each`, and the arguments that a shell makes of its pattern. */
export const EACH_OPTION: Option = {
  name: 'each',
  value: 'FILE...',
  offer: 'file',
  summary:
    'Values files of clusters, one a cluster: each is laid over the -f files, below --set. May be repeated.',
};
export const EACH_ARGUMENT = { name: 'a file of --each', suggest: 'file', moreOf: 'each' } as const;

/** What a command line asks for: values that can be rendered, if nothing is wrong. */
export interface Judged {
  readonly values?: MergedPodcloakValues;
  readonly diagnostics: readonly Diagnostic[];
}

export function namespaceOf(invocation: Invocation): string {
  return lastValue(invocation, 'namespace') ?? DEFAULT_NAMESPACE;
}

/** Reads and checks the values of a command line. */
export function judgeValues(invocation: Invocation, io: Io): Judged {
  return judge(invocation, openInputs(invocation, io));
}

function judge(invocation: Invocation, reader: InputReader, file?: string): Judged {
  const namespace = namespaceOf(invocation);
  const inputs = reader.read(file);
  const { values, diagnostics } = resolveValues(inputs.user, inputs.sources, {
    namespace,
    allowUnknown: hasFlag(invocation, 'allow-unknown'),
  });
  const found = [...checkNamespace(namespace), ...inputs.diagnostics, ...diagnostics];
  return { diagnostics: found, ...(values === undefined ? {} : { values }) };
}

export interface JudgedCluster extends FleetCluster {
  readonly values?: MergedPodcloakValues;
}

/** The values files of `--each`; empty where it was not given. */
export function filesOfEach(invocation: Invocation): string[] {
  const first = allValues(invocation, 'each');
  return first.length === 0 ? [] : [...first, ...invocation.arguments];
}

/** Reads and checks the values of all clusters of `--each`, and says everything that is wrong. */
export function judgeFleet(
  invocation: Invocation,
  io: Io,
): { clusters: readonly JudgedCluster[]; diagnostics: readonly Diagnostic[] } {
  const { clusters, problems } = clustersOf(filesOfEach(invocation));
  const reader = openInputs(invocation, io);
  const judged = clusters.map((cluster) => ({
    cluster,
    ...judge(invocation, reader, cluster.file),
  }));
  const findings: readonly ClusterFindings[] = judged;
  return {
    clusters: judged.map(({ cluster, values }) => ({
      ...cluster,
      ...(values === undefined ? {} : { values }),
    })),
    diagnostics: [...problems, ...fleetDiagnostics(findings)],
  };
}
