import type {
  Cluster,
  Config,
  Listener,
  NodeRecord,
  OwnNode,
  Watching,
  WrittenRecord,
} from '../../../../src/kube/index.js';

/** So much of the API server as agents' loops need: objects that are seen by all, in their order. */
export class Api {
  readonly #nodes = new Map<string, OwnNode>();
  readonly #records = new Map<string, NodeRecord>();
  readonly #statuses = new Map<string, unknown>();
  readonly #recordListeners = new Set<Listener<NodeRecord>>();
  readonly #configListeners = new Set<Listener<Config>>();
  #config: Config;
  #version = 0;

  constructor(data: Readonly<Record<string, string>>, nodes: readonly OwnNode[]) {
    this.#config = { name: 'podcloak', resourceVersion: '0', data };
    for (const node of nodes) this.#nodes.set(node.name, node);
  }

  /** What a node's record says. */
  spec(name: string): { readonly phase?: string; readonly type?: string } {
    return this.#records.get(name)?.spec ?? {};
  }

  /** All records with their statuses, as commands for people read them. */
  get written(): readonly WrittenRecord[] {
    return [...this.#records.values()].map(({ name, uid, resourceVersion, generation, spec }) => ({
      ...{ name, uid, resourceVersion, generation, spec },
      status: this.#statuses.get(name),
    }));
  }

  /** As somebody writes it who may. */
  plant(name: string, spec: object): void {
    this.#version += 1;
    const resourceVersion = String(this.#version);
    const ownerUID = this.#nodes.get(name)?.uid;
    const uid = `r-${name}`;
    const record = { name, uid, resourceVersion, generation: this.#version, spec };
    const written = ownerUID === undefined ? record : { ...record, ownerUID };
    this.#records.set(name, written as NodeRecord);
    for (const one of this.#recordListeners) one.changed(name, written as NodeRecord);
  }

  configure(change: Readonly<Record<string, string>>): void {
    this.#version += 1;
    const data = { ...this.#config.data, ...change };
    this.#config = { ...this.#config, resourceVersion: String(this.#version), data };
    for (const one of this.#configListeners) one.changed(this.#config.name, this.#config);
  }

  /** One agent's view of it. @param own what of the configuration is its node's alone, such as a folder */
  connect(own: Readonly<Record<string, string>> = {}): Cluster {
    const forIt = (config: Config): Config => ({ ...config, data: { ...config.data, ...own } });
    const mine: Watching[] = [];
    const watching = <T>(listeners: Set<Listener<T>>, listener: Listener<T>): Watching => {
      listeners.add(listener);
      const watch = { close: () => void listeners.delete(listener) };
      mine.push(watch);
      return watch;
    };
    return {
      clusterUID: async () => 'cluster-uid',
      watchNodes: (listener) => {
        listener.synced([...this.#nodes.values()]);
        return { close: () => {} };
      },
      watchOwnNode: (name, listener) => {
        listener.synced([...this.#nodes.values()].filter((node) => node.name === name));
        return { close: () => {} };
      },
      watchRecords: (listener) => {
        listener.synced([...this.#records.values()]);
        return watching(this.#recordListeners, listener);
      },
      watchConfig: (_namespace, _name, listener) => {
        listener.synced([forIt(this.#config)]);
        const changed: typeof listener.changed = (name, config) =>
          listener.changed(name, config && forIt(config));
        return watching(this.#configListeners, { ...listener, changed });
      },
      writeRecord: async (name, { uid: ownerUID }, spec) => {
        this.#version += 1;
        const resourceVersion = String(this.#version);
        const generation = this.#version;
        const record = { name, uid: `r-${name}`, resourceVersion, generation, ownerUID, spec };
        this.#records.set(name, record);
        for (const one of this.#recordListeners) one.changed(name, record);
        return record;
      },
      writeStatus: async (name, status) => {
        const record = this.#records.get(name);
        if (record === undefined) throw new Error('there is no such record');
        this.#statuses.set(name, status);
        return record;
      },
      deleteRecord: async () => {},
      removeTaint: async () => {},
      event: async () => {},
      close: () => {
        for (const one of mine) one.close();
      },
    };
  }
}
