import type { NetlinkMessage, NetlinkRequest } from './message.js';

/** A request that is answered by messages, and how to read them. */
export interface NetlinkQuery<T> extends NetlinkRequest {
  /**
   * Reads one answer; undefined for one that is not asked for.
   *
   * @throws NetlinkParseError
   */
  readonly parse: (message: NetlinkMessage) => T | undefined;
}
