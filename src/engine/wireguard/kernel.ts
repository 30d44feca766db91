import {
  type Address,
  dumpAddresses,
  dumpLinks,
  dumpRoutes,
  dumpRules,
  findWireguard,
  type Link,
  MissingFamilyError,
  NetlinkError,
  type NetlinkQuery,
  type NetlinkRequest,
  type NetlinkSocket,
  openNetlink,
  ROUTE_EVENTS,
  type Route,
  type RouteEvent,
  RULE_EVENTS,
  type Rule,
  readWireguard,
  type Subscription,
  setWireguard,
  subscribe,
  type WireguardChange,
} from '../../netlink/index.js';
import { isOwnTable } from './diff-routes.js';
import type { FoundDevice } from './model.js';
import { DEVICE_NAMES, ROUTE_PROTOCOL } from './names.js';

/** What rtnetlink and WireGuard say of ours. */
export interface FoundNetwork {
  readonly devices: readonly FoundDevice[];
  /** Of our tables. */
  readonly routes: readonly Route[];
  /** That bear our number, or lead to our tables. */
  readonly rules: readonly Rule[];
}

/** This node's WireGuard devices with all that leads to them, through netlink. */
export class WireguardKernel {
  readonly #changed: () => void;
  readonly #route: NetlinkSocket;
  readonly #subscriptions: Subscription[] = [];
  #generic: NetlinkSocket | undefined;
  #family: number | undefined;
  #isListening = false;
  /** Of our devices, as far as they were seen: an address tells no name. */
  readonly #indexes = new Set<number>();

  private constructor(route: NetlinkSocket, changed: () => void) {
    this.#route = route;
    this.#changed = changed;
  }

  /**
   * @param changed something of ours has changed, and not by us
   * @throws NetlinkSocketError
   */
  static async open(changed: () => void): Promise<WireguardKernel> {
    return new WireguardKernel(await openNetlink('route'), changed);
  }

  /** Tells of changes from now on. Only who keeps devices needs to hear of them. */
  async listen(): Promise<void> {
    if (this.#isListening) return;
    this.#isListening = true;
    for (const one of this.#subscriptions.splice(0)) one.close();
    const broken = (): void => {
      this.#isListening = false;
      this.#changed();
    };
    const isOurs = (event: RouteEvent): boolean => isAboutOurs(event, this.#indexes);
    const options = { exceptOf: this.#route.portId };
    const lost = this.#changed;
    try {
      this.#subscriptions.push(
        await subscribe(
          ROUTE_EVENTS,
          { event: (event) => isOurs(event) && this.#changed(), lost, broken },
          options,
        ),
        await subscribe(
          RULE_EVENTS,
          {
            event: ({ rule }) => isAboutOwnRules(rule) && this.#changed(),
            ...{ lost, broken },
          },
          options,
        ),
      );
    } catch (thrown) {
      // To be tried again in the next round.
      this.#isListening = false;
      throw thrown;
    }
  }

  /** @throws MissingFamilyError where the kernel has no WireGuard, and as `NetlinkSocket` does */
  async find(): Promise<void> {
    this.#generic ??= await openNetlink('generic');
    this.#family = await findWireguard(this.#generic);
  }

  /** @throws as `NetlinkSocket.dump` */
  async read(): Promise<FoundNetwork> {
    const links = (await this.#route.dump(dumpLinks())).filter(({ name }) =>
      DEVICE_NAMES.includes(name),
    );
    const indexes = new Set(links.map(({ index }) => index));
    for (const index of indexes) this.#indexes.add(index);
    const addresses =
      links.length === 0
        ? []
        : (await this.#route.dump(dumpAddresses())).filter(({ ifindex }) => indexes.has(ifindex));
    const devices: FoundDevice[] = [];
    for (const link of links) devices.push(await this.#readDevice(link, addresses));
    const rules: Rule[] = [];
    const routes: Route[] = [];
    for (const family of [4, 6] as const) {
      rules.push(...(await this.#dump(dumpRules(family))).filter(isAboutOwnRules));
      routes.push(
        ...(await this.#dump(dumpRoutes(family))).filter(({ table }) => isOwnTable(table)),
      );
    }
    return { devices, routes, rules };
  }

  /** Nothing where IPv6 is turned off at boot. @throws as `NetlinkSocket.dump` */
  async #dump<T>(query: NetlinkQuery<T>): Promise<T[]> {
    try {
      return await this.#route.dump(query);
    } catch (thrown) {
      if (thrown instanceof NetlinkError && MISSING_FAMILY.has(thrown.code)) return [];
      throw thrown;
    }
  }

  async #readDevice(link: Link, all: readonly Address[]): Promise<FoundDevice> {
    const addresses = all.filter(({ ifindex }) => ifindex === link.index);
    if (link.kind !== 'wireguard') return { link, addresses };
    try {
      await this.#findOnce();
      const device = await readWireguard(this.#socket, this.#family ?? 0, link.name);
      return { link, device, addresses };
    } catch (thrown) {
      // It has gone since, or the module has: it is not there.
      const isGone = thrown instanceof NetlinkError && thrown.code === 'ENODEV';
      if (isGone || thrown instanceof MissingFamilyError) return { link, addresses };
      throw thrown;
    }
  }

  /** @returns of each what the kernel said. @throws as `NetlinkSocket.request` */
  request(requests: readonly NetlinkRequest[]): Promise<(NetlinkError | undefined)[]> {
    return this.#route.request(requests);
  }

  /** @returns the first refusal. @throws MissingFamilyError, and as `NetlinkSocket.request` */
  async change(name: string, change: WireguardChange): Promise<NetlinkError | undefined> {
    await this.#findOnce();
    const outcomes = await this.#socket.request(setWireguard(this.#family ?? 0, name, change));
    return outcomes.find((one) => one !== undefined);
  }

  close(): void {
    for (const one of this.#subscriptions.splice(0)) one.close();
    this.#generic?.close();
    this.#route.close();
  }

  /** Its number is another one each time that the module is loaded; while a device is there, it stays. */
  async #findOnce(): Promise<void> {
    if (this.#generic === undefined || this.#family === undefined) await this.find();
  }

  get #socket(): NetlinkSocket {
    if (this.#generic === undefined) throw new TypeError('the socket is not open');
    return this.#generic;
  }
}

/** What the kernel says of an IP version that it does not have (`ipv6.disable=1`). */
const MISSING_FAMILY: ReadonlySet<string> = new Set(['EAFNOSUPPORT', 'EOPNOTSUPP']);

/** Somebody else's, too, that says what one of ours would: the kernel has no two of them. */
function isAboutOwnRules({ protocol, table }: Rule): boolean {
  return protocol === ROUTE_PROTOCOL || isOwnTable(table);
}

/** @param own indexes of our devices, as far as they were seen */
function isAboutOurs(event: RouteEvent, own: Set<number>): boolean {
  if ('link' in event) {
    const isOurs = DEVICE_NAMES.includes(event.link.name);
    if (isOurs) own.add(event.link.index);
    return isOurs;
  }
  if ('address' in event) return own.has(event.address.ifindex);
  return isOwnTable(event.route.table);
}
