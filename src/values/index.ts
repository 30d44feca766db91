export { CHECK_LISTS, CHECK_PATTERNS, OWN_LABELS } from './checks.js';
export { commentedDefaults, valuesTable } from './documentation.js';
export type * from './generated/input.js';
export type { MergedPodcloakValues } from './generated/merged.js';
export {
  formatPath,
  isObject,
  type Json,
  type JsonObject,
  type Path,
  setOwn,
  valueAt,
} from './json.js';
export { merge } from './merge.js';
export { nearestWord } from './nearest.js';
export { type Resolved, type ResolveOptions, resolveValues } from './resolve.js';
export { defaultsOf, dereference, SCHEMA, type SchemaNode, valuePaths } from './schema.js';
export { parseSet, type SetMode } from './set.js';
export { plainSource, type Source } from './source.js';
export { parseYamlSource } from './yaml-source.js';
