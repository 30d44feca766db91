import { hasFlag, type Invocation, lastValue } from '../cli/command.js';
import { type Io, report } from '../cli/io.js';
import { diagnostic } from '../errors/index.js';
import type { EncryptionType } from '../keying/index.js';
import { reporting } from '../node/run.js';
import { failureOf, noAnswer, notInstalled } from './failure.js';
import { clusterJson, jsonText } from './json.js';
import { nodesText } from './node-text.js';
import type { Observation } from './observation.js';
import { isJson, observing, timeoutOf } from './options.js';
import type { Picture } from './picture.js';
import { reportDisabled, stillWaiting } from './report-disabled.js';
import { notSettled } from './rotation.js';
import { clusterText, namesText } from './text.js';
import type { ToGo } from './to-go.js';
import { notEnforced, waitEnforced } from './wait-enforced.js';

/** `podcloak encryption status`. */
export function encryptionStatus(invocation: Invocation, io: Io): Promise<number> {
  return reporting(io, async () => {
    const timeout = timeoutOf(invocation);
    return observing(invocation, (observation) => {
      if (hasFlag(invocation, 'wait-enforced') || hasFlag(invocation, 'wait')) {
        return enforced(observation, invocation, timeout, io);
      }
      return hasFlag(invocation, 'wait-disabled')
        ? reportDisabled(observation, { timeout, json: isJson(invocation) }, io)
        : print(observation, invocation, timeout, io);
    });
  });
}

function pictureText(picture: Picture, invocation: Invocation): string {
  const perNode = hasFlag(invocation, 'per-node-details');
  if (isJson(invocation)) return jsonText(clusterJson(picture, undefined, perNode), 1);
  return perNode ? nodesText(picture) : clusterText(picture);
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
    if (picture !== undefined && !isInstalled) throw notInstalled();
    if (picture !== undefined) {
      io.out(pictureText(picture, invocation));
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
  const withKeys = hasFlag(invocation, 'wait');
  const type = lastValue(invocation, 'type') as EncryptionType | undefined;
  const left = await waitEnforced(observation, {
    timeout,
    left: (picture) => (withKeys ? notSettled : notEnforced)(picture, type),
    changed: (toGo, picture) =>
      io.out(
        json
          ? jsonText(clusterJson(picture, toGo))
          : enforcedText(toGo, picture.nodes.length, withKeys),
      ),
    interrupted: (reason) => stillWaiting(io, reason),
  });
  if (left.length === 0) return 0;
  const names = left.map(({ node, why }) => `${node} (${why})`);
  const message = `the time is over: ${namesText(names, Number.POSITIVE_INFINITY)}`;
  const { picture } = observation;
  const allEncrypt = picture !== undefined && notEnforced(picture, type).length === 0;
  report(io, [diagnostic(withKeys && allEncrypt ? 'PC481' : 'PC521', message)]);
  return 1;
}

function enforcedText(toGo: readonly ToGo[], total: number, withKeys: boolean): string {
  const under = withKeys ? ' under one key' : '';
  if (toGo.length === 0) return `Every node encrypts${under} (${total} nodes).\n`;
  const names = namesText(toGo.map(({ node, why }) => `${node} (${why})`));
  return `Not encrypting${under} yet: ${toGo.length} of ${total} nodes: ${names}\n`;
}
