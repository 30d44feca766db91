/**
 * For a test that repeats itself: how often. `npm run test:long` does all of it; a run of all tests, which has
 * others to get to, does the same less often.
 */
export function times(all: number, usual: number): number {
  return process.env.PODCLOAK_LONG === '1' ? all : usual;
}
