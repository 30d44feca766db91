import { type Paint, unpainted } from '../text/colour.js';
import { withoutKeys } from './show.js';
import { ERRORS, type ErrorCode, type ErrorEntry } from './table.js';

/** A place in something that a person wrote. Lines and columns count from 1. */
export interface Place {
  /** A file's path, `standard input`, or an option such as `--set (2nd)`. */
  readonly source: string;
  readonly line?: number;
  readonly column?: number;
}

/** One thing that is wrong, where, and what to do about it. */
export interface Diagnostic {
  readonly code: ErrorCode;
  readonly severity: 'error' | 'warning';
  /** The path of the value, such as `encryption.ipsec.keyFile`. */
  readonly path?: string;
  readonly place?: Place;
  readonly message: string;
  readonly remedy: string;
}

/** What a diagnostic may say beyond its message. */
export interface DiagnosticDetails {
  readonly path?: string | undefined;
  readonly place?: Place | undefined;
  /** Replaces the table's remedy where more is known. */
  readonly remedy?: string | undefined;
}

/** Makes a diagnostic; severity and, unless given, the remedy come from the table of errors. */
export function diagnostic(
  code: ErrorCode,
  message: string,
  details: DiagnosticDetails = {},
): Diagnostic {
  const entry: ErrorEntry = ERRORS[code];
  return {
    code,
    severity: entry.severity,
    message,
    remedy: details.remedy ?? entry.remedy,
    ...(details.path === undefined ? {} : { path: details.path }),
    ...(details.place === undefined ? {} : { place: details.place }),
  };
}

export function isError(found: Diagnostic): boolean {
  return found.severity === 'error';
}

/**
 * Thrown when an input is refused: carries everything that was wrong with it, not the first thing.
 */
export class PodcloakError extends Error {
  override readonly name = 'PodcloakError';

  constructor(readonly diagnostics: readonly Diagnostic[]) {
    super(formatDiagnostics(diagnostics));
  }

  /** The code of the first error. */
  get code(): ErrorCode {
    return (this.diagnostics.find(isError) ?? this.diagnostics[0])?.code ?? 'PC901';
  }
}

/**
 * Two lines a diagnostic: place, code and message as compilers print them, then what to do. A remedy
 * that several in a row share is written once, behind them.
 */
export function formatDiagnostics(found: readonly Diagnostic[], paint: Paint = unpainted): string {
  return found
    .flatMap((one, index) => {
      const next = found[index + 1];
      const shared = next?.code === one.code && next.remedy === one.remedy;
      const head = headline(one, paint);
      return shared ? [head] : [head, `    fix: ${one.remedy}`];
    })
    .join('\n');
}

function headline({ place, severity, code, path, message }: Diagnostic, paint: Paint): string {
  // A path may hold a key of the user's that is really key material in the wrong place.
  const where = path === undefined || path === '' ? '' : `${withoutKeys(path)}: `;
  return `${formatPlace(place)}${paint(severity, `${severity} ${code}`)}: ${where}${message}`;
}

function formatPlace(place: Place | undefined): string {
  if (place === undefined) return '';
  const numbers = [place.line, place.column].filter((number) => number !== undefined);
  return `${[place.source, ...numbers].join(':')}: `;
}
