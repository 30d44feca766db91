import { covers, type Prefix } from '../../net/index.js';
import { type Connection, STATUS } from '../../netlink/index.js';

/**
 * Connections of this node's pods with other nodes that got another source before our table was there.
 * The kernel goes on translating them, and looks their packets up as if the node itself sent them: they
 * would stay in plaintext for as long as they last.
 *
 * @param podPrefixes of this node
 * @param remotes addresses of nodes that are encrypted to now
 */
export function isMasqueraded(
  connection: Connection,
  podPrefixes: readonly Prefix[],
  remotes: readonly Uint8Array[],
): boolean {
  const { status, source, replySource, replyDestination } = connection;
  if ((status & STATUS.sourceNat) === 0 || Buffer.compare(source, replyDestination) === 0) {
    return false;
  }
  return (
    podPrefixes.some((prefix) => covers(prefix, source)) &&
    remotes.some((remote) => Buffer.compare(remote, replySource) === 0)
  );
}
