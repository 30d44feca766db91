import { tmpdir } from 'node:os';
import { withoutHash } from '../lab/judges/kube-score.js';
import { type Finding, unasked } from '../lab/judges/suppressions.js';
import { run } from '../lab/run.js';
import { onPath, type Requirement } from '../lab/tools.js';

/** What kube-linter's JSON has, as far as it is used here (its pkg/run, pkg/diagnostic, pkg/lintcontext). */
interface Linted {
  readonly Reports:
    | readonly {
        readonly Check: string;
        readonly Diagnostic: { readonly Message: string };
        readonly Object: {
          readonly K8sObject: {
            readonly Name: string;
            readonly GroupVersionKind: { readonly Kind: string };
          };
        };
      }[]
    | null;
}

/** The release whose checks and words suppressions.yaml is about. */
const RELEASE = '0.8.3';

/** kube-linter, which test/lab/setup cannot install: see the test. */
export const kubeLinter: Requirement = {
  name: 'kube-linter',
  remedy: `go install golang.stackrox.io/kube-linter/cmd/kube-linter@v${RELEASE}, or set PODCLOAK_KUBE_LINTER`,
  lacking: () =>
    path() === undefined ? 'not on PATH, and PODCLOAK_KUBE_LINTER is not set' : undefined,
};

/**
 * What kube-linter holds against manifests, by all of its checks but those that suppressions.yaml leaves out.
 * @throws Error when it cannot read all of them
 */
export async function byKubeLinter(manifests: string): Promise<Finding[]> {
  const out = unasked('kube-linter').flatMap((check) => ['--exclude', check]);
  const args = ['lint', '--add-all-built-in', ...out, '--format', 'json', '--verbose', '-'];
  // It ends with 1 for findings and for its own trouble alike: what it prints tells.
  const { stdout, stderr } = await asked(args, withoutEmpty(manifests));
  const linted = parsed<Linted>(stdout);
  // An object that it cannot read is a warning to it, and is then judged by nobody.
  if (!linted || /^Warning:/m.test(stderr)) throw new Error(`kube-linter: ${stderr}${stdout}`);
  return (linted.Reports ?? []).map(({ Check, Diagnostic, Object: { K8sObject } }) => ({
    judge: 'kube-linter',
    check: Check,
    object: `${K8sObject.GroupVersionKind.Kind} ${withoutHash(K8sObject.Name)}`,
    says: Diagnostic.Message,
  }));
}

/**
 * The names of all its checks.
 * @throws Error when it does not list them
 */
export async function checksOfKubeLinter(): Promise<string[]> {
  const { stdout, stderr } = await asked(['checks', 'list', '--format', 'json'], '');
  const checks = parsed<readonly { readonly name: string }[]>(stdout);
  if (!checks) throw new Error(`kube-linter: ${stderr}${stdout}`);
  return checks.map(({ name }) => name);
}

/** A document that is but a comment, as the first line of what synth prints, is to it one that it cannot read. */
function withoutEmpty(manifests: string): string {
  const documents = manifests.split(/^---$/m);
  return documents.filter((document) => /^[^#\s]/m.test(document)).join('---');
}

function asked(args: readonly string[], input: string): ReturnType<typeof run> {
  // A file `.kube-linter.yaml` of where it is run would be its settings.
  return run(path() ?? 'kube-linter', args, { input, cwd: tmpdir() });
}

function path(): string | undefined {
  return process.env.PODCLOAK_KUBE_LINTER || onPath('kube-linter');
}

function parsed<T>(stdout: string): T | null | undefined {
  try {
    return JSON.parse(stdout) as T | null;
  } catch {
    return undefined;
  }
}
