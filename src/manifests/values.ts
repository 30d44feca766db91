import type { Construct } from 'constructs';
import {
  type Diagnostic,
  diagnostic,
  isError,
  PodcloakError,
  show,
  typeName,
} from '../errors/index.js';
import {
  isObject,
  type MergedPodcloakValues,
  type PodcloakValues,
  plainSource,
  resolveValues,
} from '../values/index.js';
import { isNamespaceName } from './names.js';
import { namespaceOf } from './objects.js';

const merged = new WeakSet<object>();

/**
 * The values that a construct renders: the caller's over the defaults, checked. Values that went
 * through here before are passed on as they are, so that parts of `Podcloak` do not check again.
 *
 * @throws PodcloakError whose places are the construct's path
 */
export function checkedValues(scope: Construct, values: PodcloakValues): MergedPodcloakValues {
  if (merged.has(values)) return values as MergedPodcloakValues;
  const place = { source: scope.node.path };
  const namespace = namespaceOf(scope);
  const given: unknown = values;
  if (!isObject(given)) {
    throw new PodcloakError([diagnostic('PC542', `they are ${typeName(given)}`, { place })]);
  }
  const source = plainSource(place.source, 'code', given);
  const resolved = resolveValues(source.value, [source], { namespace });
  const problems = [...namespaceProblems(namespace), ...resolved.diagnostics.filter(isError)];
  if (resolved.values === undefined || problems.length > 0) {
    throw new PodcloakError(
      problems.map(({ code, message, remedy, path }) =>
        diagnostic(code, message, { place, remedy, path }),
      ),
    );
  }
  return markChecked(resolved.values);
}

function namespaceProblems(namespace: string): Diagnostic[] {
  if (isNamespaceName(namespace)) return [];
  const remedy =
    "Give the chart a namespace's name: lower-case letters, digits and '-', at most 63.";
  return [diagnostic('PC408', `the chart's namespace is ${show(namespace)}`, { remedy })];
}

/** Says that values came out of `resolveValues` without an error. */
export function markChecked(values: MergedPodcloakValues): MergedPodcloakValues {
  merged.add(values);
  return values;
}
