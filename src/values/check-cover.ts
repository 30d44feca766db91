import { type Diagnostic, diagnostic } from '../errors/index.js';
import { formatPrefix, type Prefix, parsePrefix, uncovered } from '../net/index.js';

/** So many ranges are named; the rest is counted. */
const NAMED = 3;

/** What strict mode is asked for. */
export interface StrictCover {
  readonly egress: boolean;
  readonly ingress: boolean;
  /** Its own CIDRs; none where it takes the pods' ranges. */
  readonly ranges: readonly string[];
  /** The pods' ranges, by the name of their value; empty ones are left out. */
  readonly routing: Readonly<Record<string, string>>;
}

/**
 * What of the pods' ranges the strict CIDRs leave open: pods there would talk in plaintext, which is what
 * strict mode is to rule out. Says nothing while one of them is no CIDR, as that is an error of its own.
 *
 * @param path of the strict CIDRs
 */
export function checkCover(
  path: string,
  { egress, ingress, ranges, routing }: StrictCover,
): Diagnostic[] {
  const given = ranges.filter((text) => text !== '');
  if (!(egress || ingress) || given.length === 0) return [];
  const strict = given.map(parsePrefix);
  if (!strict.every((one) => one !== undefined)) return [];
  return Object.entries(routing).flatMap(([name, text]) => {
    const range = parsePrefix(text);
    const open = range === undefined ? [] : uncovered(range, strict);
    if (open.length === 0) return [];
    const leaks = [
      ...(egress ? ['what pods send there may leave a node in plaintext'] : []),
      ...(ingress ? ['what comes from pods there is taken in plaintext'] : []),
    ].join(', and ');
    return [diagnostic('PC552', `${listed(open)} of ${name} is not covered: ${leaks}`, { path })];
  });
}

function listed(prefixes: readonly Prefix[]): string {
  const named = prefixes.slice(0, NAMED).map(formatPrefix).join(', ');
  const rest = prefixes.length - NAMED;
  return rest > 0 ? `${named} and ${rest} more` : named;
}
