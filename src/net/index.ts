export { formatAddress, isRoutable, parseAddress } from './address.js';
export {
  NEIGHBOUR_DISCOVERY,
  OUTER,
  type Ports,
  plainBetweenNodes,
  type Traffic,
} from './between-nodes.js';
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
