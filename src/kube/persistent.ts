import { setTimeout as sleep } from 'node:timers/promises';
import { delayAfter, type Pace } from './backoff.js';
import { KubeError } from './kube-error.js';

/** What passes: a server that is away, overloaded or behind a proxy that answers for it. */
const PASSING: readonly string[] = ['PC501', 'PC508', 'PC509'];
/** Somebody sits and waits; milliseconds. */
const PACE: Pace = { first: 500, longest: 3000 };

export interface Persistence {
  /** When to give up, by `performance.now()`. */
  readonly deadline: number;
  /** Told once of each kind of trouble. */
  readonly interrupted: (reason: string) => void;
}

/** Tells of each kind of trouble once, however often it comes and goes. */
export function onceAKind(tell: (reason: string) => void): (trouble: KubeError) => void {
  const told = new Set<string>();
  return ({ code, reason, message }) => {
    const kind = `${code} ${reason}`;
    if (told.has(kind)) return;
    told.add(kind);
    tell(message);
  };
}

/** Whether waiting may heal it: a login or a right that is missing does not come by itself. */
export function mayPass(error: unknown): error is KubeError {
  return error instanceof KubeError && PASSING.includes(error.code);
}

/**
 * Makes requests that it does no harm to repeat, until one is answered or the time is over.
 *
 * @returns a function that tries one of them
 * @throws the trouble of the last attempt; at once what does not pass
 */
export function persistently({ deadline, interrupted }: Persistence) {
  const tell = onceAKind(interrupted);
  return async <T>(attempt: () => Promise<T>): Promise<T> => {
    for (let failures = 1; ; failures += 1) {
      try {
        return await attempt();
      } catch (thrown) {
        const wait = delayAfter(failures, PACE, Math.random());
        if (!mayPass(thrown) || performance.now() + wait > deadline) throw thrown;
        tell(thrown);
        await sleep(wait);
      }
    }
  };
}
