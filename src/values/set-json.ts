import { findUnfit, type Json } from './json.js';

/** A JSON text as a value; or what is wrong with it, in words that quote nothing of it. */
export function parseJson(text: string): { value: Json } | { fault: string } {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return { fault: 'the value is not JSON' };
  }
  const unfit = findUnfit(value);
  return unfit === undefined ? { value } : { fault: `the JSON value ${unfit.message}` };
}

/** The offset behind the JSON value that begins at `start`: the first comma outside it, or the end. */
export function endOfJson(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if ('{['.includes(character)) depth += 1;
    else if ('}]'.includes(character)) depth -= 1;
    else if (character === ',' && depth === 0) return at;
  }
  return text.length;
}
