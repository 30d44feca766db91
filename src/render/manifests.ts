import { ApiObject, App, Chart } from 'cdk8s';
import { markChecked, Podcloak } from '../manifests/index.js';
import type { MergedPodcloakValues } from '../values/index.js';
import { inApplyOrder, type Manifest } from './order.js';

/** The objects of a configuration that `resolveValues` found good, in apply order. */
export function renderManifests(values: MergedPodcloakValues, namespace: string): Manifest[] {
  const chart = new Chart(new App(), 'podcloak', { namespace });
  new Podcloak(chart, 'podcloak', markChecked(values));
  // Not chart.toJson(), which first sorts by a graph of dependencies that we do not use.
  const objects = chart.node.findAll().filter((construct) => ApiObject.isApiObject(construct));
  return inApplyOrder(objects.map((object) => (object as ApiObject).toJson() as Manifest));
}
