import { setTimeout as sleep } from 'node:timers/promises';

/** In milliseconds. */
export interface Patience {
  readonly timeout: number;
  readonly interval: number;
}

/**
 * Tries again and again until it succeeds.
 *
 * @throws what the last attempt threw, once the time is over
 */
export async function waitFor<T>(
  attempt: () => Promise<T>,
  { timeout, interval }: Patience,
): Promise<T> {
  const end = Date.now() + timeout;
  for (;;) {
    try {
      return await attempt();
    } catch (thrown) {
      if (Date.now() >= end) throw thrown;
    }
    await sleep(interval);
  }
}
