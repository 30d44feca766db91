import { type Diagnostic, diagnostic, isError } from '../errors/index.js';
import type { MergedPodcloakValues } from '../values/index.js';
import { hasFlag, type Invocation, lastValue } from './command.js';
import { type Io, report } from './io.js';
import { judgeFleet, namespaceOf } from './judged.js';
import { progressOn } from './progress.js';
import { keyWarning } from './rendered-key.js';

/** `podcloak synth --each`: a folder a cluster, in one process, and nothing if any of them is wrong. */
export async function synthFleet(invocation: Invocation, io: Io): Promise<number> {
  const output = lastValue(invocation, 'output');
  const { clusters, diagnostics } = judgeFleet(invocation, io);
  const isCleanup = hasFlag(invocation, 'cleanup');
  const good = clusters.flatMap(({ name, values }) =>
    values === undefined ? [] : [{ name, values }],
  );
  const found: readonly Diagnostic[] = [
    ...diagnostics,
    ...(output === undefined ? [diagnostic('PC464', '--each needs --output DIR')] : []),
    // Said once: the Secret has one name in most fleets.
    ...(isCleanup ? [] : keyWarning(good[0]?.values, namespaceOf(invocation))),
  ];
  report(io, found);
  if (output === undefined || found.some(isError)) return 2;

  const { otherClusters, outputFiles, renderCleanup, renderManifests, writeFleet } = await import(
    '../render/index.js'
  );
  const render = isCleanup ? renderCleanup : renderManifests;
  const namespace = namespaceOf(invocation);
  const names = good.map(({ name }) => name);
  const progress = progressOn(io, process.env);
  try {
    writeFleet(output, names, rendered(good));
  } finally {
    progress.end();
  }
  io.err(`wrote ${names.length === 1 ? 'one cluster' : `${names.length} clusters`} to ${output}\n`);
  const others = otherClusters(output, names);
  if (others.length > 0) {
    io.err(`left as they were, as no file of --each is theirs: ${others.join(', ')}\n`);
  }
  return 0;

  function* rendered(all: readonly { name: string; values: MergedPodcloakValues }[]) {
    for (const [index, { name, values }] of all.entries()) {
      progress.show(`rendering ${index + 1} of ${all.length}: ${name}`);
      yield { name, files: outputFiles(render(values, namespace)) };
    }
  }
}
