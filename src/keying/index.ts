export {
  deriveTunnelKeys,
  type TunnelEnd,
  type TunnelInput,
  type TunnelKey,
  type TunnelKeys,
} from './derivation.js';
export {
  type EphemeralKey,
  exportPrivateKey,
  generateEphemeral,
  importEphemeral,
  sharedSecret,
  wipe,
} from './ephemeral.js';
export {
  type Acceptance,
  isAcceptable,
  markOf,
  nextEpoch,
  nextGeneration,
  nodeNumberKeeper,
  outlivesRevocation,
  type RecordMark,
  type RefusalReason,
} from './freshness.js';
export { PROTOCOL_VERSION } from './hkdf.js';
export { KeyingError, type KeyingReason } from './keying-error.js';
export { algorithmOf, checkValue } from './line-keys.js';
export { type ProbeKind, probeMac, probeMacHolds } from './probe.js';
export {
  type AuthenticRecord,
  publicKeyOf,
  type RecordVerdict,
  sealRecord,
  verifyRecord,
} from './record.js';
export type { RecordOwner } from './record-encoding.js';
export { parseRecord } from './record-parse.js';
export type {
  EncryptionNodeSpec,
  Phase,
  PodPrefix,
  PublishedKey,
  RecordMac,
  UnsealedRecord,
} from './record-spec.js';
export {
  MAX_NODE_NUMBER,
  OWNER_MARK,
  packSpi,
  pairGeneration,
  peerOfReqid,
  reqidOf,
  type SpiParts,
  unpackSpi,
} from './spi.js';
export type { MalformedReason } from './strict.js';
