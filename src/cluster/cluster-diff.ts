import { type Invocation, lastValue } from '../cli/command.js';
import { type Io, report } from '../cli/io.js';
import { printJson, wantsJson } from '../cli/output.js';
import { diffText, isDifferent, summaryOf } from '../diff/index.js';
import { type Diagnostic, diagnostic } from '../errors/index.js';
import { type KubeObject, openDryRun } from '../kube/index.js';
import { reporting } from '../node/run.js';
import { paintFor } from '../text/colour.js';
import { askAll } from './ask-diff.js';

/** What kubectl calls itself in a server-side apply. */
const KUBECTL = 'kubectl';

/**
 * `podcloak diff`, with what `synth` renders.
 *
 * @returns 0 if apply would change nothing, 1 if it would, 2 if that cannot be told
 */
export function clusterDiff(
  manifests: readonly KubeObject[],
  invocation: Invocation,
  io: Io,
): Promise<number> {
  return reporting(io, async () => {
    const fieldManager = lastValue(invocation, 'field-manager') ?? KUBECTL;
    const dryRun = openDryRun({
      kubeconfig: lastValue(invocation, 'kubeconfig'),
      context: lastValue(invocation, 'context'),
      asKubectl: true,
    });
    try {
      const { diffs, problems } = await askAll(dryRun, manifests, fieldManager);
      report(io, problems);
      if (problems.length > 0) return 2;
      if (wantsJson(invocation)) {
        printJson(io, { fieldManager, objects: diffs, summary: summaryOf(diffs) });
      } else {
        io.out(diffText(diffs, paintFor(io.outIsTerminal, process.env)));
      }
      report(io, conflictsOf(diffs.filter(({ conflicts }) => conflicts.length > 0)));
      return diffs.some(isDifferent) ? 1 : 0;
    } finally {
      dryRun.close();
    }
  });
}

function conflictsOf(
  found: readonly { readonly kind: string; readonly name: string }[],
): Diagnostic[] {
  if (found.length === 0) return [];
  const names = found.map(({ kind, name }) => `${kind} ${name}`).join(', ');
  return [diagnostic('PC470', `apply would be refused: ${names}`)];
}
