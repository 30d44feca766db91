import { ApiObject, type ApiObjectProps, Chart, JsonPatch } from 'cdk8s';
import type { Construct } from 'constructs';
import { diagnostic, PodcloakError } from '../errors/index.js';
import { DEFAULT_NAMESPACE } from './names.js';

/**
 * The namespace that a construct's objects go to: its chart's, or the default one.
 *
 * @throws PodcloakError PC541 outside of any chart, where cdk8s would not say which construct it is
 */
export function namespaceOf(scope: Construct): string {
  if (!scope.node.scopes.some(Chart.isChart)) {
    const place = { source: scope.node.path };
    throw new PodcloakError([diagnostic('PC541', 'none of its scopes is a chart', { place })]);
  }
  return Chart.of(scope).namespace ?? DEFAULT_NAMESPACE;
}

/** cdk8s gives every object its chart's namespace; those that have none must lose it again. */
export function clusterScoped<T extends Construct>(construct: T): T {
  const object = ApiObject.of(construct);
  if (object.chart.namespace !== undefined) {
    object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  }
  return construct;
}

/**
 * An object written out in full. Its type comes from `kubernetes-types`, for the kinds that cdk8s-plus
 * cannot print faithfully.
 *
 * Server-side apply owns some lists and maps as a whole, and there any other spelling of what is
 * stored (a default left out, an empty list) is a conflict when another tool applies the same. So
 * such parts are written as the API server stores them, defaults included.
 */
export function object<T extends { metadata?: unknown }>(
  scope: Construct,
  id: string,
  manifest: T & { apiVersion: string; kind: string },
): ApiObject {
  return new ApiObject(scope, id, manifest as unknown as ApiObjectProps);
}
