import { findFamily } from '../generic/index.js';
import type { NetlinkSocket } from '../socket/conversation.js';
import { FAMILY } from './constants.js';

/**
 * The number of WireGuard's family in this kernel, over a socket of the protocol `generic`.
 *
 * @throws MissingFamilyError when the kernel has no WireGuard; NetlinkError, NetlinkOverrunError,
 *   NetlinkSocketError, NetlinkParseError
 */
export function findWireguard(socket: NetlinkSocket): Promise<number> {
  return findFamily(socket, FAMILY.name);
}
