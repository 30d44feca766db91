import type { KubeError } from './kube-error.js';

/**
 * The API server as the agent sees it: plain data in and out. What is told is what the API server said,
 * and nothing else: an object that is gone proves nothing, and a list that failed is never an empty one.
 */
export interface Cluster {
  /**
   * The UID of the namespace kube-system, which stands for the cluster's identity.
   * @throws KubeError
   */
  clusterUID(): Promise<string>;
  /** Every Node, by name and UID only: at 5,000 of them the rest would fill the memory. */
  watchNodes(listener: Listener<NodeIdentity>): Watching;
  /** One Node, with what an agent needs to know of its own. */
  watchOwnNode(name: string, listener: Listener<OwnNode>): Watching;
  /** Every EncryptionNode. While the definition is missing, this is `unavailable` (PC504). */
  watchRecords(listener: Listener<NodeRecord>): Watching;
  /** One ConfigMap; where there is none, `synced` is told an empty list. */
  watchConfig(namespace: string, name: string, listener: Listener<Config>): Watching;
  /**
   * Creates the record of a node, or replaces its spec and owner if the caller says which version it
   * replaces. Labels, annotations and the status stay. The record belongs to the Node, so that the
   * garbage collector takes it once the Node is gone.
   *
   * @throws KubeError PC506 when the record is not of that version any more, or is there already
   *   although no version was given; PC505 when there is none to replace
   */
  writeRecord(
    name: string,
    node: RecordOwnerNode,
    spec: object,
    replaces?: string,
  ): Promise<WrittenRecord>;
  /**
   * Replaces the status of a record as a whole, whatever its version.
   * @throws KubeError PC505 when there is no such record
   */
  writeStatus(name: string, status: object): Promise<WrittenRecord>;
  /**
   * Deletes a record; one that is gone already counts as deleted.
   * @throws KubeError
   */
  deleteRecord(name: string): Promise<void>;
  /**
   * Removes the taints of a key from a Node, and changes nothing else of it.
   *
   * @param seen the keys of its taints, in their order, as they were last seen
   * @throws KubeError PC507 when they are not so any more; PC503 where RBAC or an admission policy refuses
   */
  removeTaint(name: string, key: string, seen: readonly string[]): Promise<void>;
  /**
   * Reports an event (events.k8s.io/v1). The same event again becomes a count on the first one. Events
   * are a courtesy: this never rejects; a failure goes to `onFault`.
   */
  event(event: ClusterEvent): Promise<void>;
  /** Ends all watches and requests: no listener is called any more, and the process may end. */
  close(): void;
}

/** Who is told about objects of one kind. Calls follow one another; none comes after `close`. */
export interface Listener<T> {
  /**
   * All there are, after each list, and once more when a watch goes on after `unavailable`: then as they
   * were last, and what has changed follows, or another `synced` if the API server cannot say what has.
   * What was known before and is not among them was deleted while nobody watched.
   */
  synced(all: readonly T[]): void;
  /**
   * One object is new or changed, or the API server said that it was deleted. It says that of every
   * record, too, when the definition itself is deleted; `unavailable` follows a moment later.
   */
  changed(name: string, object: T | undefined): void;
  /**
   * The API server cannot be asked at present. What it said last may be out of date and is not revoked.
   * Told once for each reason; the watch goes on trying, and `synced` says when it is back.
   */
  unavailable(reason: KubeError): void;
}

export interface Watching {
  /** The listener is not called any more. Twice does no harm. */
  close(): void;
}

export interface NodeIdentity {
  readonly name: string;
  readonly uid: string;
}

export interface OwnNode extends NodeIdentity {
  readonly labels: Readonly<Record<string, string>>;
  /** Of `spec.podCIDRs`, or the one of `spec.podCIDR`; empty where the CNI does not use them. */
  readonly podCIDRs: readonly string[];
  /** The keys of its taints, in their order. */
  readonly taints: readonly string[];
  readonly addresses: readonly NodeAddress[];
}

export interface NodeAddress {
  /** Such as `InternalIP`. */
  readonly type: string;
  readonly address: string;
}

/** An EncryptionNode. Its spec is whatever somebody wrote: it has to be parsed and authenticated. */
export interface NodeRecord {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  /** Counts changes of the spec. */
  readonly generation: number;
  /** The UID of the Node that owns the record. */
  readonly ownerUID?: string;
  readonly spec: unknown;
  /** The generation that the status is about. */
  readonly observedGeneration?: number;
}

/** A record as the API server stored it. */
export interface WrittenRecord extends NodeRecord {
  readonly status?: unknown;
}

/** The Node that a record belongs to: it has the record's name. */
export interface RecordOwnerNode {
  readonly uid: string;
}

export interface Config {
  readonly name: string;
  readonly resourceVersion: string;
  readonly data: Readonly<Record<string, string>>;
}

export interface ClusterEvent {
  /** What it is about. */
  readonly regarding: {
    readonly kind: 'Node' | 'EncryptionNode';
    readonly name: string;
    readonly uid?: string;
  };
  readonly type: 'Normal' | 'Warning';
  /** Why, in one CamelCase word. */
  readonly reason: string;
  /** What was done or failed, in one CamelCase word. */
  readonly action: string;
  /** For people; of events that repeat, only the first one's is kept. At most 1 kB. */
  readonly note: string;
  /**
   * What tells it from others of its object and reason, where many agents report the same: the first one's is kept,
   * and there is one an hour. Absent where each reports its own.
   */
  readonly shared?: string;
}
