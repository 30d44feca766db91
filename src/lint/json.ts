import { type Diagnostic, ERRORS, type ErrorCode, isError, withoutKeys } from '../errors/index.js';
import { VERSION } from '../version.js';

/** A finding as programs read it. */
export interface Finding {
  readonly code: ErrorCode;
  readonly severity: 'error' | 'warning';
  /** What the code stands for, the same in every case. */
  readonly title: string;
  /** What is wrong in this case. */
  readonly message: string;
  readonly remedy: string;
  /** The path of the value. */
  readonly path?: string;
  /** A file, `standard input` or an option. */
  readonly source?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1, in UTF-16 code units. */
  readonly column?: number;
}

export interface LintReport {
  readonly version: string;
  readonly findings: readonly Finding[];
  readonly summary: { readonly errors: number; readonly warnings: number };
}

export function lintReport(found: readonly Diagnostic[]): LintReport {
  const errors = found.filter(isError).length;
  return {
    version: VERSION,
    findings: found.map(findingOf),
    summary: { errors, warnings: found.length - errors },
  };
}

export function findingOf({ code, severity, message, remedy, path, place }: Diagnostic): Finding {
  return {
    code,
    severity,
    title: ERRORS[code].title,
    message,
    remedy,
    // A key of the user's may be key material in the wrong place.
    ...(path === undefined || path === '' ? {} : { path: withoutKeys(path) }),
    ...place,
  };
}
