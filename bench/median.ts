/** The middle one of some numbers, or what is between the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const half = sorted.length >> 1;
  const middle = sorted.length % 2 === 1 ? [sorted[half]] : [sorted[half - 1], sorted[half]];
  return middle.reduce<number>((sum, value = 0) => sum + value, 0) / middle.length;
}
