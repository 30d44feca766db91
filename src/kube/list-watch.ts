import { setTimeout as sleep } from 'node:timers/promises';
import { delayAfter, type Pace } from './backoff.js';
import type { Listener } from './cluster.js';
import { KubeError, refused, toKubeError, unexpected } from './kube-error.js';
import { readEvent, readPage, versionOf } from './objects.js';
import type { ApiCall, Transport } from './transport.js';

/** What is watched, and what is kept of each object. */
export interface Source<T> {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Ask for the metadata alone. */
  readonly metadataOnly?: boolean;
  /** @throws KubeError PC509 */
  readonly read: (object: unknown) => T;
}

/** All in milliseconds. */
export interface WatchPace extends Pace {
  /** How long the API server keeps a watch open: between this and twice as long. */
  readonly watch: number;
  /** A watch on which nothing comes for so long is taken for dead; bookmarks come once a minute. */
  readonly silence: number;
}

export const WATCH_PACE: WatchPace = {
  first: 500,
  longest: 30_000,
  watch: 240_000,
  silence: 150_000,
};

const METADATA = 'as=PartialObjectMetadata;g=meta.k8s.io;v=1';
const METADATA_LIST = 'as=PartialObjectMetadataList;g=meta.k8s.io;v=1';
const PAGE = 500;

/**
 * Lists, then watches from there on, for ever: after a break it goes on where it was, and lists anew
 * only when the API server has forgotten that place. It never ends before the signal, and never rejects.
 *
 * See https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 */
export class ListWatch<T extends { readonly name: string }> {
  #known = new Map<string, T>();
  /** From here a watch goes on; undefined when there must be a list first. */
  #version: string | undefined;
  /** The first list may come from the server's cache; a later one must not be older than what was seen. */
  #listFrom: Readonly<Record<string, string>> = { resourceVersion: '0' };
  /** In a row. */
  #failures = 0;
  /** By code and reason: what the listener was told last. Undefined while all is well. */
  #trouble: string | undefined;
  /** What the API server asked for with its last refusal, in milliseconds. */
  #asked = 0;

  constructor(
    private readonly transport: Transport,
    private readonly source: Source<T>,
    private readonly listener: Listener<T>,
    private readonly pace: WatchPace,
    private readonly signal: AbortSignal,
    private readonly onFault: (error: unknown) => void,
  ) {}

  async run(): Promise<void> {
    while (!this.signal.aborted) {
      try {
        if (this.#version === undefined) await this.#list();
        await this.#watch();
      } catch (error) {
        if (this.signal.aborted) return;
        this.#failed(toKubeError(error));
      }
      if (this.#failures > 0) await this.#pause();
    }
  }

  async #list(): Promise<void> {
    const known = new Map<string, T>();
    let next = '';
    do {
      const from = next === '' ? this.#listFrom : { continue: next };
      const query = { ...this.source.query, limit: String(PAGE), ...from };
      const keep = (item: unknown): void => {
        const object = this.source.read(item);
        known.set(object.name, object);
      };
      const page = readPage(await this.transport.list(this.#call(query, METADATA_LIST), keep));
      next = page.next;
      this.#version = next === '' ? page.resourceVersion : undefined;
    } while (next !== '');
    this.#known = known;
    this.#listFrom = {};
    this.#synced();
  }

  async #watch(): Promise<void> {
    const timeoutSeconds = Math.ceil((this.pace.watch * (1 + Math.random())) / 1000);
    const query = {
      ...this.source.query,
      watch: '1',
      allowWatchBookmarks: 'true',
      resourceVersion: this.#version ?? '',
      timeoutSeconds: String(timeoutSeconds),
    };
    const began = performance.now();
    const lines = await this.transport.lines(this.#call(query, METADATA), this.pace.silence);
    if (this.#trouble !== undefined) this.#synced();
    try {
      for await (const line of lines) {
        this.#event(line);
        this.#failures = 0;
      }
    } catch (error) {
      // A watch may break at any time and is simply opened again; only if that fails it is news.
      if (!(error instanceof KubeError) || error.code !== 'PC501') throw error;
    }
    if (performance.now() - began > this.pace.longest) this.#failures = 0;
    // One that ends as soon as it begins must not be tried in a tight loop.
    else this.#failures += 1;
  }

  #event(line: string): void {
    const { type, object } = readEvent(line);
    if (type === 'ERROR') {
      const code = (object as { code?: unknown } | undefined)?.code;
      const status = typeof code === 'number' ? code : 500;
      throw refused(`watch of ${this.source.path}`, status, object, undefined);
    }
    if (type === 'ADDED' || type === 'MODIFIED') {
      const read = this.source.read(object);
      this.#known.set(read.name, read);
      this.#tell(() => this.listener.changed(read.name, read));
    } else if (type === 'DELETED') {
      const { name } = this.source.read(object);
      this.#known.delete(name);
      this.#tell(() => this.listener.changed(name, undefined));
    } else if (type !== 'BOOKMARK') throw unexpected('a watch event of an unknown type');
    this.#version = versionOf(object);
  }

  #failed(error: KubeError): void {
    this.#failures += 1;
    this.#asked = error.retryAfter ?? 0;
    // Forgotten (410), of a kind that is gone (404), or out of step with it: start from a list.
    if (['PC504', 'PC509', 'PC511'].includes(error.code)) this.#version = undefined;
    // The list that follows says whether there is anything to tell.
    if (error.code === 'PC511') return;
    const trouble = `${error.code} ${error.reason}`;
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.#tell(() => this.listener.unavailable(error));
  }

  #synced(): void {
    this.#trouble = undefined;
    this.#tell(() => this.listener.synced([...this.#known.values()]));
  }

  /** A fault of the listener's must not end the watch. */
  #tell(call: () => void): void {
    if (this.signal.aborted) return;
    try {
      call();
    } catch (error) {
      this.onFault(error);
    }
  }

  async #pause(): Promise<void> {
    const delay = delayAfter(this.#failures, this.pace, Math.random(), this.#asked);
    this.#asked = 0;
    await sleep(delay, undefined, { signal: this.signal }).catch(() => {});
  }

  #call(query: Readonly<Record<string, string>>, metadata: string): ApiCall {
    const { path, metadataOnly = false } = this.source;
    const accept = metadataOnly ? { accept: `application/json;${metadata},application/json` } : {};
    return { method: 'GET', path, query, signal: this.signal, ...accept };
  }
}
