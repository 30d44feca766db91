import { ERRORS } from '../errors/index.js';
import { CHECK_LISTS, CHECK_PATTERNS } from '../values/index.js';

/**
 * Puts what the code knows into a text written by hand: `REMEDY(PC201)` is the remedy of that error,
 * `LIST(OWN_LABELS)` a list that the checks have, `REGEX(CILIUM_IMAGE)` a pattern.
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
    .replaceAll(/REGEX\((\w+)\)/g, (_, name: string) => {
      const all = Object.entries(CHECK_PATTERNS);
      const [, { source }] = all.find(([key]) => key === name) ?? missing(name);
      return `\`${source.replaceAll('\\/', '/')}\``;
    });
}

function missing(name: string): never {
  throw new Error(`templates/chart asks for ${name}, which is not there`);
}
