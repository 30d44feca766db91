import { layered } from '../terms/index.js';
import type { MergedPodcloakValues } from '../values/index.js';
import { type Labels, ownLabels, SELECTOR } from './names.js';
import { releaseOf } from './release.js';

/** The labels of every object. */
export function objectLabels(values: MergedPodcloakValues): Labels {
  const { version, service, labels, partial } = releaseOf(values);
  return partial('labels', layered(values.commonLabels, labels, ownLabels(version, service)));
}

/** What the DaemonSet finds its pods by. */
export function selectorLabels(values: MergedPodcloakValues): Labels {
  return releaseOf(values).partial('selectorLabels', { ...SELECTOR });
}
