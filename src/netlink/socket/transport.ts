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
   * The next datagram, valid until the next call; undefined when none is there. Never waits.
   *
   * @throws NetlinkOverrunError when the kernel has dropped messages, once, before what is left
   * @throws NetlinkSocketError
   */
  receive(): Uint8Array | undefined;
  close(): void;
}
