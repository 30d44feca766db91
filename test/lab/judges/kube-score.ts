import { run } from '../run.js';
import { pinned, requiredTool } from '../tools.js';
import type { Finding } from './suppressions.js';

/** What kube-score's JSON has, as far as it is used here (its renderer/json_v2). */
interface Scored {
  readonly type_meta: { readonly kind: string };
  readonly object_meta: { readonly name: string };
  readonly checks: readonly {
    readonly check: { readonly id: string };
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly path: string; readonly summary: string }[] | null;
  }[];
}

/** The grade of a check that has nothing to say; warnings and errors are below. */
const OK = 10;

/** A low grade is a finding, though nothing be said of it. */
const WORDLESS = { path: '', summary: '' };

const ARGS = [
  ...['score', '--output-format', 'json'],
  // Its optional checks too, and no way for an object to excuse itself.
  ...['--all-default-optional', '--disable-ignore-checks-annotations'],
  ...['--kubernetes-version', `v${pinned('KUBERNETES').split('.').slice(0, 2).join('.')}`],
  '-',
];

/**
 * What kube-score holds against manifests.
 * @throws Error when it cannot read them
 */
export async function byKubeScore(manifests: string): Promise<Finding[]> {
  // It ends with 1 for findings and for its own trouble alike: what it prints tells.
  const { stdout, stderr } = await run(requiredTool('kube-score'), ARGS, { input: manifests });
  const scored = parsed(stdout);
  // Without an object that it knows it prints `null`, which is no praise either.
  if (!scored) throw new Error(`kube-score: ${stderr}${stdout}`);
  return scored.flatMap(({ type_meta: { kind }, object_meta: { name }, checks }) =>
    checks
      .filter(({ grade, skipped }) => !skipped && grade < OK)
      .flatMap(({ check, comments }) =>
        (comments?.length ? comments : [WORDLESS]).map(({ path, summary }) => ({
          judge: 'kube-score',
          check: check.id,
          object: [`${kind} ${withoutHash(name)}`, ...(path === '' ? [] : [path])].join(', '),
          says: summary,
        })),
      ),
  );
}

/** The Job that makes the key is named for a hash of its template, which differs from one subject to another. */
export function withoutHash(name: string): string {
  return name.replace(/-key-[0-9a-f]{8}$/, '-key-HASH');
}

function parsed(stdout: string): Scored[] | null | undefined {
  try {
    return JSON.parse(stdout) as Scored[] | null;
  } catch {
    return undefined;
  }
}
