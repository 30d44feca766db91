import { ApiObject, App, Chart } from 'cdk8s';
import { AgentCleanup, AgentNamespace, markChecked, Podcloak } from '../manifests/index.js';
import type { MergedPodcloakValues } from '../values/index.js';
import { inApplyOrder, type Manifest } from './order.js';

/** The objects of a configuration that `resolveValues` found good, in apply order. */
export function renderManifests(values: MergedPodcloakValues, namespace: string): Manifest[] {
  const chart = new Chart(new App(), 'podcloak', { namespace });
  new Podcloak(chart, 'podcloak', markChecked(values));
  return manifestsOf(chart);
}

/**
 * What cleans up after agents that are gone: a DaemonSet, and its Namespace where the values have
 * Podcloak create that, as it then went with the rest.
 */
export function renderCleanup(values: MergedPodcloakValues, namespace: string): Manifest[] {
  const chart = new Chart(new App(), 'podcloak', { namespace });
  const all = markChecked(values);
  if (all.namespace.create) new AgentNamespace(chart, 'namespace', all);
  new AgentCleanup(chart, 'cleanup', all);
  return manifestsOf(chart);
}

function manifestsOf(chart: Chart): Manifest[] {
  // Not chart.toJson(), which first sorts by a graph of dependencies that we do not use.
  const objects = chart.node.findAll().filter((construct) => ApiObject.isApiObject(construct));
  return inApplyOrder(objects.map((object) => (object as ApiObject).toJson() as Manifest));
}
