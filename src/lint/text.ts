import { type Diagnostic, formatDiagnostics, isError } from '../errors/index.js';
import type { Paint } from '../text/colour.js';

/** Findings for people: each as a command reports it, and how many there are. */
export function lintText(found: readonly Diagnostic[], paint: Paint): string {
  if (found.length === 0) return 'Nothing to report.\n';
  const errors = found.filter(isError).length;
  const counts = [count(errors, 'error'), count(found.length - errors, 'warning')];
  return `${formatDiagnostics(found, paint)}\n${counts.filter((text) => text !== '').join(', ')}\n`;
}

function count(number: number, what: string): string {
  if (number === 0) return '';
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
