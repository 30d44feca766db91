/** Where helm knows something that `synth` is told, or that has no counterpart there. */
export type ReleaseField = 'namespace' | 'name' | 'service' | 'version' | 'chart';

/** How a value that is not known yet is to be printed. */
export type ValueType = 'string' | 'boolean' | 'integer' | 'map' | 'list';

/**
 * What is worked out only when helm renders the chart. The manifests are built once for the chart, with
 * stand-ins for all values; a term says what a stand-in stands for.
 */
export type Term =
  /** A value of the user, at its path. */
  | { readonly kind: 'value'; readonly path: readonly string[]; readonly type: ValueType }
  /** Something that only the release knows. */
  | { readonly kind: 'release'; readonly field: ReleaseField }
  /** A boolean, or a number, or a string, as a string. */
  | { readonly kind: 'text'; readonly of: Term }
  /** A string, or a list of strings with commas between them. */
  | { readonly kind: 'comma-list'; readonly of: Term }
  | { readonly kind: 'base64'; readonly of: Term }
  /** The first string, or the second one where the first is missing or empty. */
  | { readonly kind: 'or-else'; readonly of: Term; readonly fallback: string }
  /** Whether something is there and not empty. */
  | { readonly kind: 'is-set'; readonly of: Term }
  /** Whether something is missing, empty or false. */
  | { readonly kind: 'not'; readonly of: Term }
  | { readonly kind: 'both'; readonly of: readonly [Term, Term] }
  /** The first one unless it is missing, empty or false, or else the second. */
  | { readonly kind: 'either'; readonly of: readonly [Term, Term] }
  | { readonly kind: 'equals'; readonly of: Term; readonly to: string }
  /** Text, fields of a map or items of a list that are there only under a condition. */
  | { readonly kind: 'when'; readonly condition: Term; readonly then: string | object }
  /** One field of a map, which is there only when it is not empty. */
  | { readonly kind: 'filled'; readonly key: string; readonly of: Term }
  /** The first map, or the second one where the first is missing or empty. */
  | { readonly kind: 'map-or-else'; readonly of: Term; readonly fallback: object }
  /** Maps laid over each other: of one key the last value counts. */
  | { readonly kind: 'layered'; readonly maps: readonly object[] }
  /** A few hex digits that are others wherever the part of this name is another. */
  | { readonly kind: 'digest'; readonly of: Term }
  /** A part with a name of its own, defined in one place and included in others. */
  | { readonly kind: 'partial'; readonly name: string; readonly type: 'map' | 'string' };

/** Private use characters, which no text of ours has. */
const [OPEN, CLOSE] = ['\ue000', '\ue001'];
const TOKEN = new RegExp(`(${OPEN}[0-9]+${CLOSE})`);

/**
 * Only what was issued here is a stand-in: a user's text that looks like one is none. `synth` issues
 * nothing, so nothing can be taken for a stand-in there.
 */
const issued = new Map<string, Term>();

/** A stand-in where a string, boolean or number belongs; its type is the caller's claim. */
export function standIn<T = string>(term: Term): T {
  const token = `${OPEN}${issued.size}${CLOSE}`;
  issued.set(token, term);
  return token as T;
}

/** A stand-in for a whole map, which can be spread among other fields. */
export function mapStandIn(term: Term): Record<string, never> {
  return { [standIn(term)]: '' as never };
}

/** A stand-in for a whole list, which can be spread among other items. */
export function listStandIn(term: Term): never[] {
  return [standIn<never>(term)];
}

/** What a string stands for, when it is a stand-in and nothing else. */
export function termOfText(text: unknown): Term | undefined {
  return issued.size > 0 && typeof text === 'string' ? issued.get(text) : undefined;
}

/** What a value of any shape stands for, when it is a stand-in and nothing else. */
export function termOf(value: unknown): Term | undefined {
  if (issued.size === 0) return undefined;
  if (Array.isArray(value)) return value.length === 1 ? termOfText(value[0]) : undefined;
  if (typeof value !== 'object' || value === null) return termOfText(value);
  const [only, ...more] = Object.entries(value);
  // A field whose name is a stand-in has a value; a stand-in for a whole map has none.
  return only?.[1] === '' && more.length === 0 ? termOfText(only[0]) : undefined;
}

/** A text taken apart into plain text and stand-ins, in their order, nothing empty among them. */
export function piecesOf(text: string): (string | Term)[] {
  return text
    .split(TOKEN)
    .filter((piece) => piece !== '')
    .map((piece) => issued.get(piece) ?? piece);
}
