import { hasFlag, type Invocation } from '../cli/command.js';
import { type Io, report } from '../cli/io.js';
import { diagnostic, PodcloakError } from '../errors/index.js';
import { reporting } from '../node/run.js';
import { failureOf, noAnswer } from './failure.js';
import { clusterJson, jsonText } from './json.js';
import type { Observation } from './observation.js';
import { isJson, observing, timeoutOf } from './options.js';
import { reportDisabled } from './report-disabled.js';
import { clusterText, namesText } from './text.js';
import type { ToGo } from './to-go.js';
import { waitEnforced } from './wait-enforced.js';

/** `podcloak encryption status`. */
export function encryptionStatus(invocation: Invocation, io: Io): Promise<number> {
  return reporting(io, async () => {
    const timeout = timeoutOf(invocation);
    return observing(invocation, (observation) => {
      if (hasFlag(invocation, 'wait-enforced')) {
        return enforced(observation, invocation, timeout, io);
      }
      return hasFlag(invocation, 'wait-disabled')
        ? reportDisabled(observation, { timeout, json: isJson(invocation) }, io)
        : print(observation, invocation, timeout, io);
    });
  });
}

async function print(
  observation: Observation,
  invocation: Invocation,
  timeout: number,
  io: Io,
): Promise<number> {
  const end = Date.now() + timeout;
  for (;;) {
    const { picture, trouble, isInstalled } = observation;
    if (picture !== undefined && !isInstalled) {
      throw new PodcloakError([diagnostic('PC444', 'the API server knows no EncryptionNode')]);
    }
    if (picture !== undefined) {
      io.out(isJson(invocation) ? jsonText(clusterJson(picture), 1) : clusterText(picture));
      return 0;
    }
    if (trouble !== undefined) throw failureOf(trouble);
    if (Date.now() >= end) throw noAnswer();
    await observation.next(end - Date.now());
  }
}

async function enforced(
  observation: Observation,
  invocation: Invocation,
  timeout: number,
  io: Io,
): Promise<number> {
  const json = isJson(invocation);
  const left = await waitEnforced(observation, {
    timeout,
    changed: (toGo, picture) =>
      io.out(
        json ? jsonText(clusterJson(picture, toGo)) : enforcedText(toGo, picture.nodes.length),
      ),
  });
  if (left.length === 0) return 0;
  const names = left.map(({ node, why }) => `${node} (${why})`);
  report(io, [
    diagnostic('PC521', `the time is over: ${namesText(names, Number.POSITIVE_INFINITY)}`),
  ]);
  return 1;
}

function enforcedText(toGo: readonly ToGo[], total: number): string {
  if (toGo.length === 0) return `Every node encrypts (${total} nodes).\n`;
  const names = namesText(toGo.map(({ node, why }) => `${node} (${why})`));
  return `Not encrypting yet: ${toGo.length} of ${total} nodes: ${names}\n`;
}
