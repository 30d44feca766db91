import { performance } from 'node:perf_hooks';
import { failureOf, type Known, noAnswer, type Observation } from '../cluster/index.js';
import { diagnostic, PodcloakError } from '../errors/index.js';
import { isDone, type Progress } from './progress.js';

/** How long the first answer may take, in milliseconds. */
const PATIENCE = 60_000;

/**
 * What is known of the nodes once all of it has come.
 *
 * @throws PodcloakError PC440 to PC444 where it cannot be told
 */
export async function firstKnown(observation: Observation): Promise<Known> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const { known, trouble, isInstalled } = observation;
    if (!isInstalled) {
      throw new PodcloakError([diagnostic('PC444', 'the API server knows no EncryptionNode')]);
    }
    if (known !== undefined) return known;
    if (trouble !== undefined) throw failureOf(trouble);
    const left = end - performance.now();
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
  /** Told when the API server cannot be asked any more; the wait goes on. */
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
  let progress = judge(await firstKnown(observation));
  let shown = '';
  let told: string | undefined;
  for (;;) {
    const { known, trouble } = observation;
    if (known !== undefined) progress = judge(known);
    const list = JSON.stringify(progress);
    if (list !== shown) changed(progress);
    shown = list;
    if (trouble !== undefined && trouble.message !== told) interrupted(trouble.message);
    told = trouble?.message;
    // What a cluster says that cannot be asked at present is old.
    if (isDone(progress) && trouble === undefined) return progress;
    const left = deadline - performance.now();
    if (left <= 0) return progress;
    await observation.next(left);
  }
}
