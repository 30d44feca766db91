/**
 * WireGuard without a kernel: key pairs, what a device should be, and what to change so that it is.
 * Pure; `src/netlink` reads and writes devices.
 */
export { type Claim, conflictingClaims, type DesiredDevice, type DesiredPeer } from './desired.js';
export { DISCARDED_PEER, diff } from './diff.js';
export {
  decodeKey,
  encodeKey,
  exportWireguardKey,
  generateWireguardKey,
  importWireguardKey,
  type WireguardKeyPair,
} from './keys.js';
