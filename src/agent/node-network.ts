import { socketFault } from '../engine/index.js';
import type { Diagnostic } from '../errors/index.js';
import {
  dumpAddresses,
  dumpLinks,
  dumpRoutes,
  type NetlinkSocket,
  openNetlink,
  ROUTE_EVENTS,
  type Subscription,
  subscribe,
} from '../netlink/index.js';
import type { Network } from './node-facts.js';

/** This node's links, addresses and routes, through rtnetlink. */
export class NodeNetwork {
  readonly #socket: NetlinkSocket;
  #subscription: Subscription | undefined;

  private constructor(socket: NetlinkSocket) {
    this.#socket = socket;
  }

  /** @param changed they are not what they were. @returns what is missing instead, with its remedy */
  static async open(changed: () => void): Promise<NodeNetwork | Diagnostic> {
    try {
      const network = new NodeNetwork(await openNetlink('route'));
      await network.#listen(changed);
      return network;
    } catch (thrown) {
      return socketFault(thrown);
    }
  }

  async #listen(changed: () => void): Promise<void> {
    const broken = (): void => {
      void this.#listen(changed).then(changed);
    };
    this.#subscription?.close();
    this.#subscription = await subscribe(ROUTE_EVENTS, { event: changed, lost: changed, broken });
  }

  /** @throws as `NetlinkSocket.dump` */
  async read(): Promise<Network> {
    return {
      links: await this.#socket.dump(dumpLinks()),
      addresses: await this.#socket.dump(dumpAddresses()),
      routes: [
        ...(await this.#socket.dump(dumpRoutes(4))),
        ...(await this.#socket.dump(dumpRoutes(6))),
      ],
    };
  }

  close(): void {
    this.#subscription?.close();
    this.#socket.close();
  }
}
