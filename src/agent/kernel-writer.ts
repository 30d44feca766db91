import type { Engine, Failure, Step } from '../engine/index.js';
import { diagnostic } from '../errors/index.js';
import { NetlinkError } from '../netlink/index.js';
import type { Pair } from '../pairs/index.js';
import type { Log } from './log.js';
import type { Problems } from './problems.js';
import type { Surroundings } from './surroundings.js';

export interface KernelWriterOptions {
  readonly engine: Engine;
  readonly problems: Problems;
  readonly log: Log;
}

/** Brings the kernel to what is wanted, and knows whether that is so. */
export class KernelWriter {
  readonly #options: KernelWriterOptions;
  #count = 0;
  #hasFailed = false;
  #hasConverged = false;
  /** Addresses of nodes that no connection of our pods is masqueraded to any more. */
  #unmasqueraded: ReadonlySet<string> = new Set();

  constructor(options: KernelWriterOptions) {
    this.#options = options;
  }

  /** Messages sent since the start. */
  get count(): number {
    return this.#count;
  }

  /** The last change was refused, in part at least. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** The kernel holds what was last wanted. */
  get isDone(): boolean {
    return this.#hasConverged && !this.#hasFailed;
  }

  /** @throws as `Engine.apply` */
  async send(steps: readonly Step[]): Promise<void> {
    const { engine, log } = this.#options;
    let failures: readonly Failure[] = [];
    if (steps.length > 0) {
      failures = await engine.apply(steps);
      this.#count += steps.length;
      log('info', 'changed the kernel', { messages: steps.length, refused: failures.length });
    }
    this.#finish(failures);
  }

  /** All that is wanted was sent once. */
  settle(): void {
    this.#hasConverged = true;
  }

  /** Once for each pair whose packets are encrypted now, and once more when the agent has started. */
  async endPlaintextConnections({ podCIDRs }: Surroundings, pairs: Iterable<Pair>): Promise<void> {
    if (this.#hasFailed) return;
    const closed = [...pairs].filter(({ outClosed }) => outClosed);
    const addresses = closed.flatMap((pair) => pair.addresses);
    const fresh = addresses.filter((address) => !this.#unmasqueraded.has(address));
    if (fresh.length === 0) return;
    const { engine, problems } = this.#options;
    let count: number;
    try {
      count = await engine.endPlaintextConnections(podCIDRs, fresh);
    } catch (thrown) {
      if (!(thrown instanceof NetlinkError)) throw thrown;
      // Told and tried again; the round goes on, as the peers have yet to hear that data has moved.
      problems.begin('masqueraded connections', diagnostic('PC713', thrown.message));
      return;
    }
    problems.end('masqueraded connections');
    this.#unmasqueraded = new Set(addresses);
    if (count === 0) return;
    this.#options.log('info', 'masqueraded connections of pods begin anew, encrypted', { count });
  }

  #finish([first]: readonly Failure[]): void {
    this.#hasFailed = first !== undefined;
    const { problems } = this.#options;
    if (first === undefined) {
      problems.end('apply');
      return;
    }
    const { step, error, cause } = first;
    problems.begin('apply', cause ?? diagnostic('PC717', `${step.about}: ${error.message}`));
  }
}
