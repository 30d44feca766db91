import type { NetlinkError, NetlinkSocket } from '../netlink/index.js';
import type { Step } from './diff.js';

/** A change that the kernel refused. */
export interface Failure {
  readonly step: Step;
  readonly error: NetlinkError;
}

/** Refusals that say that what was asked for is so already: somebody else was quicker. */
const DONE_ALREADY = new Set(['ESRCH', 'ENOENT']);

/** So many messages are made at a time, as all of them at once would take the memory of all of them. */
const PORTION = 1024;

/**
 * Sends the steps in their order. A refused one does not keep back those behind it, but for SAs: where a
 * policy was refused, the one that is still there may need them. They go with the next difference.
 *
 * @returns those that were refused
 * @throws as `NetlinkSocket.request`: any of the steps may have been done; read the kernel anew
 */
export async function apply(
  socket: Pick<NetlinkSocket, 'request'>,
  steps: readonly Step[],
): Promise<Failure[]> {
  const isLast = ({ stage }: Step): boolean => stage === 'delete SA';
  const failures = await send(
    socket,
    steps.filter((step) => !isLast(step)),
  );
  if (failures.some(({ step }) => step.stage.endsWith('policy'))) return failures;
  return [...failures, ...(await send(socket, steps.filter(isLast)))];
}

async function send(
  socket: Pick<NetlinkSocket, 'request'>,
  steps: readonly Step[],
): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (let at = 0; at < steps.length; at += PORTION) {
    const portion = steps.slice(at, at + PORTION);
    const outcomes = await socket.request(portion.map(({ request }) => request));
    for (const [index, step] of portion.entries()) {
      const error = outcomes[index];
      if (error === undefined) continue;
      const isGone = step.stage.startsWith('delete') && DONE_ALREADY.has(error.code);
      if (!isGone) failures.push({ step, error });
    }
  }
  return failures;
}
