import type { NetlinkRequest } from './message.js';

/** Changes that the kernel does all or none of, and the messages that it wants around them. */
export interface NetlinkTransaction {
  readonly begin: NetlinkRequest;
  /** At least one. */
  readonly changes: readonly NetlinkRequest[];
  readonly end: NetlinkRequest;
}
