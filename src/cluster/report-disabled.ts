import { type Io, report } from '../cli/io.js';
import { diagnostic } from '../errors/index.js';
import { clusterJson, jsonText } from './json.js';
import type { Observation } from './observation.js';
import { namesText } from './text.js';
import type { ToGo } from './to-go.js';
import { waitDisabled } from './wait-disabled.js';

export interface ReportOptions {
  /** For the whole, in milliseconds. */
  readonly timeout: number;
  /** A line of JSON for each change, in the place of one for people. */
  readonly json: boolean;
}

/**
 * Waits until no node encrypts any more, and says meanwhile which ones still do.
 *
 * @returns the exit code: 0 when there are none, 1 when there are some at the end
 */
export async function reportDisabled(
  observation: Observation,
  { timeout, json }: ReportOptions,
  io: Io,
): Promise<number> {
  const outcome = await waitDisabled(observation, {
    timeout,
    changed: (toGo, picture) =>
      io.out(json ? jsonText(clusterJson(picture, toGo)) : toGoText(toGo, picture.nodes.length)),
    interrupted: (reason) => stillWaiting(io, reason),
  });
  switch (outcome.kind) {
    case 'disabled':
      return 0;
    case 'not installed':
      return reportNotInstalled(outcome.toGo, json, io);
    case 'timeout':
      return reportTimeout(outcome.toGo, io);
  }
}

function reportNotInstalled(toGo: readonly ToGo[], json: boolean, io: Io): number {
  if (!json) io.out('Podcloak is not installed in this cluster: there are no records of nodes.\n');
  if (toGo.length === 0) {
    report(io, [diagnostic('PC445', 'no node can be asked whether it still encrypts')]);
    return 0;
  }
  const names = namesText(toGo.map(({ node }) => node));
  report(io, [
    diagnostic('PC446', `the records were deleted while nodes still encrypted: ${names}`, {
      remedy: diagnostic('PC445', '').remedy,
    }),
  ]);
  return 1;
}

function reportTimeout(toGo: readonly ToGo[], io: Io): number {
  const names = namesText(
    toGo.map(({ node, why }) => `${node} (${why})`),
    Number.POSITIVE_INFINITY,
  );
  report(io, [diagnostic('PC446', `the time is over: ${names}`)]);
  return 1;
}

function toGoText(toGo: readonly ToGo[], total: number): string {
  if (toGo.length === 0) return `No node encrypts any more (${total} nodes).\n`;
  const names = namesText(toGo.map(({ node, why }) => `${node} (${why})`));
  return `Still to go: ${toGo.length} of ${total} nodes: ${names}\n`;
}

/** What a wait says of trouble that may pass. */
export function stillWaiting(io: Io, reason: string): void {
  io.err(`still waiting: ${reason}\n`);
}
