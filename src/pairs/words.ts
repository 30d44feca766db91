import type { PeerState } from '../status/index.js';
import type { Pair } from './state.js';

/**
 * What people call the state of a pair: plaintext is still sent and taken, is on its way out, or is a thing of the
 * past.
 */
export function wordOf({ outClosed, inClosed, tunnels }: Pair): PeerState {
  if (!outClosed && !inClosed) return 'plaintext';
  if (outClosed && !tunnels.some(({ confirmed }) => confirmed)) return 'blocked';
  return outClosed && inClosed ? 'encrypted' : 'switching';
}
