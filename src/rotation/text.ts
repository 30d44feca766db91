import { namesText, plain } from '../cluster/index.js';
import { isDone, laggards, type NodeKeys, type Progress, pairCounts } from './progress.js';

const WIDTH = 24;

/** One line for a terminal: a bar of the directions that go under the current key, and who is missing. */
export function barText(progress: Progress): string {
  const { total, confirmed } = pairCounts(progress);
  const left = laggards(progress);
  const share = isDone(progress) ? 1 : total === 0 ? 0 : Math.min(confirmed / total, 0.999);
  const full = Math.floor(share * WIDTH);
  const bar = `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}]`;
  const names = left.length === 0 ? '' : `; waiting for ${namesText(left.map(nodeOf), 3)}`;
  return `${bar} ${countText(progress)}${names}`;
}

/** How many nodes are done, and how many directions between nodes go under the current key. */
export function countText(progress: Progress): string {
  const { nodes } = progress;
  const { total, confirmed } = pairCounts(progress);
  const done = nodes.length - laggards(progress).length;
  return `${done}/${nodes.length} nodes, ${confirmed}/${total} directions`;
}

/** A line a change, for what is no terminal. */
export function waitingText(progress: Progress): string {
  const left = laggards(progress);
  if (isDone(progress)) return `Every node is on key id ${progress.keyID}.\n`;
  return `Not on key id ${progress.keyID} yet (${countText(progress)}): ${laggardsText(left, 10)}\n`;
}

/** Who is not done, and why. */
export function laggardsText(
  left: readonly NodeKeys[],
  most: number = Number.POSITIVE_INFINITY,
): string {
  if (left.length === 0) return 'no node has a record that could say so';
  return namesText(
    left.map(({ node, why }) => `${node} (${plain(why)})`),
    most,
  );
}

function nodeOf({ node }: NodeKeys): string {
  return node;
}
