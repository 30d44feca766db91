import { distance } from 'fastest-levenshtein';
import { currentProperties, SCHEMA, type SchemaNode } from './schema.js';

/** The known path that is most like a misspelt one: at the same level first, then anywhere. */
export function nearestKnownPath(path: readonly string[]): string {
  const parent = path.slice(0, -1).join('.');
  const key = path.at(-1) ?? '';
  let best = '';
  let least = Number.POSITIVE_INFINITY;
  for (const known of knownPaths(SCHEMA, [])) {
    const last = known.at(-1) ?? '';
    const elsewhere = known.slice(0, -1).join('.') === parent ? 0 : 2;
    const letters = distance(key.toLowerCase(), last.toLowerCase());
    // A path from a flag or an older chart, such as strictModeCIDR, may match better as a whole.
    const whole = distance(path.join('.').toLowerCase(), known.join('.').toLowerCase());
    const score = Math.min(letters + elsewhere, whole);
    if (score < least) {
      least = score;
      best = known.join('.');
    }
  }
  return best;
}

function knownPaths(node: SchemaNode, path: readonly string[]): string[][] {
  return currentProperties(node).flatMap(([key, child]) => [
    [...path, key],
    ...knownPaths(child, [...path, key]),
  ]);
}

/** The candidate most like `word`, if it is alike enough to be worth naming. */
export function nearestWord(word: string, candidates: readonly string[]): string | undefined {
  const [best] = candidates
    .map((candidate) => ({ candidate, letters: distance(word, candidate) }))
    .sort((a, b) => a.letters - b.letters);
  return best !== undefined && best.letters <= Math.max(2, word.length / 3)
    ? best.candidate
    : undefined;
}
