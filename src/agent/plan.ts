import type { PlannedPair } from '../engine/index.js';
import { isSamePair } from '../pairs/index.js';

/** All that the kernel and the state file should hold follows from this. */
export interface Plan {
  /** This node's part: what of it matters, as text. */
  readonly node: string;
  readonly pairs: readonly PlannedPair[];
}

/**
 * Remembers the plan that the kernel was last found to hold, so that nobody reads it all again for nothing:
 * with thousands of peers that is most of an idle agent's work, and of its memory.
 */
export class Held {
  #plan: Plan | undefined;
  /** When to look again whatever happens, in the caller's milliseconds. */
  #until = 0;
  #changes = 0;

  /** Something may have changed in the kernel. */
  forget(): void {
    this.#plan = undefined;
    this.#changes += 1;
  }

  /** The kernel is about to be read. @returns told that it holds the plan, unless it has changed since */
  begin(): (plan: Plan, until: number) => void {
    this.forget();
    const before = this.#changes;
    return (plan, until) => {
      if (this.#changes !== before) return;
      this.#plan = plan;
      this.#until = until;
    };
  }

  /** Whether the kernel need not be read for this plan. */
  has(plan: Plan, now: number): boolean {
    const last = this.#plan;
    return (
      last !== undefined &&
      now < this.#until &&
      last.node === plan.node &&
      last.pairs.length === plan.pairs.length &&
      last.pairs.every((one, at) => isSamePlan(one, plan.pairs[at]))
    );
  }
}

function isSamePlan(one: PlannedPair, other: PlannedPair | undefined): boolean {
  return (
    other !== undefined &&
    one.best?.id === other.best?.id &&
    one.probe?.id === other.probe?.id &&
    isSamePair(one.pair, other.pair)
  );
}
