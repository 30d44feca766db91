/**
 * For a test that repeats itself: how often. `npm run test:long` does all of it; a run of all tests, which has
 * others to get to, does the same less often.
 */
export function times(all: number, usual: number): number {
  return isLong() ? all : usual;
}

/** The one of two variants that `npm test` runs, and the other, which `npm run test:long` runs. */
export function variant<T>(usual: T, other: T): T {
  return isLong() ? other : usual;
}

/** Whether this is `npm run test:long`. */
export function isLong(): boolean {
  return process.env.PODCLOAK_LONG === '1';
}
