export { formatAddress, isRoutable, parseAddress } from './address.js';
export {
  covers,
  formatPrefix,
  hasHostBits,
  networkOf,
  overlap,
  type Prefix,
  parsePrefix,
  uncovered,
} from './prefix.js';
