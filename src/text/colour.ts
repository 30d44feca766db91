/** Colours by what they say; ECMA-48 §8.3.117 (SGR). */
const CODES = { error: '1;31', warning: '33', added: '32', changed: '33' } as const;

export type Meaning = keyof typeof CODES;

/** Dresses a text in the colour of what it means, or leaves it as it is. */
export type Paint = (meaning: Meaning, text: string) => string;

export const unpainted: Paint = (_, text) => text;

const painted: Paint = (meaning, text) => `\u001b[${CODES[meaning]}m${text}\u001b[0m`;

/**
 * Colours for an output: on a terminal only, and not against the user's wish (https://no-color.org).
 *
 * @param env the process' own environment
 */
export function paintFor(
  isTerminal: boolean,
  { NO_COLOR = '', TERM }: Readonly<Record<string, string | undefined>>,
): Paint {
  return isTerminal && NO_COLOR === '' && TERM !== 'dumb' ? painted : unpainted;
}
