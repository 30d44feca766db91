import type { Listener, Watching } from './cluster.js';
import { ListWatch, type Source, WATCH_PACE, type WatchPace } from './list-watch.js';
import type { Transport } from './transport.js';

export interface WatchOptions {
  /** Told what has no other way out. What it throws itself is dropped. */
  readonly onFault: (error: unknown) => void;
  /** Other times than the usual, in milliseconds. */
  readonly pace?: Partial<WatchPace>;
}

/** How one connection watches. */
export interface Watcher {
  readonly watch: <T extends { readonly name: string }>(
    source: Source<T>,
    listener: Listener<T>,
  ) => Watching;
  readonly onFault: (error: unknown) => void;
}

/** @param signal ends all watches */
export function createWatch(
  transport: Transport,
  options: WatchOptions,
  signal: AbortSignal,
): Watcher {
  const onFault = (error: unknown): void => {
    try {
      options.onFault(error);
    } catch {
      // Whoever is told of faults has one: there is nobody left to tell, and the watches go on.
    }
  };
  const pace = { ...WATCH_PACE, ...options.pace };
  return {
    onFault,
    watch: (source, listener) => {
      const own = new AbortController();
      const until = AbortSignal.any([own.signal, signal]);
      void new ListWatch(transport, source, listener, pace, until, onFault).run();
      return { close: () => own.abort() };
    },
  };
}
