import type { Listener, NodeIdentity, Watching, WrittenRecord } from './cluster.js';
import { type CredentialOptions, loadCredentials } from './credentials.js';
import { NODES_PATH, RECORDS_PATH } from './kinds.js';
import { readIdentity, readWrittenRecord } from './objects.js';
import { createTransport } from './transport.js';
import { createWatch, type WatchOptions } from './watch.js';

/** The API server as people's commands see it: they read, and write nothing. */
export interface ClusterView {
  /** Every Node, by name and UID only. */
  watchNodes(listener: Listener<NodeIdentity>): Watching;
  /** Every EncryptionNode with its status, which agents have no use for. */
  watchRecords(listener: Listener<WrittenRecord>): Watching;
  /** Ends all watches: no listener is called any more, and the process may end. */
  close(): void;
}

export type ViewOptions = CredentialOptions & WatchOptions;

/**
 * The cluster that kubectl would talk to. Nothing is asked before the first call.
 *
 * @example
 *   const view = viewCluster({ asKubectl: true, context: 'staging', onFault: throwLater });
 *   view.watchRecords({ synced, changed, unavailable });
 */
export function viewCluster(options: ViewOptions): ClusterView {
  const closing = new AbortController();
  const transport = createTransport(() => loadCredentials(options));
  const { watch } = createWatch(transport, options, closing.signal);
  return {
    watchNodes: (listener) =>
      watch({ path: NODES_PATH, metadataOnly: true, read: readIdentity }, listener),
    watchRecords: (listener) => watch({ path: RECORDS_PATH, read: readWrittenRecord }, listener),
    close: () => closing.abort(),
  };
}
