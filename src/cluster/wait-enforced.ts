import { performance } from 'node:perf_hooks';
import type { EncryptionType } from '../keying/index.js';
import { mayPass, onceAKind } from '../kube/index.js';
import { waitingText } from './current-key.js';
import { failureOf, noAnswer, notInstalled } from './failure.js';
import type { Observation } from './observation.js';
import type { Picture } from './picture.js';
import type { ToGo } from './to-go.js';

export interface WaitEnforcedOptions {
  /** For the whole, in milliseconds. */
  readonly timeout: number;
  /** Which nodes are still waited for. */
  readonly left: (picture: Picture) => readonly ToGo[];
  /** Told at the beginning, and whenever the nodes still to go are others. */
  readonly changed: (toGo: readonly ToGo[], picture: Picture) => void;
  /** Told once of each kind of trouble with the API server; the wait goes on. */
  readonly interrupted: (reason: string) => void;
}

/**
 * The nodes that do not encrypt all they send to other nodes, or are not well, by what they say.
 *
 * @param type how they are to encrypt; undefined for either way
 */
export function notEnforced({ nodes }: Picture, type?: EncryptionType): ToGo[] {
  // Between the nodes of a cluster of one nothing passes.
  const isAlone = nodes.length === 1;
  return nodes.flatMap((one) => {
    const { node, state, notReady, currentKey } = one;
    const isEnough = state === 'enforced' || (isAlone && state === 'enabling');
    if (!isEnough) {
      const isNamed = state === 'enabling' && currentKey?.isConfirmed === false;
      return [{ node, why: isNamed ? `${state}, ${waitingText(currentKey)}` : state }];
    }
    if (notReady !== undefined) return [{ node, why: notReady }];
    if (type === undefined || one.type === type) return [];
    return [{ node, why: `encrypts by ${one.type ?? 'another version'}` }];
  });
}

/**
 * Waits until no node is left to wait for, by what they say.
 *
 * @returns the nodes that are left when the time is over
 * @throws PodcloakError PC440 to PC444 where the API server cannot be asked to begin with, for a reason that
 * waiting does not heal or when the time is over
 */
export async function waitEnforced(
  observation: Observation,
  { timeout, left: leftOf, changed, interrupted }: WaitEnforcedOptions,
): Promise<readonly ToGo[]> {
  const deadline = performance.now() + timeout;
  const tell = onceAKind(interrupted);
  let shown: string | undefined;
  for (;;) {
    const { picture, trouble, isInstalled } = observation;
    if (picture !== undefined && !isInstalled && shown === undefined) throw notInstalled();
    if (trouble !== undefined) {
      const isOver = performance.now() >= deadline;
      if (picture === undefined && (!mayPass(trouble) || isOver)) throw failureOf(trouble);
      tell(trouble);
    }
    const toGo = picture === undefined ? undefined : leftOf(picture);
    if (picture !== undefined && toGo !== undefined) {
      const list = JSON.stringify(toGo);
      if (list !== shown) changed(toGo, picture);
      shown = list;
      // What a cluster says that cannot be asked at present is old.
      if (toGo.length === 0 && trouble === undefined) return [];
    }
    const left = deadline - performance.now();
    if (left <= 0) {
      if (toGo === undefined) throw noAnswer();
      return toGo;
    }
    await observation.next(left);
  }
}
