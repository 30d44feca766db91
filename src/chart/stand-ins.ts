import type { Release } from '../manifests/index.js';
import { listStandIn, mapStandIn, standIn, type ValueType } from '../terms/index.js';
import {
  dereference,
  type MergedPodcloakValues,
  SCHEMA,
  type SchemaNode,
} from '../values/index.js';

/** The values' own shape, with a stand-in for each value. */
export function standInValues(): MergedPodcloakValues {
  return ofObject(SCHEMA, []) as unknown as MergedPodcloakValues;
}

function ofObject(node: SchemaNode, path: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(node.properties ?? {}).map(([key, child]) => {
      const here = [...path, key];
      return [key, isStructure(child) ? ofObject(child, here) : ofLeaf(child, here)];
    }),
  );
}

/**
 * An object of which some part must be there. Of others all may be missing, so that nobody can reach
 * into them: they are printed as a whole.
 */
function isStructure({ properties, required }: SchemaNode): boolean {
  return properties !== undefined && (required ?? []).length > 0;
}

function ofLeaf(node: SchemaNode, path: readonly string[]): unknown {
  const type = typeOf(node);
  const term = { kind: 'value', path, type } as const;
  if (type === 'map') return mapStandIn(term);
  return type === 'list' ? listStandIn(term) : standIn(term);
}

function typeOf(node: SchemaNode): ValueType {
  const { type } = dereference(node);
  if (type === 'object') return 'map';
  if (type === 'array') return 'list';
  if (type === 'boolean' || type === 'integer') return type;
  // Of several types: a string, or a list of strings, of which commaList() makes a string.
  return 'string';
}

/** The definitions that the objects include, by name. */
export type Partials = Map<string, string | object>;

/** What helm knows of the release; parts with a name are put in `partials`. */
export function standInRelease(partials: Partials): Release {
  return {
    version: standIn({ kind: 'release', field: 'version' }),
    service: standIn({ kind: 'release', field: 'service' }),
    labels: {
      'helm.sh/chart': standIn({ kind: 'release', field: 'chart' }),
      'app.kubernetes.io/instance': standIn({ kind: 'release', field: 'name' }),
    },
    partial: <T extends string | object>(name: string, value: T): T => {
      partials.set(name, value);
      const isText = typeof value === 'string';
      const term = { kind: 'partial', name, type: isText ? 'string' : 'map' } as const;
      return (isText ? standIn(term) : mapStandIn(term)) as T;
    },
  };
}
