export type { Algorithm, Algorithms, Authenticating } from './algorithms.js';
export {
  IP_PROTOCOL,
  POLICY_FLAG,
  SA_EXTRA_FLAG,
  SA_FLAG,
  XFRM_GROUP,
  XFRM_MODE,
} from './constants.js';
export { XFRM_EVENTS, type XfrmEvent } from './events.js';
export { type Limits, NO_LIMITS, UNLIMITED, type Usage } from './lifetime.js';
export type { Direction, Policy, PolicyId, PolicyState } from './policy.js';
export {
  deletePolicy,
  dumpPolicies,
  getPolicy,
  newPolicy,
  updatePolicy,
} from './policy-messages.js';
export type { Mark, Realm } from './realm.js';
export { freshReplay, type Replay } from './replay.js';
export { isLarval, type Sa, type SaId, type SaState } from './sa.js';
export { deleteSa, dumpSas, getSa, newSa, updateSa } from './sa-messages.js';
export { ANY_PORT, type PortMatch, type Selector } from './selector.js';
export { getSpdInfo, type HashThreshold, type SpdInfo, setSpdThresholds } from './spd-info.js';
export { ALL_ALGORITHMS, type Template } from './template.js';
