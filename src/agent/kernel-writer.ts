import {
  DEFAULT_THRESHOLDS,
  type Failure,
  type PairWish,
  type Step,
  type Thresholds,
  thresholdsOf,
} from '../datapath/index.js';
import { diagnostic } from '../errors/index.js';
import { parseAddress } from '../net/index.js';
import { NetlinkError } from '../netlink/index.js';
import { nodeWish, type Pair } from '../pairs/index.js';
import type { Exemption } from './exemption.js';
import type { Kernel } from './kernel.js';
import type { Log } from './log.js';
import type { Problems } from './problems.js';
import type { Surroundings } from './surroundings.js';

export interface KernelWriterOptions {
  readonly kernel: Kernel;
  readonly exemption: Exemption;
  readonly problems: Problems;
  readonly log: Log;
}

/** Brings the kernel to what is wanted, and knows whether that is so. */
export class KernelWriter {
  readonly #options: KernelWriterOptions;
  #count = 0;
  #hasFailed = false;
  #hasConverged = false;
  #priorThresholds: Thresholds | undefined;
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

  /** The kernel's from before ours, once there are ours. */
  get priorThresholds(): Thresholds | undefined {
    return this.#priorThresholds;
  }

  remember(thresholds: Thresholds | undefined): void {
    this.#priorThresholds = thresholds;
  }

  /**
   * Has the kernel find policies by hash.
   *
   * @param saving called before the first change, to remember what was there
   */
  async setThresholds(
    podCIDRs: readonly string[],
    pairs: readonly PairWish[],
    saving: () => void,
  ): Promise<void> {
    if (pairs.length === 0) return;
    const { kernel } = this.#options;
    const present = await kernel.thresholds();
    const wish = thresholdsOf(nodeWish(podCIDRs, [], false), pairs);
    if (JSON.stringify(wish) === JSON.stringify(present)) return;
    if (this.#priorThresholds === undefined) {
      this.#priorThresholds = present;
      saving();
    }
    await kernel.setThresholds(wish);
  }

  /**
   * @param sent told of each step that may have reached the kernel, also when this throws
   * @throws as `NetlinkSocket.request`
   */
  async send(steps: readonly Step[], sent: (step: Step) => void): Promise<void> {
    const { kernel, log } = this.#options;
    let failures: readonly Failure[] = [];
    if (steps.length > 0) {
      try {
        failures = await kernel.apply(steps);
      } finally {
        const refused = new Set(failures.map(({ step }) => step));
        for (const step of steps) if (!refused.has(step)) sent(step);
      }
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
  async forgetMasqueraded({ prefixes }: Surroundings, pairs: Iterable<Pair>): Promise<void> {
    if (this.#hasFailed) return;
    const closed = [...pairs].filter(({ outClosed }) => outClosed);
    const addresses = closed.flatMap((pair) => pair.addresses);
    const fresh = addresses.filter((address) => !this.#unmasqueraded.has(address));
    if (fresh.length === 0) return;
    const { exemption, problems } = this.#options;
    const remotes = fresh.flatMap((text) => parseAddress(text) ?? []);
    let count: number;
    try {
      count = await exemption.forgetMasqueraded(prefixes, remotes);
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

  /** Puts back what was there before us, but for SAs and policies. */
  async restore(): Promise<void> {
    const { kernel, exemption } = this.#options;
    await exemption.remove();
    await kernel.setThresholds(this.#priorThresholds ?? DEFAULT_THRESHOLDS);
    this.#priorThresholds = undefined;
  }

  #finish([first]: readonly Failure[]): void {
    this.#hasFailed = first !== undefined;
    const { problems } = this.#options;
    if (first === undefined) problems.end('apply');
    else
      problems.begin('apply', diagnostic('PC717', `${first.step.about}: ${first.error.message}`));
  }
}
