import { diagnostic } from '../errors/index.js';
import { type Cluster, KubeError, type OwnNode } from '../kube/index.js';
import type { Log } from './log.js';
import type { Problems } from './problems.js';

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 60_000;
/** The name of the problem. */
const NAME = 'startup taint';

export interface StartupTaintOptions {
  readonly cluster: Pick<Cluster, 'event' | 'removeTaint'>;
  readonly problems: Problems;
  readonly log: Log;
}

/** What the agent knows at the end of a round. */
export interface TaintedNode {
  readonly node: OwnNode | undefined;
  /** The taint's key; undefined for none. */
  readonly key: string | undefined;
  /** The kernel holds what the agent wants. */
  readonly isReady: boolean;
}

/** Removes the startup taint from this node's Node whenever it is there and the agent is ready. */
export class StartupTaint {
  readonly #options: StartupTaintOptions;
  #isBusy = false;
  #wait = FIRST_WAIT;
  #notBefore = 0;

  constructor(options: StartupTaintOptions) {
    this.#options = options;
  }

  /** @param now milliseconds that never go back */
  look({ node, key, isReady }: TaintedNode, now: number): void {
    if (node === undefined || key === undefined || !node.taints.includes(key)) {
      this.#options.problems.end(NAME);
      this.#wait = FIRST_WAIT;
      this.#notBefore = 0;
      return;
    }
    if (!isReady || this.#isBusy || now < this.#notBefore) return;
    // Also after a success: the watch may tell of it later.
    this.#notBefore = now + this.#wait;
    this.#wait = Math.min(LONGEST_WAIT, this.#wait * 2);
    this.#isBusy = true;
    void this.#remove(node, key);
  }

  async #remove({ name, uid, taints }: OwnNode, key: string): Promise<void> {
    const { cluster, problems, log } = this.#options;
    try {
      await cluster.removeTaint(name, key, taints);
      problems.end(NAME);
      log('info', 'removed the startup taint', { taint: key });
      void cluster.event({
        regarding: { kind: 'Node', name, uid },
        type: 'Normal',
        reason: 'StartupTaintRemoved',
        action: 'RemoveTaint',
        note: `${name} is ready for pods: removed the taint ${key}`,
      });
    } catch (thrown) {
      // Somebody else changed the taints meanwhile: the watch tells of it, and that is no trouble.
      const isOutdated = thrown instanceof KubeError && thrown.code === 'PC507';
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      if (!isOutdated) problems.begin(NAME, diagnostic('PC555', `${key}: ${message}`));
    } finally {
      this.#isBusy = false;
    }
  }
}
