/**
 * What the kernel should hold, and how to get there: pure, but for `readActual` and `apply`.
 */
export { type Actual, isOwnPolicy, isOwnSa, ownOf, readActual } from './actual.js';
export { apply, type Failure } from './apply.js';
export { type Desired, desired } from './desired.js';
export { type Difference, diff, diffStrict, STAGES, type Stage, type Step } from './diff.js';
export { fingerprintOf } from './fingerprint.js';
export { addressKey, policyKey, prefixKey } from './identity.js';
export type {
  InWish,
  NodeWish,
  OutWish,
  PairWish,
  SaWish,
  StrictWish,
  TunnelWish,
} from './model.js';
export { PRIORITY } from './objects.js';
export { host, PROBE_PORT } from './selectors.js';
export { DEFAULT_THRESHOLDS, type Thresholds, thresholdsOf } from './thresholds.js';
