import { hasFlag, type Invocation, lastValue } from '../cli/command.js';
import { type CredentialOptions, viewCluster } from '../kube/index.js';
import { parseDuration } from './duration.js';
import { Observation } from './observation.js';

const TIMEOUT = '5m';
/** Somebody sits and waits, and there are no thousands of us as there are of agents; milliseconds. */
const PACE = { longest: 3000 };

/** Where a person's command looks for the cluster. */
export function credentialsOf(invocation: Invocation): CredentialOptions {
  return {
    kubeconfig: lastValue(invocation, 'kubeconfig'),
    context: lastValue(invocation, 'context'),
    asKubectl: true,
  };
}

/**
 * `--timeout`, or Cilium's name for it, in milliseconds.
 * @throws PodcloakError PC447
 */
export function timeoutOf(invocation: Invocation): number {
  const [name = 'timeout'] = ['wait-duration', 'timeout'].filter((one) => hasFlag(invocation, one));
  return parseDuration(lastValue(invocation, name) ?? TIMEOUT, `--${name}`);
}

export function isJson(invocation: Invocation): boolean {
  return lastValue(invocation, 'output') === 'json';
}

/** Watches Nodes and records for as long as `body` runs. */
export async function observing<T>(
  invocation: Invocation,
  body: (observation: Observation) => Promise<T>,
): Promise<T> {
  // Listeners only take notes here, and no event is reported: there is nothing to be told.
  const view = viewCluster({ ...credentialsOf(invocation), pace: PACE, onFault: () => {} });
  try {
    return await body(new Observation(view));
  } finally {
    view.close();
  }
}
