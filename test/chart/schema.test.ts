import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { labDescribe } from '../lab/lab-describe.js';
import { CASES } from '../unit/schema-cases.js';
import { byHelm, CHART } from './helm-chart.js';

/** Keywords that mean the same in draft-07 and in 2020-12. */
const ALIKE = new Set([
  ...['$schema', '$comment', '$ref', '$defs', 'title', 'description', 'default', 'writeOnly'],
  // For people and editors: draft-07 does not know it, and no draft refuses anything for it.
  'deprecated',
  ...['type', 'enum', 'anyOf', 'required', 'properties', 'additionalProperties', 'propertyNames'],
  ...['items', 'uniqueItems', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum'],
]);

type Node = Readonly<Record<string, unknown>>;

/** All schemas in a schema, itself included. */
function nodesOf(node: Node): Node[] {
  const below = ['items', 'additionalProperties', 'propertyNames'].map((key) => node[key]);
  const named = ['properties', '$defs'].flatMap((key) => Object.values(node[key] ?? {}));
  const children = [...below, ...named, ...((node.anyOf as unknown[]) ?? [])];
  const schemas = children.filter((child): child is Node => typeof child === 'object');
  return [node, ...schemas.flatMap(nodesOf)];
}

describe("the chart's schema", () => {
  const schema: Node = JSON.parse(readFileSync(join(CHART, 'values.schema.json'), 'utf8'));

  it('has only keywords that mean the same in draft-07 and 2020-12', () => {
    const nodes = nodesOf(schema);
    expect(nodes.length).toBeGreaterThan(80);
    const unknown = nodes.flatMap((node) => Object.keys(node)).filter((key) => !ALIKE.has(key));
    expect(unknown).toEqual([]);
  });

  it('has nothing beside a $ref that would matter, as draft-07 ignores it', () => {
    const beside = nodesOf(schema)
      .filter((node) => '$ref' in node)
      .flatMap((node) => Object.keys(node));
    expect(new Set(beside)).toEqual(new Set(['$ref', 'description', 'default']));
  });

  it('takes no array of items, which 2020-12 spells prefixItems', () => {
    expect(nodesOf(schema).filter(({ items }) => Array.isArray(items))).toEqual([]);
  });
});

labDescribe('what the schema refuses', ['helm3', 'helm4'], () => {
  describe.each([3, 4] as const)('helm %i', (version) => {
    it.each(CASES.map((one) => [one.about, one] as const))(
      'refuses: %s',
      async (_, { is, text }) => {
        const answer = await byHelm(version, text);
        if (answer.ok) throw new Error(`was rendered:\n${text}`);
        const path = is.split(' ').slice(1, -1).join(' ');
        // Of a wrong or missing key helm names the map that it is, or should be, in.
        const steps = stepsOf(path);
        const places = [pointer(steps), pointer(steps.slice(0, -1))];
        // Of a malformed key its place is wrong: the library that helm uses overwrites it.
        const isKey = answer.error.includes(`invalid propertyName '${steps.at(-1)}'`);
        const right = placesIn(answer.error).filter((place) => places.includes(place));
        if (!isKey) expect(right, answer.error).not.toEqual([]);
      },
    );
  });
});

/** The places in helm's message, as JSON pointers (RFC 6901). */
function placesIn(error: string): string[] {
  return [...error.matchAll(/- at '([^']*)'/g)].map(([, place = '']) => place);
}

/** The steps of a path of ours: `extraEnv[0].name`, `podLabels."a.b/c"`. */
function stepsOf(path: string): string[] {
  return [...path.matchAll(/"([^"]*)"|[^.[\]"]+/g)].map(([whole, quoted]) => quoted ?? whole);
}

function pointer(steps: readonly string[]): string {
  return steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
