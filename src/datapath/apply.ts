import type { NetlinkError, NetlinkSocket } from '../netlink/index.js';
import type { Step } from './diff.js';

/** A change that the kernel refused. */
export interface Failure {
  readonly step: Step;
  readonly error: NetlinkError;
}

/** Refusals that say that what was asked for is so already: somebody else was quicker. */
const DONE_ALREADY = new Set(['ESRCH', 'ENOENT']);

/**
 * Sends the steps in their order. A refused one does not keep back those behind it: no policy relies on
 * an SA that was not confirmed before.
 *
 * @returns those that were refused
 * @throws as `NetlinkSocket.request`: any of the steps may have been done; read the kernel anew
 */
export async function apply(socket: NetlinkSocket, steps: readonly Step[]): Promise<Failure[]> {
  const outcomes = await socket.request(steps.map(({ request }) => request));
  return steps.flatMap((step, index): Failure[] => {
    const error = outcomes[index];
    if (error === undefined) return [];
    const gone = step.stage.startsWith('delete') && DONE_ALREADY.has(error.code);
    return gone ? [] : [{ step, error }];
  });
}
