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
  isSmallOrder,
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
export { deriveOpenMessages, type OpenMessagesInput } from './open-messages.js';
export {
  type BelievedRecord,
  type OpenRecord,
  type OpenVerdict,
  openRecord,
  readOpenRecord,
} from './open-record.js';
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
export { MAX_DEVICE_GENERATION, MAX_DEVICES } from './record-parse-devices.js';
export type {
  EncryptionNodeSpec,
  EncryptionType,
  Phase,
  PodPrefix,
  PublishedDevice,
  PublishedKey,
  RecordMac,
  UnsealedRecord,
} from './record-spec.js';
export { RECORD_VERSION, type RecordVersion } from './record-version.js';
export {
  MAX_LANE,
  MAX_NODE_NUMBER,
  OWNER_MARK,
  packOpenNumber,
  packSpi,
  pairGeneration,
  peerOfReqid,
  reqidOf,
  type SpiParts,
  unpackSpi,
} from './spi.js';
export type { MalformedReason } from './strict.js';
export {
  deriveWireguardPsk,
  WIREGUARD_PSK_BYTES,
  type WireguardEnd,
  type WireguardPskInput,
} from './wireguard-psk.js';
