import {
  DEFAULT_THRESHOLDS,
  type NodeWish,
  type PairWish,
  type Thresholds,
  thresholdsOf,
} from '../../datapath/index.js';
import type { XfrmKernel } from './xfrm-kernel.js';

/** From which lengths the kernel hashes policies, and from which it did before us. */
export class HashThresholds {
  readonly #kernel: Pick<XfrmKernel, 'setThresholds' | 'thresholds'>;
  #prior: Thresholds | undefined;

  constructor(kernel: Pick<XfrmKernel, 'setThresholds' | 'thresholds'>) {
    this.#kernel = kernel;
  }

  /** The kernel's from before ours, once there are ours. */
  get prior(): Thresholds | undefined {
    return this.#prior;
  }

  remember(prior: Thresholds | undefined): void {
    this.#prior = prior;
  }

  /**
   * Has the kernel find policies by hash.
   *
   * @param saving called before the first change, to remember what was there
   */
  async bring(node: NodeWish, pairs: readonly PairWish[], saving: () => void): Promise<void> {
    if (pairs.length === 0) return;
    const present = await this.#kernel.thresholds();
    const wish = thresholdsOf(node, pairs);
    if (JSON.stringify(wish) === JSON.stringify(present)) return;
    if (this.#prior === undefined) {
      this.#prior = present;
      saving();
    }
    await this.#kernel.setThresholds(wish);
  }

  async restore(): Promise<void> {
    await this.#kernel.setThresholds(this.#prior ?? DEFAULT_THRESHOLDS);
    this.#prior = undefined;
  }
}
