import { type Io, report } from '../cli/io.js';
import { diagnostic } from '../errors/index.js';
import {
  type CredentialOptions,
  type CronJobPlace,
  KubeError,
  openCronJobEvents,
  type RunEvent,
} from '../kube/index.js';
import { laggards, type Progress } from './progress.js';
import { laggardsText } from './text.js';

/** Not all of thousands of nodes: an event has 1 kB, and the log is read by people. */
const NAMED = 10;

/** Why a scheduled run did nothing: nodes, or pairs of them, that are not on the current key. */
export function skippedEvent(progress: Progress): RunEvent {
  const note = `Skipped, as not on key id ${progress.keyID} yet: ${lateText(progress)}`;
  return { type: 'Warning', reason: 'KeyRotationSkipped', note };
}

/** The new key is there, and the time is over before every node has it. */
export function unfinishedEvent(progress: Progress): RunEvent {
  const note = `Not on key id ${progress.keyID} in time: ${lateText(progress)}`;
  return { type: 'Warning', reason: 'KeyRotationUnfinished', note };
}

/** Every node is on the new key. */
export function rotatedEvent({ keyID, nodes }: Progress): RunEvent {
  const note = `All ${nodes.length} nodes are on key id ${keyID}`;
  return { type: 'Normal', reason: 'KeyRotated', note };
}

export function lateText(progress: Progress): string {
  return laggardsText(laggards(progress), NAMED);
}

/** Says it on the CronJob. An event is a courtesy: where it cannot be written, the log says so. */
export async function tellCronJob(
  place: CronJobPlace,
  event: RunEvent,
  credentials: CredentialOptions,
  io: Io,
): Promise<void> {
  const events = openCronJobEvents(place, credentials);
  try {
    await events.tell(event);
  } catch (thrown) {
    if (!(thrown instanceof KubeError)) throw thrown;
    report(io, [diagnostic('PC492', thrown.message)]);
  } finally {
    events.close();
  }
}
