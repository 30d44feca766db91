import type { MergedPodcloakValues } from '../values/index.js';
import { VERSION } from '../version.js';
import { type Labels, NAME } from './names.js';

/** What the objects say of whoever installs them, apart from the values. */
export interface Release {
  readonly version: string;
  /** For `app.kubernetes.io/managed-by`. */
  readonly service: string;
  /** Labels of every object besides those that are always there. */
  readonly labels: Labels;
  /** Names a part that several objects have, so that it can be written once. */
  readonly partial: <T extends string | object>(name: string, value: T) => T;
}

const PLAIN: Release = {
  version: VERSION,
  service: NAME,
  labels: {},
  partial: (_name, value) => value,
};

const releases = new WeakMap<object, Release>();

/** The release that objects with these values belong to: our own, unless the chart said otherwise. */
export function releaseOf(values: MergedPodcloakValues): Release {
  return releases.get(values) ?? PLAIN;
}

/** Says which release objects with these values belong to. */
export function markReleased(values: MergedPodcloakValues, release: Release): void {
  releases.set(values, release);
}
