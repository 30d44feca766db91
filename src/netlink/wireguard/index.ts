export type {
  WireguardChange,
  WireguardDevice,
  WireguardPeer,
  WireguardPeerChange,
} from './device.js';
export type { Endpoint } from './endpoint.js';
export { findWireguard } from './family.js';
export { WireguardMemory } from './memory.js';
export { readWireguard } from './read.js';
export { WIREGUARD_KEY_BYTES, WireguardSecret } from './secret.js';
export { setWireguard } from './write.js';
