/**
 * What the conversation with the kernel needs of a socket. The real one is `libc.ts`; the tests of
 * the conversation have one that says what a kernel seldom says.
 */
export interface Transport {
  /** The port that the kernel gave the socket. */
  readonly portId: number;
  /** @throws NetlinkSocketError */
  send(datagram: Uint8Array): void;
  /**
   * The same by a thread of libuv's, while this one goes on. One at a time, with nothing else on the socket
   * until it resolves.
   *
   * @throws NetlinkSocketError
   */
  sendAside(datagram: Uint8Array): Promise<void>;
  /**
   * The next datagram, valid until the next call; undefined when none is there. Never waits.
   *
   * @throws NetlinkOverrunError when the kernel has dropped messages, once, before what is left
   * @throws NetlinkSocketError
   */
  receive(): Uint8Array | undefined;
  close(): void;
}
