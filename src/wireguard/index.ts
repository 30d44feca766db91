/**
 * WireGuard without a kernel: key pairs and how they are kept, which key a node takes next, what two nodes
 * have to know of each other, what a device should be, and what to change so that it is.
 * Pure; `src/netlink` reads and writes devices.
 */
export type { DesiredDevice, DesiredPeer } from './desired.js';
export {
  deviceKey,
  LISTEN_PORT,
  newestGeneration,
  nextDeviceGeneration,
  portOf,
  publishedDevice,
} from './device-key.js';
export { DISCARDED_PEER, diff } from './diff.js';
export {
  decodeKey,
  encodeKey,
  exportWireguardKey,
  generateWireguardKey,
  importWireguardKey,
  type WireguardKeyPair,
} from './keys.js';
export {
  type OwnDevice,
  type PairKeys,
  type PairRefusal,
  pairKeys,
  pskSource,
  pskText,
} from './pair-keys.js';
export {
  type DeviceKey,
  formatStoredKeys,
  parseStoredKeys,
  type StoredKeys,
} from './stored-keys.js';
