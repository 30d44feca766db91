import { unexpected } from './kube-error.js';

/** Characters of JSON's structure (RFC 8259), which in UTF-8 are part of no other. */
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_MAP = 0x7b;
const CLOSE_MAP = 0x7d;
const SPACES = [0x20, 0x09, 0x0a, 0x0d];

/** In the list's own map; in its `items`, between two of them; in one of those. */
type Place = 'outside' | 'between' | 'item';

/**
 * Reads a list of the API piece by piece: hands over each of its `items` as soon as it is whole, and
 * returns the list without them. Of 5,000 objects at once the text and the parsed whole took 200 MB.
 *
 * @param chunks of one JSON text
 * @throws KubeError PC509 on what is no JSON, or has something else than maps for items
 */
export async function readItems(
  chunks: AsyncIterable<Uint8Array>,
  onItem: (item: unknown) => void,
): Promise<unknown> {
  const scanner = new ItemScanner(onItem);
  for await (const chunk of chunks) scanner.take(chunk);
  return scanner.end();
}

class ItemScanner {
  #place: Place = 'outside';
  #depth = 0;
  #inString = false;
  #escaped = false;
  /** The last string of the list's own map, and whether it was a key. */
  #word: number[] = [];
  #key = '';
  /** Of the list without its items. */
  readonly #rest: Uint8Array[] = [];
  #item: Uint8Array[] = [];

  constructor(private readonly onItem: (item: unknown) => void) {}

  take(chunk: Uint8Array): void {
    // Where the part begins that has to be kept.
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (this.#inString) {
        this.#string(byte);
        continue;
      }
      if (this.#place === 'between') {
        if (byte === OPEN_MAP) {
          this.#place = 'item';
          start = at;
        } else if (byte === CLOSE_LIST) {
          this.#place = 'outside';
          start = at;
        } else if (byte !== COMMA && !SPACES.includes(byte)) {
          throw unexpected('a list with something else than objects');
        }
      }
      this.#structure(byte);
      if (this.#place === 'item' && this.#depth === 2) {
        this.#item.push(chunk.subarray(start, at + 1));
        this.onItem(parsed(this.#item));
        this.#item = [];
        this.#place = 'between';
      } else if (byte === OPEN_LIST && this.#depth === 2 && this.#key === 'items') {
        this.#rest.push(chunk.slice(start, at + 1));
        this.#key = '';
        this.#place = 'between';
      }
    }
    // A copy of the rest: it stays until the end, and the chunk with all its items need not.
    if (this.#place === 'outside') this.#rest.push(chunk.slice(start));
    else if (this.#place === 'item') this.#item.push(chunk.subarray(start));
  }

  end(): unknown {
    return parsed(this.#rest);
  }

  #string(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) {
      this.#inString = false;
      return;
    }
    if (this.#depth === 1) this.#word.push(byte);
  }

  #structure(byte: number): void {
    if (byte === QUOTE) {
      this.#inString = true;
      this.#word = [];
    } else if (byte === OPEN_MAP || byte === OPEN_LIST) this.#depth += 1;
    else if (byte === CLOSE_MAP || byte === CLOSE_LIST) this.#depth -= 1;
    else if (this.#depth === 1) {
      if (byte === COLON) this.#key = String.fromCharCode(...this.#word);
      else if (byte === COMMA) this.#key = '';
    }
  }
}

function parsed(parts: readonly Uint8Array[]): unknown {
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch {
    // The parser's words quote the text.
    throw unexpected('it is not JSON');
  }
}
