/** WireGuard behind the seam of an engine; what is there of it. */
export { type DeviceContext, describeWireguard, wireguardFigures } from './figures.js';
export { type FoundKeys, type KeyOwner, WireguardKeyFile } from './key-file.js';
