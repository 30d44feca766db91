import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  Parser,
  type YAMLError,
} from 'yaml';
import { type Diagnostic, diagnostic } from '../errors/index.js';
import { isObject, MAX_DEPTH, type Path } from './json.js';
import { lineIndex } from './line-index.js';
import type { Source } from './source.js';
import { helmTags } from './yaml-scalars.js';
import { plainValue, type YamlProblem } from './yaml-value.js';

/** What yaml's own error codes mean. Its texts quote the input, which may hold a key: never used. */
const SYNTAX: Readonly<Record<string, string>> = {
  ALIAS_PROPS: 'an alias cannot have an anchor or a tag',
  BAD_ALIAS: 'an alias with a bad name',
  BAD_COLLECTION_TYPE: 'a tag that does not fit its value',
  BAD_DIRECTIVE: 'a malformed % directive',
  BAD_DQ_ESCAPE: 'an invalid escape in a double-quoted string',
  BAD_INDENT: 'the indentation does not fit',
  BAD_PROP_ORDER: 'an anchor or tag in the wrong place',
  BAD_SCALAR_START: 'a plain string cannot begin with this character; put it in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a nested map must begin on its own line; a string with ": " needs quotes',
  BLOCK_IN_FLOW: 'a block list or map inside { } or [ ]',
  COMMENT_SPACE: 'a comment must follow a space',
  KEY_OVER_1024_CHARS: 'a key of over 1024 characters',
  MISSING_CHAR: 'a character is missing here: a colon, comma, bracket or closing quote',
  MULTILINE_IMPLICIT_KEY: 'a key that spans lines',
  MULTIPLE_ANCHORS: 'two anchors on one value',
  MULTIPLE_TAGS: 'two tags on one value',
  TAG_RESOLVE_FAILED: 'a tag that is not known here',
  UNEXPECTED_TOKEN: 'something unexpected; a string with special characters needs quotes',
};

/**
 * What helm's parser does not take raw: control characters, and what is a line break for YAML 1.1
 * but not for YAML 1.2, so that one text would be two different things.
 */
