import type { Cluster, NodeRecord, WrittenRecord } from '../../src/kube/index.js';
import type { Clock } from './clock.js';
import type { Costs } from './costs.js';

/** So much of the API as a rotation needs. */
export type RecordWrites = Pick<Cluster, 'writeRecord' | 'writeStatus'>;

/** Who is told of a record. */
export type Watch = (name: string, record: NodeRecord) => void;

/** The API server: writes take their time, and events share its network. */
export class ApiServer {
  /** Writes by node: of the record, of its status. */
  readonly writes = new Map<string, { record: number; status: number }>();
  /** The last status of each. */
  readonly statuses = new Map<string, unknown>();
  /** Told of every event when it arrives, if it is to be told to all at once. */
  readonly watches: Watch[] = [];
  readonly #clock: Clock;
  readonly #costs: Costs;
  readonly #watchers: number;
  readonly #records = new Map<string, WrittenRecord>();
  #version = 0;
  /** When all events so far have left. */
  #sentAt = 0;

  /** @param watchers who watch all records */
  constructor(clock: Clock, costs: Costs, watchers: number) {
    this.#clock = clock;
    this.#costs = costs;
    this.#watchers = watchers;
  }

  /** A record that was there before. */
  put(name: string, ownerUID: string, spec: object): NodeRecord {
    return this.#store({ name, uid: name, generation: 1, ownerUID, spec, resourceVersion: '' });
  }

  /** The API as one agent has it. */
  get cluster(): RecordWrites {
    return {
      writeRecord: (name, { uid }, spec, replaces) =>
        this.#later(() => {
          const before = this.#records.get(name);
          if (before?.resourceVersion !== replaces) throw new Error('PC506');
          this.#countsOf(name).record += 1;
          const generation = (before?.generation ?? 0) + 1;
          return this.#tell({ name, uid: name, generation, ownerUID: uid, spec });
        }),
      writeStatus: (name, status) =>
        this.#later(() => {
          const before = this.#records.get(name);
          if (before === undefined) throw new Error('PC505');
          this.#countsOf(name).status += 1;
          this.statuses.set(name, status);
          return this.#tell(before);
        }),
    };
  }

  #countsOf(name: string): { record: number; status: number } {
    const counts = this.writes.get(name) ?? { record: 0, status: 0 };
    this.writes.set(name, counts);
    return counts;
  }

  #later(write: () => WrittenRecord): Promise<WrittenRecord> {
    return new Promise((resolve, reject) => {
      this.#clock.at(this.#clock.now + this.#costs.apiWrite, () => {
        this.#clock.settle();
        try {
          resolve(write());
        } catch (thrown) {
          reject(thrown as Error);
        }
      });
    });
  }

  #store(record: WrittenRecord): WrittenRecord {
    this.#version += 1;
    const stored = { ...record, resourceVersion: String(this.#version) };
    this.#records.set(record.name, stored);
    return stored;
  }

  /** To all watches: at the earliest when those before have been sent to everybody. */
  #tell(record: Omit<WrittenRecord, 'resourceVersion'>): WrittenRecord {
    const stored = this.#store({ ...record, resourceVersion: '' });
    const { eventBytes, apiBytes } = this.#costs;
    const { now } = this.#clock;
    this.#sentAt = Math.max(now, this.#sentAt) + (eventBytes * this.#watchers) / apiBytes;
    this.#clock.at(this.#sentAt, () => {
      for (const told of this.watches) told(stored.name, stored);
    });
    return stored;
  }
}
