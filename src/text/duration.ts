/** Of Go's time.ParseDuration, in nanoseconds. */
const UNITS: Readonly<Record<string, number>> = {
  h: 3600e9,
  m: 60e9,
  s: 1e9,
  ms: 1e6,
  us: 1000,
  ns: 1,
};

/**
 * Nanoseconds of a duration such as `1h30m`, as Go's time.ParseDuration counts them: what is left of a
 * nanosecond in a part is cut off. The same as there up to 104 days, and to 18 digits behind a point.
 *
 * @returns undefined for what is none
 */
export function nanoseconds(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ns|us|ms|h|m|s))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+)(?:\.(\d+))?(ns|us|ms|h|m|s)/g)];
  return parts.reduce((sum, [, whole, fraction = '', unit = '']) => {
    const size = UNITS[unit] ?? Number.NaN;
    return (
      sum + Number(whole) * size + Math.trunc(Number(fraction) * (size / 10 ** fraction.length))
    );
  }, 0);
}

/** Milliseconds of a duration such as `1h30m`, rounded up; undefined for what is none. */
export function milliseconds(text: string): number | undefined {
  const found = nanoseconds(text);
  return found === undefined ? undefined : Math.ceil(found / 1e6);
}
