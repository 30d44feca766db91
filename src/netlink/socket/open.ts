import { NetlinkSocket } from './conversation.js';
import { openTransport, type Protocol } from './libc.js';

export interface NetlinkOptions {
  /** Of the receive buffer, in bytes; 4 MiB unless given. */
  readonly receiveBuffer?: number;
}

/**
 * Opens a socket for requests in the network namespace of this thread. Close it when done.
 *
 * @throws NetlinkSocketError naming the system call that failed
 */
export async function openNetlink(
  protocol: Protocol,
  { receiveBuffer = 4 * 1024 * 1024 }: NetlinkOptions = {},
): Promise<NetlinkSocket> {
  return new NetlinkSocket(await openTransport(protocol, { receiveBuffer, groups: [] }));
}
