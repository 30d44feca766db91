import { ERRORS } from '../errors/index.js';
import { CHECK_LISTS, CILIUM_IMAGE } from '../values/index.js';

/**
 * Puts what the code knows into a text written by hand: `REMEDY(PC201)` is the remedy of that error,
 * `LIST(OWN_LABELS)` a list that the checks have, `REGEX(CILIUM_IMAGE)` the pattern.
 */
export function filledIn(written: string): string {
  return written
    .replaceAll(/REMEDY\((PC[0-9]{3})\)/g, (_, code: string) => {
      const [, entry] = Object.entries(ERRORS).find(([name]) => name === code) ?? missing(code);
      return JSON.stringify(entry.remedy);
    })
    .replaceAll(/LIST\((\w+)\)/g, (_, name: string) => {
      const [, words] = Object.entries(CHECK_LISTS).find(([key]) => key === name) ?? missing(name);
      return `(list ${words.map((word) => JSON.stringify(word)).join(' ')})`;
    })
    .replaceAll('REGEX(CILIUM_IMAGE)', () => `\`${CILIUM_IMAGE.source.replaceAll('\\/', '/')}\``);
}

function missing(name: string): never {
  throw new Error(`templates/chart asks for ${name}, which is not there`);
}
