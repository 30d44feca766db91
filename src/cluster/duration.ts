import { diagnostic, PodcloakError } from '../errors/index.js';

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** Timers count up to here. */
const LONGEST = 2 ** 31 - 1;

/**
 * Milliseconds of a duration as Go writes it (time.ParseDuration), such as `1h30m`: at most 24 days.
 *
 * @param source the option that it is of
 * @throws PodcloakError PC447
 */
export function parseDuration(text: string, source: string): number {
  const isWellFormed = /^(\d{1,9}(\.\d{1,9})?(ms|h|m|s))+$/.test(text);
  const parts = isWellFormed ? text.matchAll(/([\d.]+)(ms|h|m|s)/g) : [];
  let sum = 0;
  for (const [, number, unit = ''] of parts) sum += Number(number) * (UNITS[unit] ?? Number.NaN);
  if (isWellFormed && sum <= LONGEST) return Math.ceil(sum);
  throw new PodcloakError([
    diagnostic('PC447', 'it must be a duration of at most 24 days, such as 5m', {
      place: { source },
    }),
  ]);
}
