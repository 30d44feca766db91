import { scalar } from '../render/index.js';
import { piecesOf, type Term, termOf, termOfText } from '../terms/index.js';
import { expression } from './go.js';

/** Plain data with stand-ins in it, as the text of a helm template: YAML in block style. */
export function template(value: object): string {
  return `${fields(value, '').join('\n')}\n`;
}

/** A text with stand-ins in it, as it stands in a definition: nothing is quoted. */
export function textTemplate(text: string): string {
  return piecesOf(text)
    .map((piece) => {
      if (typeof piece === 'string') return literal(piece);
      if (piece.kind !== 'when') return `{{ ${expression(piece)} }}`;
      if (typeof piece.then !== 'string') throw new Error('fields in the midst of a text');
      return `{{ if ${expression(piece.condition)} }}${textTemplate(piece.then)}{{ end }}`;
    })
    .join('');
}

/** The lines of a map. */
function fields(map: object, indent: string): string[] {
  return Object.entries(map).flatMap(([key, child]: [string, unknown]) => {
    const term = child === '' ? termOfText(key) : undefined;
    return term === undefined ? field(fieldName(key), child, indent) : splice(term, indent);
  });
}

function field(name: string, child: unknown, indent: string): string[] {
  const head = `${indent}${name}:`;
  if (typeof child !== 'object' || child === null) return [`${head} ${inline(child)}`];
  if (Object.keys(child).length === 0) return [`${head} ${Array.isArray(child) ? '[]' : '{}'}`];
  const deeper = `${indent}  `;
  return [head, ...(Array.isArray(child) ? items(child, deeper) : fields(child, deeper))];
}

/** The lines of a list. One that a condition could leave empty would be null: it must say `filled`. */
function items(list: readonly unknown[], indent: string): string[] {
  const mayGo = (item: unknown) => {
    const term = termOfText(item);
    return term !== undefined && isSplice(term);
  };
  if (list.every(mayGo)) {
    throw new Error('a list of which nothing may be left');
  }
  return list.flatMap((item) => {
    const term = termOfText(item);
    if (term !== undefined && isSplice(term)) return splice(term, indent);
    if (typeof item !== 'object' || item === null) return [`${indent}- ${inline(item)}`];
    const [first = '', ...rest] = fields(item, `${indent}  `);
    if (first.includes('{{-')) throw new Error('an item must begin with a field of its own');
    return [`${indent}- ${first.trimStart()}`, ...rest];
  });
}

function isSplice(term: Term): boolean {
  return term.kind === 'when' || (term.kind === 'value' && ['map', 'list'].includes(term.type));
}

/** What a stand-in for fields or items leaves in their place. */
function splice(term: Term, indent: string): string[] {
  switch (term.kind) {
    case 'when': {
      if (typeof term.then === 'string') throw new Error('a text in the place of fields');
      const inner = Array.isArray(term.then) ? items(term.then, indent) : fields(term.then, indent);
      return [`${indent}{{- if ${expression(term.condition)} }}`, ...inner, `${indent}{{- end }}`];
    }
    case 'filled':
      return withLines(term.of, indent, [`${indent}${term.key}:`, `${indent}  ${dot(indent, 2)}`]);
    case 'map-or-else':
      return [
        `${indent}{{- with ${expression(term.of)} }}`,
        `${indent}${dot(indent)}`,
        `${indent}{{- else }}`,
        ...fields(term.fallback, indent),
        `${indent}{{- end }}`,
      ];
    case 'value':
      return term.type === 'list'
        ? withLines(term, indent, [`${indent}${dot(indent)}`])
        : [`${indent}{{- toYaml (${expression(term)} | default dict) | ${shift(indent)} }}`];
    case 'partial':
      return [`${indent}{{- ${expression(term)} | ${shift(indent)} }}`];
    case 'layered': {
      const map = expression(term).replaceAll('\n', `\n${indent}`);
      return `${indent}{{- ${map} | toYaml | ${shift(indent)} }}`.split('\n');
    }
    default:
      throw new Error(`a term of the kind ${term.kind} in the place of fields`);
  }
}

function withLines(term: Term, indent: string, lines: string[]): string[] {
  const head = `${indent}{{- with ${expression(term).replaceAll('\n', `\n${indent}`)} }}`;
  return [...head.split('\n'), ...lines, `${indent}{{- end }}`];
}

function dot(indent: string, more = 0): string {
  return `{{- toYaml . | ${shift(indent, more)} }}`;
}

function shift(indent: string, more = 0): string {
  return `nindent ${indent.length + more}`;
}

/** A field's name, which may be a value of the user's. */
function fieldName(key: string): string {
  return termOfText(key) === undefined ? literal(scalar(key)) : inline(key);
}

function inline(value: unknown): string {
  const term = termOf(value);
  if (term !== undefined) return `{{ ${quotedWhereText(term)} }}`;
  const pieces = typeof value === 'string' ? piecesOf(value) : [];
  return pieces.some((piece) => typeof piece !== 'string') ? mixed(pieces) : literal(scalar(value));
}

/** In YAML a number or boolean is bare; any text is in quotes, as it may look like something else. */
function quotedWhereText(term: Term): string {
  const isBare = term.kind === 'not' || (term.kind === 'value' && term.type !== 'string');
  return isBare ? expression(term) : `${expression(term)} | quote`;
}

/** Text around stand-ins. What stands for a name, which the schema and the
 * checks hold to its letters, cannot break the quotes; nothing else may be there. */
function mixed(pieces: readonly (string | Term)[]): string {
  const text = pieces.map((piece) => {
    if (typeof piece === 'string') return literal(JSON.stringify(piece).slice(1, -1));
    if (piece.kind !== 'partial' && piece.kind !== 'digest')
      throw new Error('a text of the user in the midst of another');
    return `{{ ${expression(piece)} }}`;
  });
  return `"${text.join('')}"`;
}

/** Text that helm must not take for an action. */
function literal(text: string): string {
  return text.replaceAll('{{', '{{ "{{" }}');
}
