import type { JsonObject } from './json.js';
import schemaFile from './schema.json' with { type: 'json' };

/** The part of JSON Schema that the values' schema uses. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly writeOnly?: boolean;
  /** It is taken, but neither documented nor suggested. */
  readonly deprecated?: boolean;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly additionalProperties?: boolean | SchemaNode;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
}

/** The single source of the values' types, defaults, documentation and validation. */
export const SCHEMA: SchemaNode = schemaFile;

/** The node that a `$ref` of the schema points to, or the node itself. */
export function dereference(node: SchemaNode): SchemaNode {
  const name = node.$ref?.replace('#/$defs/', '');
  return (name === undefined ? undefined : SCHEMA.$defs?.[name]) ?? node;
}

/**
 * What a value must be, as a phrase for a message: the titles with spaces are such phrases, the
 * others are names of types.
 */
export function phraseOf(node: SchemaNode): string | undefined {
  return [node.title, dereference(node).title].find((title) => title?.includes(' '));
}

/** All defaults as one object: a node's own, or those of its properties. */
export function defaultsOf(node: SchemaNode = SCHEMA): JsonObject {
  const defaults: JsonObject = {};
  for (const [key, child] of Object.entries(node.properties ?? {})) {
    if (child.default !== undefined) defaults[key] = structuredClone(child.default) as JsonObject;
    else if (child.properties !== undefined) defaults[key] = defaultsOf(child);
  }
  return defaults;
}

/** One documented value: a leaf of the schema. */
export interface Leaf {
  readonly path: readonly string[];
  readonly node: SchemaNode;
}

/** What people are shown of a node's properties, in the schema's order. */
export function currentProperties({ properties = {} }: SchemaNode): [string, SchemaNode][] {
  return Object.entries(properties).filter(([, { deprecated }]) => deprecated !== true);
}

/** Every value that can be set, in the schema's order; maps with keys of the user's own are leaves. */
export function leavesOf(node: SchemaNode = SCHEMA, path: readonly string[] = []): Leaf[] {
  return currentProperties(node).flatMap(([key, child]) => {
    const here = [...path, key];
    return child.properties === undefined ? [{ path: here, node: child }] : leavesOf(child, here);
  });
}

/** The paths of all values, as `--set` takes them. */
export function valuePaths(): string[] {
  return leavesOf().map(({ path }) => path.join('.'));
}
