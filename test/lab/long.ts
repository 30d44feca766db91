/** The one of two variants that `npm test` runs, and the other, which `npm run test:long` runs. */
export function variant<T>(usual: T, other: T): T {
  return isLong() ? other : usual;
}

/** Whether this is `npm run test:long`. */
export function isLong(): boolean {
  return process.env.PODCLOAK_LONG === '1';
}
