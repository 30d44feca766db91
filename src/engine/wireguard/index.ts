/** WireGuard: devices, peers, and what leads to them. */
export {
  generationOf,
  throughOf,
  type WireguardContext,
  wireguardWish,
} from './desired.js';
export { DeviceKeys, missingWireguard, portInUse } from './device-keys.js';
export { diffWireguard, settingsOf, type WireguardDifference, type WireguardStep } from './diff.js';
export { diffRoutes, diffRules, isOwnRule, isOwnTable } from './diff-routes.js';
export { type DeviceContext, describeWireguard, wireguardFigures } from './figures.js';
export { type FoundNetwork, WireguardKernel } from './kernel.js';
export { type FoundKeys, type KeyOwner, WireguardKeyFile } from './key-file.js';
export type {
  FoundDevice,
  RouteWish,
  WireguardActual,
  WireguardDeviceWish,
  WireguardPeerWish,
  WireguardWish,
} from './model.js';
export {
  DEVICE_NAMES,
  deviceName,
  METRIC,
  ROUTE_PROTOCOL,
  ROUTING_TABLE,
  RULE_PRIORITY,
} from './names.js';
export { diffReverse, type ReverseMemory, reversePath, type SettingChange } from './reverse.js';
export { SettingFiles, settingsFolder } from './settings.js';
export { Silence } from './silence.js';
