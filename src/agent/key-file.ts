import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Diagnostic, diagnostic } from '../errors/index.js';
import { type KeyLine, parseKeyLines, parseRevoked, type RevokedKey } from '../key-lines/index.js';
import { checkValue } from '../keying/index.js';

/** A key file has a line for each of 15 key ids at most. */
const MAX_BYTES = 64 * 1024;

/** What the mounted Secret holds now. */
export type KeyFile =
  | { readonly lines: readonly KeyLine[]; readonly warnings: readonly Diagnostic[] }
  /** `isAbsent`: there is no Secret, rather than a bad one, or one that lacks this key. */
  | { readonly problem: Diagnostic; readonly isAbsent?: true };

/**
 * Reads the key file. A file with any mistake is refused as a whole: what was good before goes on.
 *
 * @param secret what to call it: namespace and name
 */
export function readKeyFile(folder: string, name: string, secret: string): KeyFile {
  const place = `Secret ${secret}, key ${name}`;
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(folder, name));
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' && isEmpty(folder)) {
      return { problem: diagnostic('PC708', `${place} is not there`), isAbsent: true };
    }
    const why = code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`;
    return { problem: diagnostic('PC708', `${place} ${why}`) };
  }
  if (bytes.length > MAX_BYTES) return { problem: diagnostic('PC709', `${place} is too long`) };
  const { keys, problems } = parseKeyLines(bytes.toString('utf8'));
  bytes.fill(0);
  const found = problems.map(({ code, line, message }) =>
    diagnostic(code, message, { place: { source: place, line, column: 1 } }),
  );
  const fatal = found.find(({ severity }) => severity === 'error');
  return fatal === undefined ? { lines: keys, warnings: found } : { problem: fatal };
}

/** Whether nothing is mounted there, but for what a kubelet needs itself: names with two dots. */
function isEmpty(folder: string): boolean {
  try {
    return readdirSync(folder).every((name) => name.startsWith('..'));
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

/**
 * Reads the list of revoked keys, which is beside the key file. Where there is none, nothing is revoked.
 *
 * @param secret what to call the Secret: namespace and name
 */
export function readRevoked(
  folder: string,
  name: string,
  secret: string,
): { readonly keys: readonly RevokedKey[] } | { readonly problem: Diagnostic } {
  const place = `Secret ${secret}, key ${name}`;
  let text: string;
  try {
    text = readFileSync(join(folder, name), 'utf8');
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { keys: [] };
    return { problem: diagnostic('PC721', `${place} cannot be read (${code})`) };
  }
  const found = parseRevoked(text);
  if ('keys' in found) return found;
  return { problem: diagnostic('PC721', `${place}: line ${found.badLine} is none of its lines`) };
}

/**
 * The lines that may be used: those whose key id is not in use with other material. Sequence numbers and
 * nonces under it go on, so a second key under one id is refused. Where no tunnel is under it, as with a
 * key that no other node has, nothing goes on.
 *
 * @param checks base64 check values by key id, of what was read
 * @param inTunnels key ids that tunnels are under
 */
export function usableLines(
  lines: readonly KeyLine[],
  checks: Readonly<Record<string, string>>,
  inTunnels: ReadonlySet<number>,
  clusterUID: string,
): { usable: KeyLine[]; refused: number[] } {
  const isOther = (line: KeyLine): boolean => {
    const known = inTunnels.has(line.keyId) ? checks[line.keyId] : undefined;
    return known !== undefined && known !== checkOf(line, clusterUID);
  };
  return {
    usable: lines.filter((line) => !isOther(line)),
    refused: lines.filter(isOther).map(({ keyId }) => keyId),
  };
}

/** Base64 of a line's check value. */
export function checkOf(line: KeyLine, clusterUID: string): string {
  return Buffer.from(checkValue(line, clusterUID)).toString('base64');
}
