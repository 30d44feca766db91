export { formatAddress, isRoutable, parseAddress } from './address.js';
export {
  covers,
  formatPrefix,
  hasHostBits,
  networkOf,
  overlap,
  type Prefix,
  parsePrefix,
} from './prefix.js';
