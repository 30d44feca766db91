/** A key that nobody may use any more. */
export interface RevokedKey {
  readonly keyID: number;
  /** Base64 of 8 bytes: names the key's material (see docs/keying.md), so that its id may be used again. */
  readonly check: string;
}

/** The list is beside the key file: another key of the same Secret. */
export function revokedNameOf(keyFile: string): string {
  return `${keyFile}.revoked`;
}

/** As many as could ever be of use: each key id many times over. */
const MOST = 1024;

/** The text of a file of revoked keys: `key-id check` a line. */
export function formatRevoked(keys: readonly RevokedKey[]): string {
  return keys.map(({ keyID, check }) => `${keyID} ${check}\n`).join('');
}

/**
 * The keys in such a text, each once; blank lines are skipped.
 *
 * @returns the number of the first line that is none instead, counted from 1
 */
export function parseRevoked(text: string): { keys: RevokedKey[] } | { badLine: number } {
  const keys = new Map<string, RevokedKey>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const match = /^([1-9]|1[0-5]) ([A-Za-z0-9+/]{11}=)$/.exec(line.trim());
    const [, keyID, check] = match ?? [];
    if (keyID === undefined || check === undefined || keys.size >= MOST) {
      return { badLine: index + 1 };
    }
    keys.set(line.trim(), { keyID: Number(keyID), check });
  }
  return { keys: [...keys.values()] };
}