const UNUSUAL =
  /[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|\r(?!\n)/u;

/** A file has a few mistakes, or it is not YAML at all. */
const MOST_PROBLEMS = 50;

/**
 * Parses a values file as helm reads it: scalars and merge keys of go-yaml v2, one document, a map.
 *
 * @param label the file's name in messages
 * @param text its content
 */
export function parseYamlSource(
  label: string,
  text: string,
): { source?: Source; diagnostics: Diagnostic[] } {
  const at = lineIndex(text);
  const refuse = (problems: readonly YamlProblem[]) => {
    const diagnostics = problems.map(({ code, offset, message, remedy }) =>
      diagnostic(code, message, { place: { source: label, ...at(offset) }, remedy }),
    );
    // One mistake often makes the parser stumble several times on a line.
    const seen = new Set<string>();
    const isFirst = ({ code, place }: Diagnostic) => {
      const key = `${code}:${place?.line}`;
      return !seen.has(key) && seen.add(key);
    };
    return { diagnostics: diagnostics.filter(isFirst).slice(0, MOST_PROBLEMS) };
  };

  const tokens = [...new Parser().parse(text)];
  const unfit = unusualCharacter(text) ?? deepToken(tokens);
  if (unfit !== undefined) return refuse([unfit]);

  const documents = compose(tokens, text.length);
  const mistakes = documents.flatMap((one) => [...one.errors, ...one.warnings]);
  if (mistakes.length > 0) return refuse(mistakes.map((mistake) => describe(mistake, text)));
  const [document, ...others] = documents;
  const second = others.find((one) => !isEmpty(one));
  if (second !== undefined) {
    const offset = second.contents?.range?.[0] ?? second.range[0];
    return refuse([{ code: 'PC118', offset, message: 'a second document begins here' }]);
  }
  if (document === undefined || isEmpty(document)) {
    return { source: { label, kind: 'file', value: {}, locate: () => undefined }, diagnostics: [] };
  }
  const { explicit, version } = document.directives.yaml;
  if (explicit && version !== '1.1') {
    const offset = text.indexOf('%YAML');
    return refuse([{ code: 'PC113', offset, message: 'values are YAML 1.1, as for helm' }]);
  }

  const { value, problems } = plainValue(document);
  if (problems.length > 0) return refuse(problems);
  if (!isObject(value)) {
    const offset = document.contents?.range?.[0] ?? 0;
    return refuse([{ code: 'PC117', offset, message: 'the file must hold a map of values' }]);
  }
  const locate: Source['locate'] = (path, what) => {
    const offset = offsetOf(document, path, what);
    return offset === undefined ? undefined : at(offset);
  };
  return { source: { label, kind: 'file', value, locate }, diagnostics: [] };
}

function compose(tokens: readonly CST.Token[], length: number): Document.Parsed[] {
  const composer = new Composer({
    version: '1.1',
    customTags: helmTags,
    // Keys are compared when they are strings: see plainValue.
    uniqueKeys: false,
    stringKeys: false,
    logLevel: 'silent',
  });
  return [...composer.compose(tokens, true, length)];
}

function isEmpty({ contents }: Document): boolean {
  return contents === null || (isScalar(contents) && contents.value === null);
}

function unusualCharacter(text: string): YamlProblem | undefined {
  const offset = UNUSUAL.exec(text)?.index;
  return offset === undefined
    ? undefined
    : { code: 'PC113', offset, message: 'a control character, or a line break of another system' };
}

/**
 * The first collection nested too deeply. To be found before `compose`, which recurses: where its
 * stack ends within a regular expression, V8 aborts the whole process.
 */
function deepToken(tokens: readonly CST.Token[]): YamlProblem | undefined {
  const stack = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { token, depth } = next;
    if (token.type === 'document' && token.value !== undefined) {
      stack.push({ token: token.value, depth });
    }
    if (!('items' in token)) continue;
    if (depth >= MAX_DEPTH) {
      const message = `nested over ${MAX_DEPTH} deep`;
      return { code: 'PC116', offset: token.offset, message, remedy: 'Nest it less deeply.' };
    }
    for (const item of token.items) {
      for (const inner of [item.key, item.value]) {
        if (inner) stack.push({ token: inner, depth: depth + 1 });
      }
    }
  }
  return undefined;
}

function describe({ code, pos: [offset] }: YAMLError, text: string): YamlProblem {
  const tab = code === 'TAB_AS_INDENT' ? offset : indentingTab(text, offset);
  return tab === undefined
    ? { code: 'PC113', offset, message: SYNTAX[code] ?? 'a syntax error' }
    : { code: 'PC115', offset: tab, message: 'a tab; YAML indents with spaces' };
}

/** The first tab before the text of the line that `offset` is in: the likeliest cause of a mistake. */
function indentingTab(text: string, offset: number): number | undefined {
  let at = text.lastIndexOf('\n', offset - 1) + 1;
  while (text[at] === ' ') at += 1;
  return text[at] === '\t' ? at : undefined;
}

/** The offset of a path's value or key; of the deepest part of it that the file writes out. */
function offsetOf(document: Document, path: Path, what: 'key' | 'value'): number | undefined {
  let node: Node | null | undefined = document.contents;
  let offset = node?.range?.[0];
  for (const [index, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    if (isMap(node)) {
      const pair = node.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(step),
      );
      if (pair === undefined) return offset;
      const keyOffset = isScalar(pair.key) ? pair.key.range?.[0] : undefined;
      node = pair.value as Node | null;
      const last = index === path.length - 1;
      offset = (last && what === 'key' ? undefined : node?.range?.[0]) ?? keyOffset ?? offset;
    } else if (isSeq(node) && typeof step === 'number') {
      node = node.items[step] as Node | undefined;
      offset = node?.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}
