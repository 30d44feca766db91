import { type ReleaseField, type Term, termOf, termOfText } from '../terms/index.js';

/** What a release knows, in helm's words. */
const RELEASE: Readonly<Record<ReleaseField, string>> = {
  namespace: '.Release.Namespace',
  name: '.Release.Name',
  service: '.Release.Service',
  version: '.Chart.AppVersion',
  chart: 'include "podcloak.chart" .',
};

/** A term as an expression of Go's text/template, without braces. */
export function expression(term: Term): string {
  switch (term.kind) {
    case 'value':
      // YAML's numbers reach a template as floats, and a large one would print as 1e+06.
      return term.type === 'integer' ? `int64 ${pathOf(term.path)}` : pathOf(term.path);
    case 'release':
      return RELEASE[term.field];
    case 'text':
      return expression(term.of);
    case 'comma-list':
      return `${expression(term.of)} | join ","`;
    case 'base64':
      return `${expression(term.of)} | b64enc`;
    case 'or-else':
      return `${expression(term.of)} | default ${textExpression(term.fallback)}`;
    case 'is-set':
      return expression(term.of);
    case 'not':
      return `not ${argument(term.of)}`;
    case 'both':
      return `and ${term.of.map(argument).join(' ')}`;
    case 'either':
      return `or ${term.of.map(argument).join(' ')}`;
    case 'equals':
      return `eq ${argument(term.of)} ${JSON.stringify(term.to)}`;
    case 'digest':
      return `${expression(term.of)} | sha256sum | trunc 8`;
    case 'partial':
      return `include "podcloak.${term.name}" .`;
    case 'layered':
      return `include "podcloak.layered" (list\n  ${term.maps.map(mapArgument).join('\n  ')}) | fromJson`;
    case 'map-or-else':
    case 'when':
    case 'filled':
      throw new Error(`a term of the kind ${term.kind} is no expression`);
  }
}

/** The same where a function takes it beside others. */
export function argument(term: Term): string {
  const text = expression(term);
  return text.includes(' ') ? `(${text})` : text;
}

/** A string that may be a stand-in, as an argument. */
function textExpression(text: string): string {
  const term = termOfText(text);
  return term === undefined ? JSON.stringify(text) : argument(term);
}

/** A map as an argument: the user's own, a part with a name, or one written out. */
function mapArgument(map: object): string {
  const term = termOf(map);
  if (term?.kind === 'partial') return `(include "podcloak.${term.name}" . | fromYaml)`;
  if (term !== undefined) return argument(term);
  const pairs = Object.entries(map).map(
    ([key, value]) => `${JSON.stringify(key)} ${textExpression(String(value))}`,
  );
  return pairs.length === 0 ? 'dict' : `(dict\n    ${pairs.join('\n    ')})`;
}

function pathOf(path: readonly string[]): string {
  return ['.Values', ...path].join('.');
}
