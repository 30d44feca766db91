/** A clock that jumps from one event to the next, in milliseconds since the Secret changed. */
export class Clock {
  #now = 0;
  #count = 0;
  #isUnsettled = false;
  /** A binary heap: the earliest first, of equal ones that which was asked for first. */
  readonly #events: { readonly at: number; readonly order: number; readonly run: () => void }[] =
    [];

  get now(): number {
    return this.#now;
  }

  /** Calls it at that time, or now if that is past. */
  at(time: number, run: () => void): void {
    this.#count += 1;
    const event = { at: Math.max(time, this.#now), order: this.#count, run };
    const heap = this.#events;
    let place = heap.push(event) - 1;
    while (place > 0) {
      const above = (place - 1) >> 1;
      if (!this.#isBefore(place, above)) break;
      this.#swap(place, above);
      place = above;
    }
  }

  /** Runs what was asked for until `isOver`, or until nothing is left. Promises settle between events. */
  async run(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      const event = this.#take();
      if (event === undefined) return;
      this.#now = event.at;
      event.run();
      // What a promise leads to may itself wait for a few more.
      if (this.#isUnsettled) {
        this.#isUnsettled = false;
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  }

  /** An event has settled a promise: all that follows from it comes before the next event. */
  settle(): void {
    this.#isUnsettled = true;
  }

  #take(): { readonly at: number; readonly run: () => void } | undefined {
    const heap = this.#events;
    const last = heap.length - 1;
    if (last < 0) return undefined;
    this.#swap(0, last);
    const first = heap.pop();
    for (let place = 0; ; ) {
      const left = 2 * place + 1;
      const child = left + 1 < heap.length && this.#isBefore(left + 1, left) ? left + 1 : left;
      if (child >= heap.length || !this.#isBefore(child, place)) return first;
      this.#swap(place, child);
      place = child;
    }
  }

  #isBefore(one: number, other: number): boolean {
    const [a, b] = [this.#events[one], this.#events[other]];
    if (a === undefined || b === undefined) return false;
    return a.at < b.at || (a.at === b.at && a.order < b.order);
  }

  #swap(one: number, other: number): void {
    const [a, b] = [this.#events[one], this.#events[other]];
    if (a === undefined || b === undefined) return;
    this.#events[one] = b;
    this.#events[other] = a;
  }
}
