import { areaOf } from './areas.js';
import { REASONS } from './reasons.js';
import { ERRORS, type ErrorCode, type ErrorEntry } from './table.js';

/** All that is known of a code without knowing the case. */
export interface Explanation {
  readonly code: ErrorCode;
  readonly severity: ErrorEntry['severity'];
  /** What is wrong. */
  readonly what: string;
  /** Why that is wrong, unless it goes without saying. */
  readonly why?: string;
  /** Who reports it, and what has happened by then. */
  readonly when: string;
  /** What to do. */
  readonly remedy: string;
}

export function explain(code: ErrorCode): Explanation {
  const { severity, title, remedy }: ErrorEntry = ERRORS[code];
  const why = REASONS[code];
  return {
    code,
    severity,
    what: `${title}.`,
    ...(why === undefined ? {} : { why }),
    when: areaOf(code)?.when ?? '',
    remedy,
  };
}

/** The code that a text names: `PC105`, in small letters too, or the number alone. */
export function parseCode(text: string): ErrorCode | undefined {
  const digits = /^(?:PC)?([0-9]{3})$/i.exec(text.trim())?.[1];
  const code = `PC${digits}`;
  return Object.hasOwn(ERRORS, code) ? (code as ErrorCode) : undefined;
}

/**
 * The code nearest to a number that is none: of the same hundred if it can be, since those are about
 * the same thing.
 *
 * @returns undefined for a text without a number of three digits
 */
export function nearestCode(text: string): ErrorCode | undefined {
  const digits = /[0-9]{3}/.exec(text)?.[0];
  if (digits === undefined) return undefined;
  const distance = (code: string) =>
    Math.abs(Number(code.slice(2)) - Number(digits)) + (code[2] === digits[0] ? 0 : 1000);
  const [nearest] = (Object.keys(ERRORS) as ErrorCode[]).sort((a, b) => distance(a) - distance(b));
  return nearest;
}
