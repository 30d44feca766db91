/** Schedules that Kubernetes takes. */
export const GOOD: readonly string[] = [
  ...['0 3 * * 0', '*/5 * * * *', '59 23 31 12 6', '0,30 8-18/2 1,15 * 1-5', '5/10 * ? * ?'],
  ...['0 0 * JAN-mar,Dec Sun', '00 09 01 01 *', '0  0   * * *', '* * * * sat'],
  ...['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'],
];

/** Those that neither it nor we take. */
export const BAD: readonly string[] = [
  ...['60 * * * *', '* 24 * * *', '* * 0 * *', '* * 32 * *', '* * * 13 *', '* * * 0 *'],
  ...['* * * * 7', '* * * *', '* * * * * *', '*/0 * * * *', '1- * * * *'],
  ...['@often', '@WEEKLY', 'weekly', '* * * * funday', '0 22-5 * * *', '0 0 * * fri-mon'],
];
