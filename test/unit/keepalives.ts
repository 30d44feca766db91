/** Durations that the kernel can keep alive by, and their seconds. */
export const GOOD_KEEPALIVES: readonly (readonly [text: string, seconds: number])[] = [
  ['0s', 0],
  ['0h0.0ns', 0],
  ['25s', 25],
  ['025s', 25],
  ['1m5s', 65],
  ['1000ms', 1],
  ['25000000000ns', 25],
  ['0.5m', 30],
  ['0.1h', 360],
  ['1.1h', 3960],
  ['0.05m', 3],
  ['0.0000h7s', 7],
  ['500ms0.5s', 1],
  ['18h12m15s', 65_535],
  ['65534.999999999s1ns', 65_535],
  // Go's own reading cuts off what is less than a nanosecond, so that helm takes it.
  ['1000.0000001ms', 1],
];

/** Durations that are no keepalives. */
export const BAD_KEEPALIVES: readonly string[] = [
  ...[
    '500ms',
    '1.5s',
    '0.01m',
    '1ns',
    '0.1ns',
    '25s1us',
    '65535s1ns',
    '65536s',
    '18h12m16s',
    '24h',
  ],
  // More than Go's durations hold, 292 years.
  ...['2562047h48m', '9999999h', `${'9'.repeat(60)}h`],
];
