import type { PoolParts } from '../../../../src/engine/both/index.js';
import { isOwnTable } from '../../../../src/engine/wireguard/index.js';
import { importEphemeral } from '../../../../src/keying/index.js';
import type { Prefix } from '../../../../src/net/index.js';
import { formatPrefix } from '../../../../src/net/index.js';
import type {
  Address,
  Link,
  NetlinkError,
  NetlinkRequest,
  Route,
  Rule,
  WireguardChange,
  WireguardDevice,
  WireguardPeer,
} from '../../../../src/netlink/index.js';
import { LINK_FLAG, MissingFamilyError } from '../../../../src/netlink/index.js';
import { parseAddress } from '../../../../src/netlink/route/address.js';
import { MESSAGE } from '../../../../src/netlink/route/constants.js';
import { parseLink } from '../../../../src/netlink/route/link.js';
import { parseRoute } from '../../../../src/netlink/route/route.js';
import { parseRule } from '../../../../src/netlink/route/rule.js';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/**
 * So much of the kernel's devices, routes and rules as the engine is about: it reads the very bytes of the requests
 * over rtnetlink. For tests of pure code only; what the kernel itself does is tested in the lab.
 */
export class ModelNetwork {
  readonly #links = new Map<number, Mutable<Link>>();
  readonly #devices = new Map<string, Mutable<WireguardDevice>>();
  #addresses: Address[] = [];
  #routes: Route[] = [];
  #rules: Rule[] = [];
  #closed: readonly Prefix[] = [];
  #closedNodes: readonly Prefix[] = [];
  #lastIndex = 9;
  readonly settings = new Map<string, string>([['net/ipv4/conf/all/rp_filter', '0']]);
  /** Whether the kernel has the module. */
  hasWireguard = true;
  /** Each change in its order, in words. */
  readonly log: string[] = [];

