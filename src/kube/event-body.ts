import { randomBytes } from 'node:crypto';

/** The API's bound on a note, in bytes. */
const LONGEST_NOTE = 1024;

/** What an event says (events.k8s.io/v1). */
export interface EventFacts {
  readonly name: string;
  /** Where what it is about is; of an object without a namespace, `default`. */
  readonly namespace: string;
  /** In milliseconds since the epoch. */
  readonly time: number;
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly action: string;
  /** Cut off where it is too long for the API. */
  readonly note: string;
  readonly by: { readonly controller: string; readonly instance: string };
  /** An ObjectReference. */
  readonly regarding: object;
}

/** An event as the API takes it. */
export function eventBody(facts: EventFacts): object {
  const { name, namespace, time, type, reason, action, note, by, regarding } = facts;
  return {
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: { name, namespace },
    eventTime: microTime(time),
    reportingController: by.controller,
    reportingInstance: by.instance.slice(0, 128),
    type,
    reason,
    action,
    note: shortened(note),
    regarding,
  };
}

/** Hexadecimal digits at the end of an event's name. */
export const END_DIGITS = 16;

/**
 * The name of the object that it is about, as far as there is room, and an end.
 *
 * @param end {@link END_DIGITS} of them; random unless given, so that no other event has the name
 */
export function eventName(
  object: string,
  end: string = randomBytes(END_DIGITS / 2).toString('hex'),
): string {
  const begin = object.slice(0, 200).replace(/[^a-z0-9]+$/, '');
  return `${begin}.${end}`;
}

/** meta/v1 MicroTime. */
export function microTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '000Z');
}

/** At most 1,024 bytes of UTF-8, whole characters. */
function shortened(note: string): string {
  const bytes = Buffer.from(note);
  if (bytes.length <= LONGEST_NOTE) return note;
  const whole = new TextDecoder()
    .decode(bytes.subarray(0, LONGEST_NOTE - 3))
    .replace(/\ufffd+$/, '');
  return `${whole}…`;
}
