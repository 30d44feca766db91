import type {
  ClusterView,
  KubeError,
  Listener,
  NodeIdentity,
  WrittenRecord,
} from '../kube/index.js';
import { type Picture, pictureOf } from './picture.js';

/** Changes that come in one go, such as those of all nodes, are told together, in milliseconds. */
const TOGETHER = 200;

export interface Known {
  readonly nodes: readonly string[];
  readonly records: readonly WrittenRecord[];
}

/** What is known of the cluster by now, kept up to date until the view is closed. */
export class Observation {
  /** Why the API server cannot be asked at present. */
  trouble: KubeError | undefined;
  /** False while the API server says that it does not know records. */
  isInstalled = true;
  #nodes: Map<string, NodeIdentity> | undefined;
  #records: Map<string, WrittenRecord> | undefined;
  #isNew = false;
  #wake: () => void = () => {};

  constructor(view: ClusterView) {
    view.watchNodes(
      this.#listener(
        () => this.#nodes,
        (nodes) => {
          this.#nodes = nodes;
        },
        (reason) => {
          this.trouble = reason;
        },
      ),
    );
    view.watchRecords(
      this.#listener(
        () => this.#records,
        (records) => {
          this.#records = records;
          this.isInstalled = true;
        },
        (reason) => {
          if (reason.code === 'PC504') this.isInstalled = false;
          else this.trouble = reason;
        },
      ),
    );
  }

  /** Undefined before Nodes and records are known, or that there are none. */
  get picture(): Picture | undefined {
    if (this.#nodes === undefined) return undefined;
    if (this.#records === undefined && this.isInstalled) return undefined;
    return pictureOf(this.#nodes.keys(), this.#records?.values() ?? []);
  }

  /** Nodes' names and records as they are; undefined as for {@link picture}. */
  get known(): Known | undefined {
    if (this.#nodes === undefined) return undefined;
    if (this.#records === undefined && this.isInstalled) return undefined;
    return { nodes: [...this.#nodes.keys()], records: [...(this.#records?.values() ?? [])] };
  }

  /** Waits for news, or so many milliseconds; news from before the call count. */
  async next(milliseconds: number): Promise<void> {
    if (!this.#isNew) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#wake = () => {
          clearTimeout(timer);
          setTimeout(resolve, Math.min(TOGETHER, milliseconds));
        };
      });
    }
    this.#wake = () => {};
    this.#isNew = false;
  }

  #listener<T extends { readonly name: string }>(
    known: () => Map<string, T> | undefined,
    replace: (all: Map<string, T>) => void,
    failed: (reason: KubeError) => void,
  ): Listener<T> {
    return {
      synced: (all) => {
        replace(new Map(all.map((one) => [one.name, one])));
        this.trouble = undefined;
        this.#news();
      },
      changed: (name, object) => {
        if (object === undefined) known()?.delete(name);
        else known()?.set(name, object);
        this.#news();
      },
      unavailable: (reason) => {
        failed(reason);
        this.#news();
      },
    };
  }

  #news(): void {
    this.#isNew = true;
    this.#wake();
  }
}
