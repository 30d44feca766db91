/** What an agent says of its node, and how people and programs read it. Pure. */
export {
  type AgentStatus,
  type ForgetAnswer,
  type NodeWithoutAgent,
  PEER_STATES,
  type PeerState,
  type PeerStatus,
  type SequenceNumber,
  STATUS_VERSION,
  type WireguardInterface,
  type WireguardPeerStatus,
} from './agent-status.js';
export { ciliumStatus } from './cilium-json.js';
export { encryptionLine } from './cilium-line.js';
export { parseForgetAnswer, parseStatus } from './parse.js';
export { countKeys, keyHash, maxSequence } from './sa-figures.js';
export { ROTATE_FROM, type SequenceWear, sequenceWear } from './sequence-wear.js';
export { statusText } from './text.js';
export {
  type CounterHint,
  counterHint,
  nonZero,
  parseXfrmStat,
  XFRM_COUNTERS,
} from './xfrm-counters.js';
