import type { Cluster, Listener, Watching } from './cluster.js';
import { type CredentialOptions, loadCredentials } from './credentials.js';
import { createEvents } from './events.js';
import { IDENTITY_PATH, NODES_PATH, RECORDS_PATH } from './kinds.js';
import { ListWatch, type Source, WATCH_PACE, type WatchPace } from './list-watch.js';
import { readConfig, readIdentity, readOwnNode, readRecord } from './objects.js';
import { createRecords } from './records.js';
import { createTransport, type Transport } from './transport.js';

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
  const { instance, pace } = options;
  const onFault = (error: unknown): void => {
    try {
      options.onFault(error);
    } catch {
      // Whoever is told of faults has one: there is nobody left to tell, and the watches go on.
    }
  };
  const closing = new AbortController();
  const { signal } = closing;
  const records = createRecords(transport, signal);
  const report = createEvents(transport, signal, instance);

  const watch = <T extends { readonly name: string }>(
    source: Source<T>,
    listener: Listener<T>,
  ): Watching => {
    const own = new AbortController();
    const until = AbortSignal.any([own.signal, signal]);
    const times = { ...WATCH_PACE, ...pace };
    void new ListWatch(transport, source, listener, times, until, onFault).run();
    return { close: () => own.abort() };
  };
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
