export { formatAddress, isRoutable, parseAddress } from './address.js';
export {
  formatPrefix,
  hasHostBits,
  networkOf,
  overlap,
  type Prefix,
  parsePrefix,
} from './prefix.js';
