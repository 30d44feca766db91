import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { compile } from 'json-schema-to-typescript';

const HEADER = '// Generated from src/values/schema.json by `npm run generate`. Do not edit.\n';
const FOLDER = 'src/values/generated';

/** The types and the validator of the values, as [path, text] pairs. */
export async function generateValues() {
  const schema = JSON.parse(readFileSync('src/values/schema.json', 'utf8'));
  const input = await typesOf(
    withRequired(schema, () => []),
    'PodcloakValues',
  );
  const merged = await typesOf(
    withRequired(suffixTitles(schema, 'Merged'), (node) => node.required ?? []),
    'MergedPodcloakValues',
  );
  return [
    [`${FOLDER}/input.ts`, HEADER + input],
    [`${FOLDER}/merged.ts`, HEADER + merged],
    [`${FOLDER}/validate.js`, HEADER + validatorOf(schema)],
    [`${FOLDER}/validate.d.ts`, `${HEADER}${VALIDATE_TYPES}`],
  ];
}

const VALIDATE_TYPES = `import type { ErrorObject } from 'ajv';
/** Validates merged values; after \`false\`, \`errors\` holds every violation. */
declare const validate: { (data: unknown): boolean; errors?: ErrorObject[] | null };
export { validate };
`;

async function typesOf(schema, name) {
  const types = await compile(schema, name, {
    bannerComment: '',
    additionalProperties: false,
    format: true,
    style: { singleQuote: true, printWidth: 100 },
    unreachableDefinitions: false,
  });
  return documentGroups(types);
}

const INTERFACE = /(\/\*\*\n(?: \*.*\n)*? \*\/\n)export interface (\w+) /g;
const PROPERTY_WITHOUT_COMMENT = /(?<!\*\/\n)^( +)(\w+\??: (\w+);)$/gm;

/**
 * Repeats the comment of each interface at the properties of its type: an editor shows that of the
 * property, and the compiler of the schema leaves it out where the type has a name.
 */
function documentGroups(types) {
  const comments = new Map(
    [...types.matchAll(INTERFACE)].map(([, comment, name]) => [name, comment]),
  );
  return types.replace(PROPERTY_WITHOUT_COMMENT, (line, indent, property, type) => {
    const comment = comments.get(type);
    return comment === undefined
      ? line
      : `${comment.replace(/^/gm, indent).trimEnd()}\n${indent}${property}`;
  });
}

/** A copy of the schema in which each closed object requires what `required(node)` names. */
function withRequired(schema, required) {
  return mapNodes(schema, (node) => {
    const copy = { ...node };
    // A `$defs` title is a phrase for messages; as a type's name it would be an eyesore.
    if (copy.title?.includes(' ')) delete copy.title;
    if (copy.default !== undefined) {
      copy.description = `${copy.description ?? ''}\n\n@default ${JSON.stringify(copy.default)}`;
      delete copy.default;
    }
    if (copy.properties !== undefined && copy.title !== undefined) {
      const names = required(node);
      if (names.length > 0) copy.required = names;
      else delete copy.required;
    }
    return copy;
  });
}

function suffixTitles(schema, prefix) {
  return mapNodes(schema, (node) =>
    node.title !== undefined && !node.title.includes(' ')
      ? { ...node, title: prefix + node.title }
      : node,
  );
}

/** Applies `change` to every schema node, parents first. */
function mapNodes(node, change) {
  const copy = change(node);
  for (const key of ['properties', '$defs']) {
    if (copy[key] !== undefined) {
      copy[key] = Object.fromEntries(
        Object.entries(copy[key]).map(([name, child]) => [name, mapNodes(child, change)]),
      );
    }
  }
  for (const key of ['items', 'additionalProperties']) {
    if (typeof copy[key] === 'object') copy[key] = mapNodes(copy[key], change);
  }
  if (copy.anyOf !== undefined) copy.anyOf = copy.anyOf.map((child) => mapNodes(child, change));
  return copy;
}

function validatorOf(schema) {
  const ajv = new Ajv2020.default({
    allErrors: true,
    strict: true,
    strictRequired: false,
    // Functions for $defs instead of copies: half the code to compile at the start.
    inlineRefs: false,
    // Our messages are our own.
    messages: false,
    code: { source: true, esm: true, lines: true },
  });
  const code = standaloneCode.default(ajv, {
    validate: ajv.addSchema(schema, 'values') && 'values',
  });
  // ajv writes its runtime helpers as `require`, also in ESM; import them instead. Loaders differ in
  // whether the default import of such a CommonJS module is its `default` or the whole of it.
  const imports = [];
  const body = code
    .replace(/const (\w+) = require\("([^"]+)"\)\.default;/g, (_, name, path) => {
      imports.push(
        `import ${name}_ from '${path}.js';\nconst ${name} = ${name}_.default ?? ${name}_;`,
      );
      return '';
    })
    .replace('"use strict";', '');
  return `${imports.join('\n')}\n${body}\n`;
}
