import { performance } from 'node:perf_hooks';
import {
  failureOf,
  type Known,
  noAnswer,
  notInstalled,
  type Observation,
} from '../cluster/index.js';
import { mayPass, onceAKind, type Persistence } from '../kube/index.js';
import { isDone, type Progress } from './progress.js';

/** How long the first answer may take, in milliseconds. */
const PATIENCE = 60_000;

/**
 * What is known of the nodes once all of it has come.
 *
 * @param persistence of who waits also while the API server is away; else its first failure ends it
 * @throws PodcloakError PC440 to PC444 where it cannot be told
 */
export async function firstKnown(
  observation: Observation,
  persistence?: Persistence,
): Promise<Known> {
  const end = persistence?.deadline ?? performance.now() + PATIENCE;
  const tell = onceAKind(persistence?.interrupted ?? (() => {}));
  for (;;) {
    const { known, trouble, isInstalled } = observation;
    if (!isInstalled) throw notInstalled();
    if (known !== undefined) return known;
    const left = end - performance.now();
    if (trouble !== undefined) {
      if (persistence === undefined || !mayPass(trouble) || left <= 0) throw failureOf(trouble);
      tell(trouble);
    }
    if (left <= 0) throw noAnswer();
    await observation.next(left);
  }
}

export interface WaitOptions {
  /** For the whole, in milliseconds. */
  readonly timeout: number;
  readonly judge: (known: Known) => Progress;
  /** Told at the beginning, and whenever something is other than before. */
  readonly changed: (progress: Progress) => void;
  /** Told once of each kind of trouble with the API server; the wait goes on. */
  readonly interrupted: (reason: string) => void;
}

/**
 * Waits until every node is on the current key.
 *
 * @returns how far they are then, or when the time is over
 * @throws PodcloakError PC440 to PC444 where it cannot be told to begin with
 */
export async function waitForNodes(
  observation: Observation,
  { timeout, judge, changed, interrupted }: WaitOptions,
): Promise<Progress> {
  const deadline = performance.now() + timeout;
  const tell = onceAKind(interrupted);
  let progress = judge(await firstKnown(observation, { deadline, interrupted }));
  let shown = '';
  for (;;) {
    const { known, trouble } = observation;
    if (known !== undefined) progress = judge(known);
    const list = JSON.stringify(progress);
    if (list !== shown) changed(progress);
    shown = list;
    if (trouble !== undefined) tell(trouble);
    // What a cluster says that cannot be asked at present is old.
    if (isDone(progress) && trouble === undefined) return progress;
    const left = deadline - performance.now();
    if (left <= 0) return progress;
    await observation.next(left);
  }
}
