/** Pace of the attempts to reach the API server, all in milliseconds. */
export interface Pace {
  /** Before the second attempt; each further one waits twice as long. */
  readonly first: number;
  readonly longest: number;
}

/**
 * How long to wait after so many failures in a row (from 1): doubled each time up to the longest, and
 * then between a half and the whole of it, as agents that lost the same API server must not all come
 * back at once. What the server asks for (`Retry-After`) is kept to, up to the longest.
 *
 * @param random 0 ≤ random < 1
 */
export function delayAfter(
  failures: number,
  { first, longest }: Pace,
  random: number,
  asked = 0,
): number {
  const whole = Math.min(longest, first * 2 ** Math.min(failures - 1, 30));
  return Math.max(whole * (0.5 + random / 2), Math.min(asked, longest));
}
