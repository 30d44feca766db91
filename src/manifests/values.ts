import type { Construct } from 'constructs';
import { diagnostic, isError, PodcloakError } from '../errors/index.js';
import {
  type JsonObject,
  type MergedPodcloakValues,
  type PodcloakValues,
  plainSource,
  resolveValues,
} from '../values/index.js';
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
  const path = scope.node.path;
  const source = plainSource(path, 'code', values as unknown as JsonObject);
  const resolved = resolveValues(source.value, [source], { namespace: namespaceOf(scope) });
  if (resolved.values === undefined) {
    const place = { source: path };
    throw new PodcloakError(
      resolved.diagnostics
        .filter(isError)
        .map(({ code, message, remedy, ...rest }) =>
          diagnostic(code, message, { place, remedy, path: rest.path }),
        ),
    );
  }
  return markChecked(resolved.values);
}

/** Says that values came out of `resolveValues` without an error. */
export function markChecked(values: MergedPodcloakValues): MergedPodcloakValues {
  merged.add(values);
  return values;
}
