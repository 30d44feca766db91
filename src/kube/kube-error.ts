import { ERRORS, type ErrorCode, withoutKeys } from '../errors/index.js';

/** The codes of this folder. */
export type KubeCode = Extract<ErrorCode, `PC5${string}`>;

/** A field that another field manager has, and would not share. */
export interface FieldConflict {
  readonly manager: string;
  /** As the API server writes it, such as `.data.keys`. */
  readonly field: string;
}

export interface KubeErrorDetails {
  /** The HTTP status. */
  readonly status?: number | undefined;
  /** The API server's word for it, such as `AlreadyExists`, or an errno's name. */
  readonly reason?: string | undefined;
  /** How long the API server asks us to wait, in milliseconds. */
  readonly retryAfter?: number | undefined;
  /** Why a server-side apply was refused. */
  readonly conflicts?: readonly FieldConflict[] | undefined;
}

/**
 * The API server could not be asked, or said no. The message never holds a token, nor the body of a
 * request or an answer but for the API server's own words about an error.
 */
export class KubeError extends Error {
  override readonly name = 'KubeError';
  readonly status: number | undefined;
  readonly reason: string | undefined;
  readonly retryAfter: number | undefined;
  readonly conflicts: readonly FieldConflict[];

  constructor(
    readonly code: KubeCode,
    message: string,
    { status, reason, retryAfter, conflicts = [] }: KubeErrorDetails = {},
  ) {
    super(presentable(message));
    this.status = status;
    this.reason = reason;
    this.retryAfter = retryAfter;
    this.conflicts = conflicts;
  }

  /** What to do about it, from the table of errors. */
  get remedy(): string {
    return ERRORS[this.code].remedy;
  }
}

/** What has been said by the other side of a connection: anything may be in it. */
const CREDENTIALS = /\bBearer\s+\S+|\beyJ[\w.-]{16,}/gi;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;
const LONGEST = 400;

function presentable(text: string): string {
  const clean = withoutKeys(text.replace(CREDENTIALS, '…')).replace(INVISIBLE, ' ').trim();
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST)}…` : clean;
}

/** Whatever was thrown, as an error of ours. */
export function toKubeError(error: unknown): KubeError {
  return error instanceof KubeError ? error : unreachable(error);
}

/** A connection failed. The words are the system's or TLS's: they name hosts, ports and certificates. */
export function unreachable(error: unknown): KubeError {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const reason = typeof code === 'string' ? code : undefined;
  const text =
    typeof message === 'string' && message !== '' ? message : (reason ?? 'no reason given');
  return new KubeError('PC501', `the API server cannot be reached: ${text}`, { reason });
}

/** The API server's answer is not what its API promises. */
export function unexpected(what: string): KubeError {
  return new KubeError('PC509', `unexpected answer of the API server: ${what}`);
}

/**
 * An answer with an error's status (the API's `Status` object, or no JSON at all, as from a proxy).
 *
 * @param what was asked, such as `GET /api/v1/nodes`
 */
export function refused(
  what: string,
  status: number,
  body: unknown,
  retryAfter: number | undefined,
): KubeError {
  const { kind, reason, message, details } = (body ?? {}) as Record<string, unknown>;
  const isStatus = kind === 'Status';
  const words = isStatus && typeof message === 'string' ? message : 'no reason given';
  const named = (details as { name?: unknown } | undefined)?.name;
  return new KubeError(
    codeOf(status, typeof named === 'string' && named !== ''),
    `${what}: ${status}: ${words}`,
    {
      status,
      reason: isStatus && typeof reason === 'string' ? reason : undefined,
      retryAfter,
      conflicts: conflictsOf(details),
    },
  );
}

/** The causes of a refused apply, whose words are `conflict with "kubectl-create" using v1`. */
function conflictsOf(details: unknown): FieldConflict[] {
  const { causes } = (details ?? {}) as { causes?: unknown };
  if (!Array.isArray(causes)) return [];
  return causes.flatMap((cause: unknown) => {
    const { reason, message, field } = (cause ?? {}) as Record<string, unknown>;
    if (reason !== 'FieldManagerConflict' || typeof field !== 'string') return [];
    const manager = /^conflict with "([^"]*)"/.exec(String(message))?.[1] ?? 'another manager';
    return [{ manager, field }];
  });
}

/** @param hasName whether the API server names an object: else the kind itself is not there */
function codeOf(status: number, hasName: boolean): KubeCode {
  switch (status) {
    case 401:
      return 'PC502';
    case 403:
      return 'PC503';
    case 404:
      return hasName ? 'PC505' : 'PC504';
    case 409:
      return 'PC506';
    case 410:
      return 'PC511';
    case 400:
    case 413:
    case 415:
    case 422:
      return 'PC507';
    default:
      return status === 429 || status >= 500 ? 'PC508' : 'PC509';
  }
}
