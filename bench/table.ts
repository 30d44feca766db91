/** Prints a Markdown table, its numbers already as texts. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  console.log([line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n'));
}

/** What the one argument of the bench says, or else its default. */
export function argumentOr(usual: number): number {
  const given = Number(process.env.BENCH_ARGUMENT ?? usual);
  if (!Number.isInteger(given) || given < 1) throw new Error('the argument must be a count');
  return given;
}
