import { diagnostic, PodcloakError } from '../errors/index.js';
import { milliseconds } from '../text/duration.js';

/** Timers count up to here. */
const LONGEST = 2 ** 31 - 1;

/**
 * Milliseconds of a duration as Go writes it (time.ParseDuration), such as `1h30m`: at most 24 days.
 *
 * @param source the option that it is of
 * @throws PodcloakError PC447
 */
export function parseDuration(text: string, source: string): number {
  const found = milliseconds(text);
  if (found !== undefined && found <= LONGEST) return found;
  throw new PodcloakError([
    diagnostic('PC447', 'it must be a duration of at most 24 days, such as 5m', {
      place: { source },
    }),
  ]);
}
