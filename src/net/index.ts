export { formatAddress, isRoutable, parseAddress } from './address.js';
export { formatPrefix, hasHostBits, networkOf, type Prefix, parsePrefix } from './prefix.js';
