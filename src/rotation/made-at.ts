import { MADE_AT } from '../cli/secret-manifest.js';
import type { KeyLine } from '../key-lines/index.js';
import type { StoredSecret } from '../kube/index.js';

/** The annotation of one key id. */
export function madeAtKey(keyID: number): string {
  return `${MADE_AT}${keyID}`;
}

/**
 * When the line of a key id was made, RFC 3339: what the annotation says, which `keys create` and `keys
 * rotate` write. Else, for the current line, when the Secret's key file was last written; the line may be
 * older than that only if it came from elsewhere.
 */
export function madeAt(
  { annotations, writers }: StoredSecret,
  keyFile: string,
  lines: readonly KeyLine[],
  keyID: number,
): string | undefined {
  const said = annotations[madeAtKey(keyID)];
  if (said !== undefined && !Number.isNaN(Date.parse(said))) return said;
  if (lines.at(-1)?.keyId !== keyID) return undefined;
  return writers
    .filter(({ dataKeys }) => dataKeys.includes(keyFile))
    .flatMap(({ time }) => time ?? [])
    .sort()
    .at(-1);
}
