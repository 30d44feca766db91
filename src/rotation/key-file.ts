import type { KeyLine } from '../key-lines/index.js';

/** Key ids are four bits of every SPI; 0 is none. */
const MOST = 15;

/**
 * The key id after the last line's: 1 follows 15. Ids that are taken are passed over.
 *
 * @param taken ids that nodes still know: under them other key material would be refused (PC710)
 * @returns undefined when none is free
 */
export function nextKeyID(
  lines: readonly KeyLine[],
  taken: ReadonlySet<number>,
): number | undefined {
  const last = lines.at(-1)?.keyId ?? MOST;
  const used = new Set([...taken, ...lines.map(({ keyId }) => keyId)]);
  const order = Array.from({ length: MOST }, (_, index) => ((last + index) % MOST) + 1);
  return order.find((id) => !used.has(id));
}

/** The file with one more line, which agents prefer, as it is the last. */
export function withLine(text: string, line: string): string {
  return `${text.trimEnd()}\n${line}\n`;
}

/** The file without the lines before the last key line. Comments stay. */
export function currentOnly(text: string, lines: readonly KeyLine[]): string {
  return withoutLines(text, lines.slice(0, -1));
}

/** The file without these of its lines. */
export function withoutLines(text: string, lines: readonly KeyLine[]): string {
  const old = new Set(lines.map(({ line }) => line));
  return text
    .split(/\r\n|\r|\n/)
    .filter((_, index) => !old.has(index + 1))
    .join('\n');
}
