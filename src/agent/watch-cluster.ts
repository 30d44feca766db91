import type { Cluster } from '../kube/index.js';
import type { Log } from './log.js';
import type { PeerBook } from './peer-book.js';
import type { Surroundings } from './surroundings.js';

export interface Watched {
  readonly cluster: Cluster;
  readonly nodeName: string;
  readonly namespace: string;
  /** The ConfigMap's name. */
  readonly configMap: string;
  readonly log: Log;
}

/** Who is told. */
export interface Watchers {
  readonly book: PeerBook;
  readonly node: Surroundings;
  /** Undefined while the ConfigMap is not there. */
  readonly config: (data: Readonly<Record<string, string>> | undefined) => void;
  /** After each of them. */
  readonly changed: () => void;
}

/** Follows all that the API server tells an agent: Nodes, records, its own Node and the ConfigMap. */
export function watchCluster(
  { cluster, nodeName, namespace, configMap, log }: Watched,
  { book, node, config, changed }: Watchers,
): void {
  const unavailable = (reason: Error): void => {
    log('warning', reason.message);
  };
  const then = (change: () => void): void => {
    change();
    changed();
  };
  cluster.watchNodes({
    synced: (nodes) => then(() => book.setNodes(nodes)),
    changed: (name, found) => then(() => book.changeNode(name, found)),
    unavailable,
  });
  cluster.watchRecords({
    synced: (records) => then(() => book.setRecords(records)),
    changed: (name, record) => then(() => book.changeRecord(name, record)),
    unavailable,
  });
  cluster.watchOwnNode(nodeName, {
    synced: ([found]) => then(() => node.setNode(found)),
    changed: (_, found) => then(() => node.setNode(found)),
    unavailable,
  });
  cluster.watchConfig(namespace, configMap, {
    synced: ([found]) => then(() => config(found?.data)),
    changed: (_, found) => then(() => config(found?.data)),
    unavailable,
  });
}
