import type { Cluster } from './cluster.js';
import { type CredentialOptions, loadCredentials } from './credentials.js';
import { createEvents } from './events.js';
import { IDENTITY_PATH, NODES_PATH, RECORDS_PATH } from './kinds.js';
import type { WatchPace } from './list-watch.js';
import { readConfig, readIdentity, readOwnNode, readRecord } from './objects.js';
import { createRecords } from './records.js';
import { removeTaint } from './taints.js';
import { createTransport, type Transport } from './transport.js';
import { createWatch } from './watch.js';

export interface ConnectOptions extends CredentialOptions {
  /** Who reports events: the node's name. */
  readonly instance: string;
  /** Told what has no other way out: a listener that threw, an event that could not be reported. */
  readonly onFault: (error: unknown) => void;
  /** Other times than the usual, in milliseconds. */
  readonly pace?: Partial<WatchPace>;
}

/**
 * The cluster of `KUBECONFIG`, or the one that this pod runs in. Nothing is asked before the first call,
 * and a configuration that cannot be used yet (PC510) is read again with each attempt.
 *
 * @example
 *   const cluster = connectCluster({ instance: nodeName, onFault: (error) => log.warn(error) });
 *   const watching = cluster.watchRecords({ synced, changed, unavailable });
 */
export function connectCluster(options: ConnectOptions): Cluster {
  return clusterOver(
    createTransport(() => loadCredentials(options)),
    options,
  );
}

function clusterOver(transport: Transport, options: ConnectOptions): Cluster {
  const { instance } = options;
  const closing = new AbortController();
  const { signal } = closing;
  const records = createRecords(transport, signal);
  const report = createEvents(transport, signal, instance);
  const { watch, onFault } = createWatch(transport, options, signal);
  const named = (name: string) => ({ fieldSelector: `metadata.name=${name}` });

  return {
    clusterUID: async () => {
      const namespace = await transport.json({ method: 'GET', path: IDENTITY_PATH, signal });
      return readIdentity(namespace).uid;
    },
    watchNodes: (listener) =>
      watch({ path: NODES_PATH, metadataOnly: true, read: readIdentity }, listener),
    watchOwnNode: (name, listener) =>
      watch({ path: NODES_PATH, query: named(name), read: readOwnNode }, listener),
    watchRecords: (listener) => watch({ path: RECORDS_PATH, read: readRecord }, listener),
    watchConfig: (namespace, name, listener) => {
      const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/configmaps`;
      return watch({ path, query: named(name), read: readConfig }, listener);
    },
    writeRecord: records.write,
    writeStatus: records.writeStatus,
    deleteRecord: records.delete,
    removeTaint: (...taint) => removeTaint(transport, signal, ...taint),
    event: async (event) => {
      try {
        await report(event);
      } catch (error) {
        if (!signal.aborted) onFault(error);
      }
    },
    close: () => closing.abort(),
  };
}
