import { type Diagnostic, isError } from '../errors/index.js';
import type { Cluster, NodeRecord } from '../kube/index.js';
import type { CurrentKey } from './current-key.js';
import type { Log } from './log.js';

/** What a node's record tells people, beside what it tells agents. */
export interface RecordStatus {
  readonly agentVersion: string;
  /** Ascending. */
  readonly keyIDs: readonly number[];
  readonly podCIDRs: readonly string[];
  /** Absent while nothing is encrypted. */
  readonly currentKey?: CurrentKey | undefined;
  readonly isReady: boolean;
  /** Nothing readable goes to a peer any more, or is taken from one (`EncryptedReport`). */
  readonly isEncrypted: boolean;
  /** Encryption is off, and nothing of ours is in the kernel. */
  readonly isClean: boolean;
  readonly problems: readonly Diagnostic[];
}

/** Between two writes, in milliseconds: a node that is ready now and then must not flood the API server. */
const LEAST_INTERVAL = 10_000;
/** As the definition of the record has it. */
const LONGEST_MESSAGE = 32_768;

interface Condition {
  readonly type: 'Ready' | 'Clean' | 'Encrypted' | 'RotationNeeded';
  readonly status: 'True' | 'False';
  readonly reason: string;
  readonly message: string;
}

/**
 * `Ready`: the node's kernel holds what its agent wants. `Clean`: nothing of it is left there. `Encrypted`: it
 * encrypts with every peer, both ways.
 * `RotationNeeded`: an SA has used most of the packets that its key is good for; not there while none has, as
 * every record has to carry it.
 */
export function conditionsOf({
  isReady,
  isClean,
  isEncrypted,
  problems,
}: RecordStatus): readonly Condition[] {
  const worn = problems.find(({ code }) => code === 'PC722');
  const [first] = [...problems.filter(isError), ...problems];
  const message = problems.map(({ code, message: text }) => `${code}: ${text}`).join('\n');
  return [
    {
      type: 'Ready',
      status: isReady ? 'True' : 'False',
      reason: isReady ? 'KernelAsWanted' : (first?.code ?? 'Starting'),
      message: message.slice(0, LONGEST_MESSAGE),
    },
    {
      type: 'Clean',
      status: isClean ? 'True' : 'False',
      reason: isClean ? 'NothingLeft' : 'InUse',
      message: '',
    },
    {
      type: 'Encrypted',
      status: isEncrypted ? 'True' : 'False',
      reason: isEncrypted ? 'EveryPeer' : 'NotEveryPeer',
      message: '',
    },
    ...(worn === undefined
      ? []
      : [
          {
            ...({ type: 'RotationNeeded', status: 'True' } as const),
            ...{ reason: 'SequenceNumbers', message: worn.message },
          },
        ]),
  ];
}

/** Writes the status of this node's record, only when it has changed, and one at a time. */
export class RecordStatusWriter {
  readonly #cluster: Cluster;
  readonly #name: string;
  readonly #log: Log;
  readonly #date: () => Date;
  #written = '';
  #isBusy = false;
  #notBefore = 0;
  readonly #since = new Map<string, { readonly status: string; readonly time: string }>();

  constructor(cluster: Cluster, name: string, log: Log, date: () => Date = () => new Date()) {
    this.#cluster = cluster;
    this.#name = name;
    this.#log = log;
    this.#date = date;
  }

  /** When there may be something to write, in the caller's milliseconds; undefined for no such time. */
  get nextAt(): number | undefined {
    return this.#notBefore === 0 || this.#isBusy ? undefined : this.#notBefore;
  }

  /** @param now milliseconds that never go back */
  write(record: NodeRecord | undefined, status: RecordStatus, now: number): void {
    if (record === undefined) return;
    const { agentVersion, keyIDs, podCIDRs, currentKey } = status;
    const conditions = conditionsOf(status);
    const wanted = JSON.stringify([
      ...[record.uid, record.generation, agentVersion, keyIDs, podCIDRs, currentKey, conditions],
    ]);
    if (wanted === this.#written) {
      this.#notBefore = 0;
      return;
    }
    if (this.#isBusy || now < this.#notBefore) return;
    const time = this.#date().toISOString();
    for (const { type, status: value } of conditions) {
      if (this.#since.get(type)?.status !== value) this.#since.set(type, { status: value, time });
    }
    const observedGeneration = record.generation;
    this.#isBusy = true;
    this.#notBefore = now + LEAST_INTERVAL;
    this.#cluster
      .writeStatus(this.#name, {
        ...{ agentVersion, keyIDs, podCIDRs, observedGeneration },
        ...(currentKey === undefined ? {} : { currentKey }),
        conditions: conditions.map((one) => {
          const lastTransitionTime = this.#since.get(one.type)?.time;
          return { ...one, observedGeneration, lastTransitionTime };
        }),
      })
      .then(
        () => {
          this.#written = wanted;
        },
        (error: Error) => {
          this.#log('warning', `the status of the record was not written: ${error.message}`);
        },
      )
      .finally(() => {
        this.#isBusy = false;
      });
  }
}
