import { performance } from 'node:perf_hooks';
import { mayPass, onceAKind } from '../kube/index.js';
import { failureOf, noAnswer } from './failure.js';
import type { Observation } from './observation.js';
import type { Picture } from './picture.js';
import { Remaining, type ToGo } from './to-go.js';

export interface WaitOptions {
  /** For the whole, in milliseconds. */
  readonly timeout: number;
  /** Told at the beginning, and whenever the nodes still to go are others. */
  readonly changed: (toGo: readonly ToGo[], picture: Picture) => void;
  /** Told once of each kind of trouble with the API server; the wait goes on. */
  readonly interrupted: (reason: string) => void;
}

export type WaitOutcome =
  | { readonly kind: 'disabled' }
  /** Records are no kind of this cluster's; `toGo` had not walked back when they went. */
  | { readonly kind: 'not installed'; readonly toGo: readonly ToGo[] }
  | { readonly kind: 'timeout'; readonly toGo: readonly ToGo[]; readonly picture: Picture };

/**
 * Waits until no node encrypts any more, and each has said that nothing is left in its kernel.
 *
 * @throws PodcloakError PC440 to PC443 where the API server cannot be asked to begin with, for a reason that
 * waiting does not heal or when the time is over
 */
export async function waitDisabled(
  observation: Observation,
  { timeout, changed, interrupted }: WaitOptions,
): Promise<WaitOutcome> {
  const deadline = performance.now() + timeout;
  const remaining = new Remaining();
  let shown: string | undefined;
  const tell = onceAKind(interrupted);
  let last: { readonly toGo: readonly ToGo[]; readonly picture: Picture } | undefined;
  for (;;) {
    const { picture, trouble, isInstalled } = observation;
    const now = performance.now();
    if (trouble !== undefined) {
      if (picture === undefined && (!mayPass(trouble) || now >= deadline)) throw failureOf(trouble);
      tell(trouble);
    }
    if (picture !== undefined) {
      const toGo = remaining.look(picture);
      last = { toGo, picture };
      if (!isInstalled) return { kind: 'not installed', toGo };
      const list = JSON.stringify(toGo);
      if (list !== shown) changed(toGo, picture);
      shown = list;
      if (toGo.length === 0) return { kind: 'disabled' };
    }
    if (now >= deadline) {
      if (last === undefined) throw noAnswer();
      return { kind: 'timeout', ...last };
    }
    await observation.next(deadline - now);
  }
}
