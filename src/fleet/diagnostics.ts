import type { Diagnostic } from '../errors/index.js';
import type { FleetCluster } from './clusters.js';

/** What was found while one cluster was read. */
export interface ClusterFindings {
  readonly cluster: FleetCluster;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The findings of all clusters, each once: what is wrong in a file that all share is found with each of
 * them. Where only some meet it, it says which; where nothing else says where, their own file does.
 */
export function fleetDiagnostics(all: readonly ClusterFindings[]): Diagnostic[] {
  const met = new Map<string, { found: Diagnostic; by: FleetCluster[] }>();
  for (const { cluster, diagnostics } of all) {
    for (const found of diagnostics) {
      const key = JSON.stringify(found);
      const known = met.get(key);
      if (known === undefined) met.set(key, { found, by: [cluster] });
      else if (known.by.at(-1) !== cluster) known.by.push(cluster);
    }
  }
  return [...met.values()].flatMap(({ found, by }) => {
    const isShared = by.length === all.length;
    if (found.place === undefined && !(isShared && all.length > 1)) {
      return by.map(({ file }) => ({ ...found, place: { source: file } }));
    }
    if (isShared) return [found];
    const isOwn = by.some(({ file }) => file === found.place?.source);
    const names = by.map(({ name }) => name).join(', ');
    return [isOwn ? found : { ...found, message: `${found.message} (in ${names})` }];
  });
}
