import { errnoName } from './errno.js';

/**
 * Bytes that are not what they claim to be: too short, too long, or naming something unknown. The
 * message names the structure and never quotes its bytes, as they may hold key material.
 */
export class NetlinkParseError extends Error {
  override readonly name = 'NetlinkParseError';
}

/** What the kernel said about a request that it refused (NLMSG_ERROR, linux/netlink.h). */
export interface Refusal {
  /** Positive, as in errno.h. */
  readonly errno: number;
  /** The kernel's own words (NLMSGERR_ATTR_MSG); empty when it gave none. */
  readonly text: string;
}

/** The kernel refused a request. Never carries the request: it may hold key material. */
export class NetlinkError extends Error implements Refusal {
  override readonly name = 'NetlinkError';
  /** Positive, as in errno.h. */
  readonly errno: number;
  /** The errno's name, such as `EEXIST`, or `E` and the number. */
  readonly code: string;
  /** The kernel's own words; empty when it gave none. */
  readonly text: string;
  /** The place of the refused message among those that were requested together, from 0. */
  readonly index: number;

  constructor({ errno, text }: Refusal, index = 0) {
    const code = errnoName(errno);
    super(text === '' ? code : `${code}: ${text}`);
    this.errno = errno;
    this.code = code;
    this.text = text;
    this.index = index;
  }
}

/**
 * The kernel dropped messages for this socket (ENOBUFS), and does not say which: whoever kept a
 * picture of the kernel's state from them must dump it anew and reconcile.
 */
export class NetlinkOverrunError extends Error {
  override readonly name = 'NetlinkOverrunError';

  constructor() {
    super('messages were lost as the receive buffer was full: dump the state anew and reconcile');
  }
}

/** A system call on the socket failed, or the kernel did not answer as its protocol promises. */
export class NetlinkSocketError extends Error {
  override readonly name = 'NetlinkSocketError';

  /** @param code the errno's name, such as `EPERM`, or `ENOREPLY` when an answer is missing */
  constructor(
    readonly call: string,
    readonly code: string,
  ) {
    super(`${call}: ${code}`);
  }
}
