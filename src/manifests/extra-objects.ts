import { ApiObject, type ApiObjectProps, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { termOf } from '../terms/index.js';
import type { PodcloakValues } from '../values/index.js';
import { checkedValues } from './values.js';

/**
 * Objects of the user's own, from `extraObjects`. The chart has a template of its own for them, as there are
 * none before helm knows the values.
 *
 * @example
 *   const metadata = { name: 'extra' };
 *   new ExtraObjects(chart, 'extra', { extraObjects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata }] });
 */
export class ExtraObjects extends Construct {
  constructor(scope: Construct, id: string, values: PodcloakValues = {}) {
    super(scope, id);
    const { extraObjects = [] } = checkedValues(this, values);
    if (termOf(extraObjects) !== undefined) return;
    for (const [index, one] of extraObjects.entries()) {
      const { apiVersion, kind, metadata } = one as unknown as ApiObjectProps;
      const head = { apiVersion, kind, metadata: { name: metadata?.name } } as ApiObjectProps;
      const object = new ApiObject(this, String(index), head);
      // As it is: cdk8s would add a namespace, leave out what is empty, and fail at a key `constructor`.
      object.addJsonPatch(JsonPatch.replace('', one));
    }
  }
}
