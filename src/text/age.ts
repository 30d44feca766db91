const UNITS: readonly (readonly [string, number])[] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/** A time span for people, such as `3 days`. */
export function ageText(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [unit, length] = UNITS.find(([, size]) => whole >= size) ?? ['second', 1];
  const count = Math.floor(whole / length);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
