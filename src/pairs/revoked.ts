import { outlivesRevocation } from '../keying/index.js';
import { withoutLost } from './heard.js';
import type { Pair } from './state.js';

/**
 * The pair without the tunnels of revoked key ids, whether there are others or not, and without the memory of
 * a record that only they vouched for. The same object when there was neither.
 */
export function withoutRevoked(pair: Pair, revoked: ReadonlySet<number>): Pair {
  const lost = pair.tunnels.filter(({ keyID }) => revoked.has(keyID)).map(({ id }) => id);
  const rest = withoutLost(pair, new Set(lost));
  if (rest.mark === undefined || outlivesRevocation(rest.mark, revoked)) return rest;
  const { mark: _, ...unmarked } = rest;
  return unmarked;
}
