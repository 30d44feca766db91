import { createHash } from 'node:crypto';
import type { ClusterEvent } from './cluster.js';
import { END_DIGITS, eventBody, eventName, microTime } from './event-body.js';
import { EVENTS_PATH, RECORD, REPORTING_CONTROLLER } from './kinds.js';
import { KubeError } from './kube-error.js';
import type { Transport } from './transport.js';

/** An event that was reported, and how often it has happened since. */
interface Series {
  /** Fulfilled with the name of the API's object, once it has one. */
  readonly name: Promise<string>;
  count: number;
  /** The count of the last write. */
  written: number;
  /** Of the last occurrence and the last write, in milliseconds since the epoch. */
  last: number;
  lastWritten: number;
}

/** The API server forgets an event after an hour, unless told otherwise: then it is a new one. */
const FORGOTTEN = 60 * 60_000;
/** At least so often a lasting trouble is seen to last. */
const REFRESH = 10 * 60_000;
/** So many different events are remembered. */
const REMEMBERED = 256;

/**
 * Reports events so that trouble that repeats is one event with a count (events.k8s.io/v1, `series`), as
 * client-go does: alike are those that differ in their note at most. The count is written when it has
 * doubled, or after ten minutes: a thousand repetitions are ten writes.
 *
 * @param instance who reports, such as the node's name
 */
export function createEvents(
  transport: Transport,
  signal: AbortSignal,
  instance: string,
): (event: ClusterEvent) => Promise<void> {
  const known = new Map<string, Series>();

  const create = async (event: ClusterEvent, now: number): Promise<string> => {
    const name = eventName(event.regarding.name, sharedEnd(event, now));
    const body = bodyOf(event, name, instance, now);
    try {
      await transport.json({ method: 'POST', path: EVENTS_PATH, body, signal });
    } catch (error) {
      const isTold = event.shared !== undefined && error instanceof KubeError;
      // Another agent was first.
      if (!isTold || error.reason !== 'AlreadyExists') throw error;
    }
    return name;
  };

  const begin = async (key: string, event: ClusterEvent, now: number): Promise<void> => {
    const name = create(event, now);
    const series = { name, count: 1, written: 1, last: now, lastWritten: now };
    known.delete(key);
    known.set(key, series);
    const [oldest] = known.keys();
    if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
    try {
      await name;
    } catch (error) {
      // The next one tries again.
      if (known.get(key) === series) known.delete(key);
      throw error;
    }
  };

  return async (event) => {
    const now = Date.now();
    const key = keyOf(event);
    const series = known.get(key);
    if (series === undefined || now - series.last > FORGOTTEN) return begin(key, event, now);
    series.count += 1;
    series.last = now;
    // Agents count for themselves: of a shared one nobody knows how often all of them have met it.
    if (event.shared !== undefined) return;
    if (series.count < series.written * 2 && now - series.lastWritten < REFRESH) return;
    series.written = series.count;
    series.lastWritten = now;
    try {
      await transport.json({
        method: 'PATCH',
        path: `${EVENTS_PATH}/${await series.name}`,
        contentType: 'application/merge-patch+json',
        body: { series: { count: series.count, lastObservedTime: microTime(now) } },
        signal,
      });
    } catch (error) {
      // Somebody deleted it, or the API server forgot it sooner than we do.
      if (!(error instanceof KubeError) || error.code !== 'PC505') throw error;
      await begin(key, event, now);
    }
  };
}

function bodyOf(event: ClusterEvent, name: string, instance: string, now: number): object {
  const { regarding, type, reason, action, note } = event;
  return eventBody({
    ...{ name, namespace: 'default', time: now, type, reason, action, note },
    by: { controller: REPORTING_CONTROLLER, instance },
    regarding: {
      apiVersion: regarding.kind === 'Node' ? 'v1' : RECORD.apiVersion,
      kind: regarding.kind,
      name: regarding.name,
      ...(regarding.uid === undefined ? {} : { uid: regarding.uid }),
    },
  });
}

/** Of events that are alike. */
function keyOf({ regarding, type, reason, action, shared }: ClusterEvent): string {
  const { kind, name, uid } = regarding;
  return JSON.stringify([kind, name, uid, type, reason, action, shared]);
}

/** What ends the name of a shared event: the same for all who make it within an hour. */
function sharedEnd(event: ClusterEvent, now: number): string | undefined {
  if (event.shared === undefined) return undefined;
  const hour = Math.floor(now / FORGOTTEN);
  return createHash('sha256')
    .update(`${keyOf(event)} ${hour}`)
    .digest('hex')
    .slice(0, END_DIGITS);
}
