import { type Diagnostic, diagnostic, type Place } from '../errors/index.js';
import { getOwn, isObject, type Json, type JsonObject, setOwn } from './json.js';
import { merge } from './merge.js';
import { endOfJson, parseJson } from './set-json.js';

/** How the text after `=` becomes a value. */
export type SetMode = 'typed' | 'string' | 'json' | 'file';

/** Helm's own bounds (pkg/strvals); helm counts only the dots, not the indexes. */
const MAX_INDEX = 65536;
const MAX_NESTING = 30;

/** A syntax error at a 0-based offset of the option's text. */
class SetSyntax extends Error {
  constructor(
    readonly offset: number,
    message: string,
    readonly code: 'PC120' | 'PC121' = 'PC120',
  ) {
    super(message);
  }
}

/**
 * Parses one `--set`-like option onto `base`, with the grammar of helm's `pkg/strvals`:
 * `a.b=1,c[0]=x,d={p,q}`, backslash escapes, `null`, and integers; a fraction stays a string.
 *
 * @param base is not changed
 * @param read gives the content of a file, for mode `file`
 * @returns the new values, or a diagnostic whose place holds the column in `text`; the message never
 *   quotes what stands behind `=`
 */
export function parseSet(
  text: string,
  mode: SetMode,
  base: JsonObject,
  label: string,
  read: (path: string) => string = () => '',
): { value: JsonObject } | { diagnostic: Diagnostic } {
  try {
    const whole = mode === 'json' ? wholeObject(text) : undefined;
    if (whole !== undefined) return { value: merge(base, whole) };
    const value = structuredClone(base);
    new SetParser(text, mode, read).run(value);
    return { value };
  } catch (thrown) {
    if (!(thrown instanceof SetSyntax)) throw thrown;
    const place: Place = { source: label, line: 1, column: thrown.offset + 1 };
    return { diagnostic: diagnostic(thrown.code, thrown.message, { place }) };
  }
}

/** `--set-json '{…}'` is a whole object of values: in helm 4, not in helm 3. */
function wholeObject(text: string): JsonObject | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  const parsed = parseJson(text);
  if ('fault' in parsed) throw new SetSyntax(0, parsed.fault, 'PC121');
  return isObject(parsed.value) ? parsed.value : undefined;
}

class SetParser {
  #at = 0;

  constructor(
    private readonly text: string,
    private readonly mode: SetMode,
    private readonly read: (path: string) => string,
  ) {}