  get parts(): PoolParts {
    return {
      open: async () => ({
        find: async () => {
          if (!this.hasWireguard) throw new MissingFamilyError('wireguard');
        },
        listen: async () => {},
        close: () => {},
        read: async () => ({
          devices: [...this.#links.values()].map((link) => {
            const device = this.#devices.get(link.name);
            return {
              link: { ...link },
              ...(device === undefined ? {} : { device: { ...device } }),
              addresses: this.#addresses.filter(({ ifindex }) => ifindex === link.index),
            };
          }),
          routes: this.#routes.filter(({ table }) => isOwnTable(table)),
          rules: [...this.#rules],
        }),
        request: async (requests) => requests.map((one) => this.#request(one)),
        change: async (name, change) => this.#change(name, change),
      }),
      settings: {
        read: (paths) =>
          new Map([...paths].flatMap((path) => this.#setting(path).map((value) => [path, value]))),
        write: (path, value) => {
          this.log.push(`${path}=${value}`);
          this.settings.set(path, value);
        },
      },
      guard: {
        closed6: async () => ({ prefixes: this.#closed, nodes: this.#closedNodes }),
        keepSources: () => {},
        close6: async (prefixes, nodes) => {
          this.log.push(`guard ${[...prefixes, ...nodes].map(formatPrefix)}`);
          this.#closed = prefixes;
          this.#closedNodes = nodes;
          return undefined;
        },
      },
    };
  }

  /** What is there, in words. */
  get contents(): string[] {
    return [
      ...[...this.#devices.values()].map(({ name, peers }) => `${name} ${peers.length}`),
      ...this.#routes.map(({ destination, table, nextHops }) => {
        const [hop] = nextHops;
        const name = hop && this.#links.get(hop.ifindex)?.name;
        return `${formatPrefix(destination)} ${table} ${name ?? 'unreachable'}`;
      }),
      ...this.#rules.map(({ priority, family }) => `rule ${priority} IPv${family}`),
      ...[...this.#closed, ...this.#closedNodes].map((one) => `closed ${formatPrefix(one)}`),
    ];
  }

  /** What decides of a packet's way. */
  get tables() {
    return {
      links: [...this.#links.values()],
      routes: this.#routes,
      rules: this.#rules,
      closed6: this.#closed,
      closedNodes6: this.#closedNodes,
    };
  }

  /** As it counts, of this very moment. */
  setting(path: string): string | undefined {
    return this.#setting(path)[0];
  }

  device(name: string): WireguardDevice | undefined {
    return this.#devices.get(name);
  }

  /** A foreign tool deletes it. */
  deleteDevice(name: string): void {
    for (const [index, link] of this.#links) if (link.name === name) this.#deleteLink(index);
  }

  deleteRules(): void {
    this.#rules = [];
  }

  deleteRoutes(): void {
    this.#routes = [];
  }

  #setting(path: string): string[] {
    const value = this.settings.get(path);
    if (value !== undefined) return [value];
    const [, device] = /conf\/(podcloak_wg\d)\//.exec(path) ?? [];
    return device !== undefined && this.#devices.has(device) ? ['0'] : [];
  }

  #request({ type, flags, body }: NetlinkRequest): NetlinkError | undefined {
    const message = { type, flags, body, sequence: 0, portId: 0 };
    if (type === MESSAGE.newLink || type === MESSAGE.deleteLink) {
      const link = parseLink(message);
      if (link === undefined) throw new Error('no link');
      if (type === MESSAGE.deleteLink) this.#deleteLink(link.index);
      else if (link.index === 0) this.#addLink(link);
      else Object.assign(this.#linkOf(link.index), { mtu: link.mtu, flags: link.flags });
      this.log.push(`link ${type} ${link.name}`);
      return undefined;
    }
    if (type === MESSAGE.newAddress || type === MESSAGE.deleteAddress) {
      const address = parseAddress(message);
      if (address === undefined) throw new Error('no address');
      const isOther = (one: Address): boolean =>
        one.ifindex !== address.ifindex || formatPrefix(one.local) !== formatPrefix(address.local);
      this.#addresses = this.#addresses.filter(isOther);
      if (type === MESSAGE.newAddress) this.#addresses.push(address);
      return undefined;
    }
    if (type === MESSAGE.newRoute || type === MESSAGE.deleteRoute) {
      const route = parseRoute(message);
      if (route === undefined) throw new Error('no route');
      const [hop] = type === MESSAGE.newRoute ? route.nextHops : [];
      if (hop !== undefined && (this.#linkOf(hop.ifindex).flags & LINK_FLAG.up) === 0) {
        throw new Error('ENETDOWN');
      }
      const isOther = (one: Route): boolean =>
        one.table !== route.table ||
        one.priority !== route.priority ||
        formatPrefix(one.destination) !== formatPrefix(route.destination);
      this.#routes = this.#routes.filter(isOther);
      if (type === MESSAGE.newRoute) this.#routes.push(route);
      const to = route.nextHops[0] && this.#linkOf(route.nextHops[0].ifindex).name;
      const verb = type === MESSAGE.newRoute ? 'route' : 'no route';
      const way = route.type === 7 ? 'unreachable' : (to ?? '');
      this.log.push(`${verb} ${formatPrefix(route.destination)} ${way}`.trim());
      return undefined;
    }
    const rule = parseRule(message);
    if (rule === undefined) throw new Error('no rule');
    const text = (one: Rule): string => JSON.stringify(one);
    this.#rules = this.#rules.filter((one) => text(one) !== text(rule));
    if (type === MESSAGE.newRule) this.#rules.push(rule);
    this.log.push(`${type === MESSAGE.newRule ? 'rule' : 'no rule'} ${rule.priority}`);
    return undefined;
  }

  #linkOf(index: number): Mutable<Link> {
    const link = this.#links.get(index);
    if (link === undefined) throw new Error(`ENODEV: ${index}`);
    return link;
  }

  #addLink(link: Link): void {
    this.#lastIndex += 1;
    this.#links.set(this.#lastIndex, { ...link, index: this.#lastIndex, kind: 'wireguard' });
    const device = { ifindex: this.#lastIndex, name: link.name, listenPort: 0, fwmark: 0 };
    this.#devices.set(link.name, { ...device, peers: [] });
  }

  #deleteLink(index: number): void {
    const { name } = this.#linkOf(index);
    this.#devices.delete(name);
    for (const path of this.settings.keys()) {
      if (path.includes(`/conf/${name}/`)) this.settings.delete(path);
    }
    this.#links.delete(index);
    this.#addresses = this.#addresses.filter(({ ifindex }) => ifindex !== index);
    this.#routes = this.#routes.filter(({ nextHops }) => nextHops[0]?.ifindex !== index);
  }

  #change(name: string, change: WireguardChange): NetlinkError | undefined {
    const device = this.#devices.get(name);
    if (device === undefined) throw new Error(`ENODEV: ${name}`);
    const { privateKey, listenPort, fwmark, peers = [] } = change;
    if (privateKey !== undefined) {
      device.privateKey = privateKey;
      device.publicKey = importEphemeral(privateKey.export()).publicKey;
    }
    if (listenPort !== undefined) device.listenPort = listenPort;
    if (fwmark !== undefined) device.fwmark = fwmark;
    for (const one of peers) device.peers = withPeer(device.peers, one);
    this.log.push(`peers of ${name}: ${device.peers.length}`);
    return undefined;
  }
}

function withPeer(
  peers: readonly WireguardPeer[],
  change: NonNullable<WireguardChange['peers']>[number],
): WireguardPeer[] {
  const key = (one: { publicKey: Uint8Array }): string =>
    Buffer.from(one.publicKey).toString('hex');
  const others = peers.filter((one) => key(one) !== key(change));
  if (change.remove) return others;
  const { presharedKey, endpoint, persistentKeepalive, allowedIps = [] } = change;
  const before = peers.find((one) => key(one) === key(change));
  const added = new Set(allowedIps.map(formatPrefix));
  const without = (one: WireguardPeer): WireguardPeer => ({
    ...one,
    allowedIps: one.allowedIps.filter((ip) => !added.has(formatPrefix(ip))),
  });
  return [
    ...others.map(without),
    {
      ...{ persistentKeepalive: 0, lastHandshake: 0n, receivedBytes: 0n, sentBytes: 0n },
      ...(before === undefined ? {} : without(before)),
      publicKey: change.publicKey,
      ...(presharedKey === undefined || presharedKey === 'none' ? {} : { presharedKey }),
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(persistentKeepalive === undefined ? {} : { persistentKeepalive }),
      allowedIps: [...(before === undefined ? [] : without(before).allowedIps), ...allowedIps],
    },
  ];
}
