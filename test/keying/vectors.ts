import { readFileSync } from 'node:fs';
import type { Case } from './compute.js';

export interface Vector {
  readonly title: string;
  readonly input: Case;
  readonly output: object;
}

/** The vectors of docs/keying.md: its JSON blocks, read from the document so that neither can drift. */
export function documentedVectors(): Vector[] {
  const text = readFileSync(new URL('../../docs/keying.md', import.meta.url), 'utf8');
  const blocks = text.matchAll(/^```json\n(.*?)^```$/gms);
  return Array.from(blocks, ([, json = '']): Vector => JSON.parse(json));
}
