import { join } from 'node:path';
import { CHART } from '../../chart/helm-chart.js';
import { argsOfExample, EXAMPLES } from '../../examples.js';
import { type HelmVersion, helmTemplateValues } from '../helm.js';
import { rendered } from '../podcloak.js';
import { pinned } from '../tools.js';

/** Manifests that a user would apply, for others to judge. */
export interface Subject {
  /** What made them, for a test's title. */
  readonly name: string;
  /** @throws Error when they cannot be rendered. */
  readonly manifests: () => Promise<string>;
}

const SWITCHES = { enabled: 'true', disabled: 'false' } as const;
const root = join(import.meta.dirname, '../../..');

/** All that we render: each example by `synth` and by the chart, enabled and disabled, and the cleanup. */
export const SUBJECTS: readonly Subject[] = [
  ...EXAMPLES.flatMap((example) =>
    switched((setting, state) => ({
      name: `synth of examples/${example}, ${state}`,
      manifests: () => rendered([...argsOfExample(example), ...setting]),
    })),
  ),
  ...['ipsec.yaml', 'production.yaml'].map((example) => ({
    name: `synth --cleanup of examples/${example}`,
    manifests: () => rendered(['--cleanup', ...argsOfExample(example)]),
  })),
  ...([3, 4] as const).flatMap((version) => [
    { name: `the chart by helm ${version} as it comes`, manifests: () => byChart(version, []) },
    ...EXAMPLES.filter(isForOurChart).flatMap((example) =>
      switched((setting, state) => ({
        name: `the chart by helm ${version} with examples/${example}, ${state}`,
        manifests: () => byChart(version, [...argsOfExample(example), ...setting]),
      })),
    ),
  ]),
];

function switched(
  subject: (setting: readonly string[], state: keyof typeof SWITCHES) => Subject,
): Subject[] {
  return (['enabled', 'disabled'] as const).map((state) =>
    subject(['--set', `encryption.enabled=${SWITCHES[state]}`], state),
  );
}

/** The one for Cilium's chart has keys of which helm cannot be told to ignore them. */
function isForOurChart(example: string): boolean {
  return example !== 'cilium-values.yaml';
}

/** `helm template`, hooks and tests included. */
async function byChart(version: HelmVersion, args: readonly string[]): Promise<string> {
  // A helm that is built without stamps takes the cluster for one of Kubernetes 1.20.
  const all = ['--kube-version', pinned('KUBERNETES'), ...withNamespace(args)];
  const { code, stdout, stderr } = await helmTemplateValues(version, CHART, all, { cwd: root });
  if (code !== 0) throw new Error(`helm ended with ${code}: ${stderr}`);
  return stdout;
}

/** helm's own default is the namespace `default`, which is not where our documents say to install. */
function withNamespace(args: readonly string[]): readonly string[] {
  return args.includes('--namespace') ? args : ['--namespace', 'kube-system', ...args];
}
