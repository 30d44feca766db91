import { isDeepStrictEqual } from 'node:util';
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
  NO_SOURCES,
  openNetlink,
  readGuard,
  removeExemption,
  type Sources,
  type Subscription,
  setClosed,
  subscribe,
} from '../../netlink/index.js';
import { isMasqueraded } from './masqueraded.js';

/** What nothing may go to in plaintext, of IPv6. */
export interface Closed6 {
  readonly prefixes: readonly Prefix[];
  /** Peers themselves, but for what is exempt between nodes. */
  readonly nodes: readonly Prefix[];
}

const NOTHING: Closed6 = { prefixes: [], nodes: [] };

/**
 * Our nftables table in this node's kernel. It keeps a CNI's masquerading off what goes into IPsec or
 * WireGuard: a packet with another source is looked up again, finds no policy, and leaves in plaintext;
 * or the peer drops it. And it is the guard where no policy can be one (`src/netlink/nftables/desired.ts`).
 */
export class Exemption {
  readonly #changed: () => void;
  #socket: NetlinkSocket | undefined;
  #subscription: Subscription | undefined;
  /** The table; undefined for not known. */
  #isThere: boolean | undefined;
  /** What shall be closed; undefined for what is, as nobody has said yet. */
  #closed: Closed6 | undefined;
  /** Whether it is. */
  #isClosed = false;
  /** Whose packets have which source on WireGuard devices. */
  #sources: Sources = NO_SOURCES;
  #last: Promise<unknown> = Promise.resolve();

  /** @param changed somebody touched the table: call {@link ensure} again */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Puts the table there, with what is closed, unless it is. @returns what keeps it from being there */
  ensure(): Promise<Diagnostic | undefined> {
    return this.#alone(async () => {
      if (this.#isThere === true) return undefined;
      return this.#change('PC713', async (socket) => {
        this.#isThere = true;
        this.#isClosed = this.#closed !== undefined;
        await installExemption(socket, {
          sources: this.#sources,
          ...(this.#closed === undefined
            ? {}
            : { closed: this.#closed.prefixes, nodes: this.#closed.nodes }),
        });
      });
    });
  }

  /** Nobody shall masquerade on WireGuard devices; {@link ensure} makes it so. */
  keepSources(sources: Sources): void {
    if (isDeepStrictEqual(sources, this.#sources)) return;
    this.#sources = sources;
    if (this.#isThere === true) this.#isThere = undefined;
  }

  /** Removes it if it is there, and opens all with it. A kernel that cannot have it does not have it. */
  async remove(): Promise<void> {
    await this.#alone(async () => {
      if (this.#isThere === false) return;
      await this.#change('PC713', async (socket) => {
        this.#isThere = false;
        this.#closed = NOTHING;
        this.#isClosed = true;
        await removeExemption(socket);
      });
    });
  }

  /**
   * Has the kernel drop what would leave in plaintext to these prefixes, and to no others: those from
   * before are opened. Does nothing where that is so; makes the table if it is not there. When it resolves
   * without a diagnostic the next packet is dropped.
   *
   * @param prefixes of IPv6; none for opening all
   * @param nodes peers' own addresses: the same, but for what is exempt between nodes
   * @returns what keeps it from being so; {@link ensure} tries again
   * @throws RangeError for a prefix of IPv4
   */
  close6(
    prefixes: readonly Prefix[],
    nodes: readonly Prefix[] = [],
  ): Promise<Diagnostic | undefined> {
    return this.#alone(async () => {
      const closed = this.#closed ?? NOTHING;
      const isSame = areSame(prefixes, closed.prefixes) && areSame(nodes, closed.nodes);
      if (this.#isClosed && isSame) return undefined;
      this.#closed = { prefixes, nodes };
      return this.#change('PC736', async (socket) => {
        if (this.#isThere === false) this.#isThere = undefined;
        this.#isClosed = true;
        await setClosed(socket, prefixes, this.#sources, nodes);
      });
    });
  }

  /**
   * What is closed, as far as we know; read where we do not.
   *
   * @returns undefined where it cannot be known: {@link close6} says why
   */
  closed6(): Promise<Closed6 | undefined> {
    return this.#alone(async () => {
      if (this.#isClosed) return this.#closed ?? NOTHING;
      let found: Closed6 | undefined;
      await this.#change('PC736', async (socket) => {
        const { isInForce, closed, nodes } = await readGuard(socket, this.#sources);
        // Without the table nothing is, and what others changed in it is as good as nothing.
        found = isInForce ? { prefixes: closed, nodes } : NOTHING;
      });
      return found;
    });
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

  /** One after another, as each looks before it changes. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => {});
    return done;
  }

  /** @param change remembers what it does before it does it: what happens behind it is seen */
  async #change(
    code: 'PC713' | 'PC736',
    change: (socket: NetlinkSocket) => Promise<void>,
  ): Promise<Diagnostic | undefined> {
    try {
      this.#socket ??= await openNetlink('netfilter');
      await this.#listen(this.#socket);
      await change(this.#socket);
      return undefined;
    } catch (thrown) {
      this.#forget();
      const isExpected =
        thrown instanceof NetlinkError ||
        thrown instanceof NetlinkSocketError ||
        thrown instanceof ForeignTableError;
      if (!isExpected) throw thrown;
      return diagnostic(code, thrown.message);
    }
  }

  #forget(): void {
    this.#isThere = undefined;
    this.#isClosed = false;
  }

  async #listen(socket: NetlinkSocket): Promise<void> {
    const again = (): void => {
      this.#forget();
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

function areSame(some: readonly Prefix[], others: readonly Prefix[]): boolean {
  const isSame = ({ address, length }: Prefix, other: Prefix | undefined): boolean =>
    length === other?.length && Buffer.compare(address, other.address) === 0;
  return some.length === others.length && some.every((one, at) => isSame(one, others[at]));
}
