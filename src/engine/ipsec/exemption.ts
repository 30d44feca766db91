import { type Diagnostic, diagnostic } from '../../errors/index.js';
import type { Prefix } from '../../net/index.js';
import {
  type Connection,
  deleteConnection,
  dumpConnections,
  EXEMPTION_EVENTS,
  ForeignTableError,
  installExemption,
  NetlinkError,
  type NetlinkSocket,
  NetlinkSocketError,
  openNetlink,
  removeExemption,
  type Subscription,
  subscribe,
} from '../../netlink/index.js';
import { isMasqueraded } from './masqueraded.js';

/**
 * Our nftables table in this node's kernel: it keeps a CNI's masquerading off what goes into IPsec. A
 * packet with another source is looked up again, finds no policy, and leaves in plaintext.
 */
export class Exemption {
  readonly #changed: () => void;
  #socket: NetlinkSocket | undefined;
  #subscription: Subscription | undefined;
  #isThere: boolean | undefined;

  /** @param changed somebody touched the table: call {@link ensure} again */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Puts the table there unless it is. @returns what keeps it from being there */
  ensure(): Promise<Diagnostic | undefined> {
    return this.#bring(true, installExemption);
  }

  /** Removes it if it is there. A kernel that cannot have it does not have it. */
  async remove(): Promise<void> {
    await this.#bring(false, removeExemption);
  }

  /**
   * Makes the kernel forget connections that are masqueraded from before: packets of theirs would go on
   * in plaintext. What follows of them is a new connection, and encrypted; TCP to a node itself is reset.
   *
   * @param remotes addresses of nodes that are encrypted to
   * @returns how many there were
   * @throws NetlinkError, and as `NetlinkSocket` does
   */
  async forgetMasqueraded(
    podPrefixes: readonly Prefix[],
    remotes: readonly Uint8Array[],
  ): Promise<number> {
    const socket = this.#socket;
    if (socket === undefined) return 0;
    const found: Connection[] = [];
    for (const family of [4, 6] as const) {
      for (const one of await socket.dump(dumpConnections(family))) {
        if (isMasqueraded(one, podPrefixes, remotes)) found.push(one);
      }
    }
    const results = await socket.request(found.map(deleteConnection));
    const error = results.find((one) => one !== undefined && one.code !== 'ENOENT');
    if (error !== undefined) throw error;
    return found.length;
  }

  close(): void {
    this.#subscription?.close();
    this.#socket?.close();
  }

  async #bring(
    there: boolean,
    change: (socket: NetlinkSocket) => Promise<void>,
  ): Promise<Diagnostic | undefined> {
    if (this.#isThere === there) return undefined;
    try {
      this.#socket ??= await openNetlink('netfilter');
      await this.#listen(this.#socket);
      // Before the change: what happens to the table behind it is seen.
      this.#isThere = there;
      await change(this.#socket);
      return undefined;
    } catch (thrown) {
      this.#isThere = undefined;
      const isExpected =
        thrown instanceof NetlinkError ||
        thrown instanceof NetlinkSocketError ||
        thrown instanceof ForeignTableError;
      if (!isExpected) throw thrown;
      return diagnostic('PC713', thrown.message);
    }
  }

  async #listen(socket: NetlinkSocket): Promise<void> {
    const again = (): void => {
      this.#isThere = undefined;
      this.#changed();
    };
    this.#subscription ??= await subscribe(
      EXEMPTION_EVENTS,
      {
        event: again,
        lost: again,
        broken: () => {
          this.#subscription = undefined;
          again();
        },
      },
      { exceptOf: socket.portId },
    );
  }
}
