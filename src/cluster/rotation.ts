import { waitingText } from './current-key.js';
import { isDisabled, type Picture } from './picture.js';
import type { ToGo } from './to-go.js';
import { notEnforced } from './wait-enforced.js';

/**
 * The nodes that are not on the key that the others prefer, or have not sent to all of them under it. Without
 * the Secret at hand the key that most prefer counts as the current one.
 */
export function notOnOneKey({ nodes }: Picture): ToGo[] {
  const encrypting = nodes.filter((one) => !isDisabled(one));
  const current = mostPreferred(encrypting.flatMap(({ currentKey }) => currentKey?.keyID ?? []));
  return encrypting.flatMap(({ node, currentKey }) => {
    if (currentKey === undefined) {
      return [{ node, why: 'its agent has not said which key it prefers' }];
    }
    if (currentKey.keyID !== current) return [{ node, why: `prefers key id ${currentKey.keyID}` }];
    return currentKey.isConfirmed ? [] : [{ node, why: waitingText(currentKey) }];
  });
}

/** Whether a rotation is going on; undefined where no node says anything of it. */
export function isRotating(picture: Picture): boolean | undefined {
  if (picture.nodes.every(({ currentKey }) => currentKey === undefined)) return undefined;
  return notOnOneKey(picture).length > 0;
}

/** The nodes that do not encrypt, and then those that a rotation has not reached. */
export function notSettled(picture: Picture): ToGo[] {
  const first = notEnforced(picture);
  const names = new Set(first.map(({ node }) => node));
  return [...first, ...notOnOneKey(picture).filter(({ node }) => !names.has(node))];
}

function mostPreferred(ids: readonly number[]): number | undefined {
  const counts = new Map<number, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}
