import type { Clock } from './clock.js';

/** What is done costs so many milliseconds, and then this follows. */
export interface Task {
  readonly cost: number;
  readonly done?: () => void;
}

/** Called when it is begun. */
export type Work = () => Task;

/** The one thread of an agent: what comes while it computes waits, in order. */
export class Processor {
  readonly #clock: Clock;
  readonly #queue: { readonly work: Work; readonly since: number }[] = [];
  #next = 0;
  #isBusy = false;
  #lastWait = 0;
  /** For how long it has computed. */
  busy = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many wait. */
  get length(): number {
    return this.#queue.length - this.#next;
  }

  /** How long what came now would wait, about: as long as what was begun last did. */
  get wait(): number {
    return this.#isBusy ? this.#lastWait : 0;
  }

  do(work: Work): void {
    this.#queue.push({ work, since: this.#clock.now });
    if (!this.#isBusy) this.#serve();
  }

  #serve(): void {
    const first = this.#queue[this.#next];
    if (first === undefined) {
      this.#queue.length = 0;
      this.#next = 0;
      this.#isBusy = false;
      return;
    }
    this.#next += 1;
    this.#isBusy = true;
    this.#lastWait = this.#clock.now - first.since;
    const { cost, done } = first.work();
    this.busy += cost;
    this.#clock.at(this.#clock.now + cost, () => {
      done?.();
      this.#serve();
    });
  }
}
