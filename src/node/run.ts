import type { Io } from '../cli/io.js';
import { report } from '../cli/io.js';
import { isMissingModule } from '../cli/load-node.js';
import { diagnostic, PodcloakError } from '../errors/index.js';
import {
  NetlinkError,
  type NetlinkSocket,
  NetlinkSocketError,
  openNetlink,
  type Protocol,
} from '../netlink/index.js';

/**
 * Runs the body of a command of this bundle and reports what went wrong: classes of errors are not the
 * same here as in the bundle that called.
 *
 * @returns the exit code
 */
export async function reporting(io: Io, body: () => Promise<number>): Promise<number> {
  try {
    return await body();
  } catch (thrown) {
    if (!(thrown instanceof PodcloakError)) throw thrown;
    report(io, thrown.diagnostics);
    return 2;
  }
}

/**
 * Opens a socket to the kernel's IPsec for as long as `body` runs.
 *
 * @throws PodcloakError PC424 without koffi, PC428 where the kernel refuses
 */
export function withXfrm<T>(body: (socket: NetlinkSocket) => Promise<T>): Promise<T> {
  return withNetlink('xfrm', body);
}

/**
 * The same for a protocol of netlink.
 *
 * @param whereMissing what to return where the kernel does not have the protocol at all; else that is PC428
 */
export async function withNetlink<T>(
  protocol: Protocol,
  body: (socket: NetlinkSocket) => Promise<T>,
  whereMissing?: T,
): Promise<T> {
  let socket: NetlinkSocket | undefined;
  try {
    socket = await openNetlink(protocol);
    return await body(socket);
  } catch (thrown) {
    if (isMissingModule(thrown)) {
      throw new PodcloakError([diagnostic('PC424', 'koffi is not installed here')]);
    }
    if (thrown instanceof NetlinkError || thrown instanceof NetlinkSocketError) {
      if (whereMissing !== undefined && thrown.code === 'EPROTONOSUPPORT') return whereMissing;
      throw new PodcloakError([diagnostic('PC428', thrown.message)]);
    }
    throw thrown;
  } finally {
    socket?.close();
  }
}
