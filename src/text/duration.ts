/** Of Go's time.ParseDuration, in milliseconds. */
const UNITS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 1e-3,
  ns: 1e-6,
};

/** Milliseconds of a duration such as `1h30m`, rounded up; undefined for what is none. */
export function milliseconds(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ns|us|ms|h|m|s))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/([\d.]+)(ns|us|ms|h|m|s)/g)];
  const sum = parts.reduce((all, [, number, unit = '']) => {
    return all + Number(number) * (UNITS[unit] ?? Number.NaN);
  }, 0);
  return Math.ceil(sum);
}
