import type { Io } from './io.js';

/** One line on a terminal that says how far something is; elsewhere nothing at all. */
export interface Progress {
  readonly show: (text: string) => void;
  /** Takes the line away. */
  readonly end: () => void;
}

const ERASE = '\r\u001b[K';
const SILENT: Progress = { show: () => {}, end: () => {} };

/** @param env the process' own environment */
export function progressOn(
  io: Pick<Io, 'err' | 'errIsTerminal'>,
  { TERM }: Readonly<Record<string, string | undefined>>,
): Progress {
  if (!io.errIsTerminal || TERM === 'dumb') return SILENT;
  return { show: (text) => io.err(`${ERASE}${text}`), end: () => io.err(ERASE) };
}
