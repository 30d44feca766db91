import { hasFlag, type Invocation, lastValue } from '../cli/command.js';
import { type Io, report } from '../cli/io.js';
import { diagnostic, PodcloakError } from '../errors/index.js';
import { viewCluster } from '../kube/index.js';
import { reporting } from '../node/run.js';
import { parseDuration } from './duration.js';
import { failureOf, noAnswer } from './failure.js';
import { clusterJson } from './json.js';
import { nodesText } from './node-text.js';
import { Observation } from './observation.js';
import type { Picture } from './picture.js';
import { notSettled } from './rotation.js';
import { clusterText, namesText } from './text.js';
import type { ToGo } from './to-go.js';
import { waitDisabled } from './wait-disabled.js';
import { notEnforced, waitEnforced } from './wait-enforced.js';

const TIMEOUT = '5m';
/** Somebody sits and waits, and there are no thousands of us as there are of agents; milliseconds. */
const PACE = { longest: 3000 };

/** `podcloak encryption status`. */
export function encryptionStatus(invocation: Invocation, io: Io): Promise<number> {
  return reporting(io, async () => {
    const timeout = timeoutOf(invocation);
    const view = viewCluster({
      kubeconfig: lastValue(invocation, 'kubeconfig'),
      context: lastValue(invocation, 'context'),
      asKubectl: true,
      pace: PACE,
      // Listeners only take notes here, and no event is reported: there is nothing to be told.
      onFault: () => {},
    });
    try {
      const observation = new Observation(view);
      if (hasFlag(invocation, 'wait-enforced') || hasFlag(invocation, 'wait')) {
        return await enforced(observation, invocation, timeout, io);
      }
      return hasFlag(invocation, 'wait-disabled')
        ? await wait(observation, invocation, timeout, io)
        : await print(observation, invocation, timeout, io);
    } finally {
      view.close();
    }
  });
}

/** Of `--timeout`, or of Cilium's name for it, in milliseconds. */
function timeoutOf(invocation: Invocation): number {
  const [name = 'timeout'] = ['wait-duration', 'timeout'].filter((one) => hasFlag(invocation, one));
  return parseDuration(lastValue(invocation, name) ?? TIMEOUT, `--${name}`);
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
    if (picture !== undefined && !isInstalled) {
      throw new PodcloakError([diagnostic('PC444', 'the API server knows no EncryptionNode')]);
    }
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
  const left = await waitEnforced(observation, {
    timeout,
    left: withKeys ? notSettled : notEnforced,
    changed: (toGo, picture) =>
      io.out(
        json
          ? jsonText(clusterJson(picture, toGo))
          : enforcedText(toGo, picture.nodes.length, withKeys),
      ),
  });
  if (left.length === 0) return 0;
  const names = left.map(({ node, why }) => `${node} (${why})`);
  const message = `the time is over: ${namesText(names, Number.POSITIVE_INFINITY)}`;
  const { picture } = observation;
  const allEncrypt = picture !== undefined && notEnforced(picture).length === 0;
  report(io, [diagnostic(withKeys && allEncrypt ? 'PC481' : 'PC521', message)]);
  return 1;
}

function enforcedText(toGo: readonly ToGo[], total: number, withKeys: boolean): string {
  const under = withKeys ? ' under one key' : '';
  if (toGo.length === 0) return `Every node encrypts${under} (${total} nodes).\n`;
  const names = namesText(toGo.map(({ node, why }) => `${node} (${why})`));
  return `Not encrypting${under} yet: ${toGo.length} of ${total} nodes: ${names}\n`;
}

async function wait(
  observation: Observation,
  invocation: Invocation,
  timeout: number,
  io: Io,
): Promise<number> {
  const json = isJson(invocation);
  const outcome = await waitDisabled(observation, {
    timeout,
    changed: (toGo, picture) =>
      io.out(json ? jsonText(clusterJson(picture, toGo)) : toGoText(toGo, picture.nodes.length)),
    interrupted: (reason) => io.err(`still waiting: ${reason}\n`),
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

function isJson(invocation: Invocation): boolean {
  return lastValue(invocation, 'output') === 'json';
}

/** On one line unless it is to be indented, so that a wait prints a line a change. */
function jsonText(value: object, indent?: number): string {
  return `${JSON.stringify(value, null, indent)}\n`;
}