  run(into: JsonObject): void {
    if (this.text === '') throw new SetSyntax(0, 'nothing to set; expected path=value');
    while (this.#at < this.text.length) this.#assignment(into, 0);
  }

  /** `key=value`, `key.rest`, `key[index]…`, up to and including the comma behind it. */
  #assignment(into: JsonObject, depth: number): void {
    if (depth > MAX_NESTING) throw this.#error(`keys are nested more than ${MAX_NESTING} deep`);
    const start = this.#at;
    const { text: key, stop } = this.#until('=[,.');
    if (key === '' && stop !== '[') throw new SetSyntax(start, 'a key is missing');
    if (key === '') throw new SetSyntax(start, 'an index without a key before it');
    switch (stop) {
      case '=':
        setOwn(into, key, this.#value());
        return;
      case '[': {
        const index = this.#index();
        setOwn(into, key, this.#item(listAt(getOwn(into, key), start), index, depth));
        return;
      }
      case '.': {
        const old = getOwn(into, key);
        if (old !== undefined && !isObject(old)) {
          throw new SetSyntax(
            start,
            `a key below a value that is ${old === null ? 'null' : 'no map'}`,
          );
        }
        const inner: JsonObject = { ...(old ?? {}) };
        this.#assignment(inner, depth + 1);
        setOwn(into, key, inner);
        return;
      }
      default:
        throw new SetSyntax(start, 'no = behind the key');
    }
  }

  /** What follows `[index]`; returns the list with that item set. */
  #item(list: Json[], index: number, depth: number): Json[] {
    if (depth > MAX_NESTING) throw this.#error(`keys are nested more than ${MAX_NESTING} deep`);
    const start = this.#at;
    const { text: between, stop } = this.#until('=[,.');
    if (between !== '') throw new SetSyntax(start, 'something unexpected behind the index');
    const old = list[index];
    switch (stop) {
      case '=':
        return withItem(list, index, this.#value());
      case '[': {
        const next = this.#index();
        const inner = listAt(old ?? undefined, start);
        return withItem(list, index, this.#item(inner, next, depth + 1));
      }
      case '.': {
        const inner: JsonObject = isObject(old) ? { ...old } : {};
        this.#assignment(inner, depth + 1);
        return withItem(list, index, inner);
      }
      default:
        throw new SetSyntax(start, 'no = behind the index');
    }
  }

  #index(): number {
    const start = this.#at;
    const { text: digits, stop } = this.#until(']');
    if (stop === undefined) throw new SetSyntax(start, 'an index without its closing bracket');
    if (!/^\+?[0-9]+$/.test(digits))
      throw new SetSyntax(start, 'an index that is not a whole number');
    const index = Number(digits);
    if (index > MAX_INDEX) throw new SetSyntax(start, `an index over ${MAX_INDEX}`);
    return index;
  }

  #value(): Json {
    if (this.mode === 'json') return this.#json();
    if (this.text[this.#at] === '{') return this.#list();
    return this.#convert(this.#until(',').text);
  }

  /** `{a,b}`: a list; a comma may follow it. `{}` holds one empty string, as in helm. */
  #list(): Json[] {
    const start = this.#at;
    this.#at += 1;
    const list: Json[] = [];
    for (;;) {
      const { text, stop } = this.#until(',}');
      if (stop === undefined) throw new SetSyntax(start, 'a list without its closing brace');
      list.push(this.#convert(text));
      if (stop === '}') break;
    }
    if (this.text[this.#at] === ',') this.#at += 1;
    return list;
  }

  #convert(raw: string): Json {
    if (this.mode === 'file') return this.read(raw);
    if (this.mode === 'string') return raw;
    const lower = raw.toLowerCase();
    if (lower === 'true') return true;
    if (lower === 'false') return false;
    if (lower === 'null') return null;
    // Helm: a number with a leading zero is a string, and so is a fraction.
    if (raw === '0') return 0;
    if (!/^[+-]?[0-9]+$/.test(raw) || raw.startsWith('0')) return raw;
    const value = BigInt(raw.replace('+', ''));
    return value === BigInt.asIntN(64, value) ? Number(value) : raw;
  }

  /** One JSON value, or nothing, which is null; behind it the end or a comma. */
  #json(): Json {
    const start = this.#at;
    const end = endOfJson(this.text, start);
    const text = this.text.slice(start, end);
    const parsed = text.trim() === '' ? { value: null } : parseJson(text);
    if ('fault' in parsed) throw new SetSyntax(start, parsed.fault, 'PC121');
    this.#at = end;
    if (this.text[this.#at] === ',') this.#at += 1;
    return parsed.value;
  }

  /** The text up to one of the stop characters, which is consumed; a backslash escapes one. */
  #until(stops: string): { text: string; stop?: string } {
    let text = '';
    while (this.#at < this.text.length) {
      const character = this.text.charAt(this.#at++);
      if (character === '\\') {
        text += this.text.charAt(this.#at++);
      } else if (stops.includes(character)) {
        return { text, stop: character };
      } else text += character;
    }
    return { text };
  }

  #error(message: string): SetSyntax {
    return new SetSyntax(this.#at, message);
  }
}

function withItem(list: Json[], index: number, value: Json): Json[] {
  while (list.length < index) list.push(null);
  list[index] = value;
  return list;
}

/** A copy of the list that an index goes to; none yet is an empty one. */
function listAt(old: Json | undefined, offset: number): Json[] {
  if (old === undefined) return [];
  if (Array.isArray(old)) return [...old];
  throw new SetSyntax(offset, `an index on a value that is ${old === null ? 'null' : 'no list'}`);
}
