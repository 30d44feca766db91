import { droppedFields, type ObjectDiff, objectDiff } from '../diff/index.js';
import { type Diagnostic, diagnostic, withoutKeys } from '../errors/index.js';
import { type DryRun, KubeError, type KubeObject } from '../kube/index.js';
import { failureOf } from './failure.js';

/** Connections at a time: each request makes its own. */
const AT_ONCE = 6;

/** Failures that every object would meet: one is enough to tell. */
const OF_ALL: readonly string[] = ['PC501', 'PC502', 'PC508', 'PC509', 'PC510'];

/**
 * Asks what an apply of the manifests would change.
 *
 * @returns the diffs in the manifests' order, and what stood in the way of the others
 * @throws PodcloakError when the API server cannot be asked at all
 */
export async function askAll(
  dryRun: DryRun,
  manifests: readonly KubeObject[],
  fieldManager: string,
): Promise<{ diffs: readonly ObjectDiff[]; problems: readonly Diagnostic[] }> {
  const namespaces = manifests
    .filter(({ kind }) => kind === 'Namespace')
    .map(({ metadata }) => metadata.name);
  const answers: (ObjectDiff | Diagnostic)[] = [];
  const waiting = [...manifests.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, manifest] = next;
      answers[index] = await askOrExplain(dryRun, manifest, fieldManager, namespaces);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return {
    diffs: answers.filter((answer): answer is ObjectDiff => 'change' in answer),
    problems: answers.filter((answer): answer is Diagnostic => 'remedy' in answer),
  };
}

async function askOrExplain(
  dryRun: DryRun,
  manifest: KubeObject,
  fieldManager: string,
  namespaces: readonly string[],
): Promise<ObjectDiff | Diagnostic> {
  try {
    return await ask(dryRun, manifest, fieldManager, namespaces);
  } catch (thrown) {
    if (!(thrown instanceof KubeError)) throw thrown;
    if (OF_ALL.includes(thrown.code)) throw failureOf(thrown);
    return explained(thrown, manifest);
  }
}

async function ask(
  dryRun: DryRun,
  manifest: KubeObject,
  fieldManager: string,
  namespaces: readonly string[],
): Promise<ObjectDiff> {
  const before = await dryRun.current(manifest);
  const dropped = fieldManager === 'kubectl' ? droppedFields(before, manifest) : [];
  try {
    const after = await dryRun.applied(manifest, { fieldManager, force: false });
    return objectDiff(manifest, before, after, { dropped });
  } catch (thrown) {
    if (!(thrown instanceof KubeError)) throw thrown;
    const unchecked = before === undefined ? notYet(thrown, manifest, namespaces) : undefined;
    if (unchecked !== undefined) return objectDiff(manifest, before, undefined, { unchecked });
    if (thrown.conflicts.length === 0) throw thrown;
    // kubectl takes over what its own client-side apply had, before it applies.
    const conflicts = thrown.conflicts.filter(
      ({ manager }) => !(fieldManager === 'kubectl' && manager === 'kubectl-client-side-apply'),
    );
    const after = await dryRun.applied(manifest, { fieldManager, force: true });
    return objectDiff(manifest, before, after, { conflicts, dropped });
  }
}

/** What a new object needs may be among the manifests, and so be there by the time of its turn. */
function notYet(
  { code, message }: KubeError,
  { metadata: { namespace } }: KubeObject,
  namespaces: readonly string[],
): string | undefined {
  if (code !== 'PC505') return undefined;
  if (!message.includes('namespaces "')) return 'it refers to another object that is not there yet';
  return namespace !== undefined && namespaces.includes(namespace)
    ? 'its namespace is not there yet'
    : undefined;
}

/** Why one object could not be asked about, as an error for whoever runs the command. */
function explained({ code, message }: KubeError, manifest: KubeObject): Diagnostic {
  const { kind, metadata } = manifest;
  const { name, namespace } = metadata;
  const what = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
  // The API server's words about a Secret may quote it.
  const words = kind === 'Secret' ? 'the API server refuses it' : withoutKeys(message);
  switch (code) {
    case 'PC503':
      return diagnostic('PC468', `${what}: ${words}`);
    case 'PC504':
    case 'PC505':
      return diagnostic('PC471', `${what}: ${words}`);
    default:
      return diagnostic('PC469', `${what}: ${words}`);
  }
}
