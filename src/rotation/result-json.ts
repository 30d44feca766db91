import type { SecretPlace } from '../cli/secret-options.js';
import type { KeyAlgorithm } from '../key-lines/index.js';
import { isDone, laggards, type Progress, pairCounts } from './progress.js';

/** What a run of `keys rotate` did. */
export interface Result {
  readonly place: SecretPlace;
  /**
   * `unfinished`: the time was over before every node was on the current key. `skipped`: a scheduled run found
   * the rotation before unfinished.
   */
  readonly action: 'rotated' | 'finished' | 'unfinished' | 'nothing' | 'skipped';
  /** In the Secret now, the current one last. */
  readonly keyIDs: readonly number[];
  readonly removed: readonly number[];
  readonly progress: Progress;
  /** Of the new line, where there is one. */
  readonly algorithm?: KeyAlgorithm | undefined;
}

/** For scripts: `-o json`. */
export function resultJson(result: Result): object {
  const { place, action, keyIDs, removed, progress, algorithm } = result;
  const { namespace, name } = place;
  return {
    secret: { namespace, name },
    action,
    keyID: keyIDs.at(-1) ?? null,
    ...(algorithm === undefined ? {} : { algorithm }),
    keyIDs,
    removedKeyIDs: removed,
    ...progressJson(progress),
  };
}

/** How far the nodes are, in the form that all commands share. */
export function progressJson(progress: Progress): object {
  const { nodes, aside } = progress;
  const left = laggards(progress);
  const { total, confirmed } = pairCounts(progress);
  return {
    isDone: isDone(progress),
    nodes: { total: nodes.length, done: nodes.length - left.length },
    directions: { total, confirmed },
    laggards: left.map(({ node, state, why }) => ({ node, state, why })),
    withoutRecord: aside.flatMap(({ node, state }) => (state === 'no record' ? [node] : [])),
  };
}
