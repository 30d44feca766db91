import type { MergedPodcloakValues } from './generated/merged.js';
import type { JsonObject } from './json.js';

/** What a check may look at. */
export interface CheckInput {
  readonly values: MergedPodcloakValues;
  /** What the user gave, without the defaults. */
  readonly given: JsonObject;
  readonly namespace: string;
}

export const NATIVE_CIDRS = ['ipv4NativeRoutingCIDR', 'ipv6NativeRoutingCIDR'] as const;
