/** What this node knows of each peer, and what follows from it: pure. */
export { adopt } from './adopt.js';
export { type Dispute, type OwnClaims, type Settlement, settleClaims } from './claims.js';
export { type Cause, EDGES, type Edge, permits, type Word } from './edges.js';
export { type Heard, hear, withoutLost } from './heard.js';
export { makeOpenTunnel, type OpenSecrets } from './make-open-tunnel.js';
export { type Keys, makeTunnel, type TunnelSecrets, wipeAlgorithms } from './make-tunnel.js';
export {
  claimedPair,
  freeReqid,
  isKeyless,
  mayBeEncrypted,
  newPair,
  orphansOf,
  withRecord,
} from './new-pair.js';
export { type OwnEnd, originID, WantedOrigins, wantedOrigins } from './origin.js';
export { withoutRevoked } from './revoked.js';
export { isSamePair } from './same.js';
export { needsEpoch } from './spent.js';
export {
  type DeviceEnd,
  type Devices,
  type End,
  isAdopted,
  NO_KEY_ID,
  type Origin,
  type Pair,
  type SaState,
  type Spent,
  type Tunnel,
} from './state.js';
export { Steadiness } from './steadiness.js';
export { bestOf, type MakeTunnel, type Saying, type Situation, sayingOf, step } from './step.js';
export { numberOf } from './tunnel-number.js';
export { nodeWish, pairWish, type StrictText, type UnsentKeys } from './wish.js';
export { wordOf } from './words.js';
