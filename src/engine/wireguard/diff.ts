import { prefixKey } from '../../datapath/index.js';
import type { Prefix } from '../../net/index.js';
import { formatPrefix } from '../../net/index.js';
import {
  addAddress,
  addLink,
  changeLink,
  deleteAddress,
  deleteLink,
  LINK_FLAG,
  type NetlinkRequest,
  SCOPE,
  type WireguardChange,
  type WireguardDevice,
} from '../../netlink/index.js';
import { type DesiredPeer, DISCARDED_PEER, diff as diffDevice } from '../../wireguard/index.js';
import { diffRoutes, diffRules, refresh6 } from './diff-routes.js';
import type {
  FoundDevice,
  WireguardActual,
  WireguardDeviceWish,
  WireguardPeerWish,
  WireguardWish,
} from './model.js';
import { reversePath, type SettingChange } from './reverse.js';

/** One change of the kernel's, by what it is made with. */
export type WireguardStep = { readonly about: string } & (
  | { readonly by: 'route'; readonly request: NetlinkRequest }
  | { readonly by: 'wireguard'; readonly name: string; readonly change: WireguardChange }
  | ({ readonly by: 'setting' } & SettingChange)
  | {
      readonly by: 'guard';
      readonly closed6: readonly Prefix[];
      readonly closedNodes6: readonly Prefix[];
    }
);

export interface WireguardDifference {
  /** Devices and peers, then routes to them, then rules, then the guard. */
  readonly made: readonly WireguardStep[];
  /** Rules, then routes, peers and devices: once nothing needs them. */
  readonly gone: readonly WireguardStep[];
}

/**
 * The keepalive that a peer is made with which others send to, in seconds: the kernel greets it at once, or as soon as
 * the device is up. Otherwise they go on under a session that nobody knows any more, for up to 15 seconds
 * (KEEPALIVE_TIMEOUT + REKEY_TIMEOUT, drivers/net/wireguard/messages.h). The next change sets the one that is wished for.
 */
const KICK = 25;

/** Settings of a device of ours. */
export function settingsOf(name: string): SettingChange[] {
  return [
    // What comes through it was encrypted; XFRM's policies would refuse it, as no SA did.
    { path: `net/ipv4/conf/${name}/disable_policy`, value: '1' },
    { path: `net/ipv6/conf/${name}/disable_policy`, value: '1' },
    // A peer may send by the other generation's device. Whose a source is, allowed IPs tell.
    { path: reversePath(name), value: '2' },
  ];
}

/** How to get from what the kernel holds of WireGuard's to what it should. Applied, it is empty. */
export function diffWireguard(actual: WireguardActual, wish: WireguardWish): WireguardDifference {
  // One of our name and another kind would carry packets as they are: there is no way through it.
  const own = actual.devices.filter(({ device }) => device !== undefined);
  const found = new Map(own.map((one) => [one.link.name, one]));
  const indexes = new Map(own.map(({ link }) => [link.name, link.index]));
  const devices = wish.devices.map((one) => diffOne(found.get(one.name), one, actual.settings));
  const wished = new Set(wish.devices.map(({ name }) => name));
  const routes = diffRoutes(actual.routes, wish.routes, indexes);
  const rules = diffRules(actual.rules, wish.rules);
  const byRoute = (step: { about: string; request: NetlinkRequest }): WireguardStep => ({
    ...step,
    by: 'route',
  });
  return {
    made: [
      ...devices.flatMap(({ made }) => made),
      ...routes.made.map(byRoute),
      ...rules.made.map(byRoute),
      ...refresh6(actual.routes, wish.routes, { routes: routes.made, rules: rules.made }).map(
        byRoute,
      ),
      ...guardStep(actual, wish),
    ],
    gone: [
      ...rules.gone.map(byRoute),
      ...routes.gone.map(byRoute),
      ...devices.flatMap(({ gone }) => gone),
      ...own
        .filter(({ link }) => !wished.has(link.name))
        .map(({ link }) =>
          byRoute({ about: `delete device ${link.name}`, request: deleteLink(link.index) }),
        ),
    ],
  };
}

function guardStep(
  actual: Pick<WireguardActual, 'closed6' | 'closedNodes6'>,
  { closed6, closedNodes6 }: WireguardWish,
): WireguardStep[] {
  const isSame = (found: readonly Prefix[] | undefined, wished: readonly Prefix[]): boolean => {
    const text = (prefixes: readonly Prefix[]): string => prefixes.map(prefixKey).sort().join();
    return found !== undefined && text(found) === text(wished);
  };
  if (isSame(actual.closed6, closed6) && isSame(actual.closedNodes6, closedNodes6)) return [];
  const about = `guard ${closed6.length} IPv6 prefixes, ${closedNodes6.length} nodes`;
  return [{ by: 'guard', about, closed6, closedNodes6 }];
}

function diffOne(
  found: FoundDevice | undefined,
  wish: WireguardDeviceWish,
  settings: ReadonlyMap<string, string>,
): WireguardDifference {
  const { name, mtu, keys } = wish;
  if (found === undefined) {
    // One whose key is lost is not made again: peers would not know it.
    if (keys === undefined) return { made: [], gone: [] };
    const request = addLink({ name, kind: 'wireguard', mtu });
    // It has an index then, which all else needs.
    return { made: [{ by: 'route', about: `add device ${name}`, request }], gone: [] };
  }
  const { link, device } = found;
  const change = device && keys && changeOf(device, { ...wish, keys });
  const [first, last] = change === undefined ? [] : split(change);
  const isDown = (link.flags & LINK_FLAG.up) === 0;
  const isAsWished = !isDown && link.mtu === mtu;
  const lack = settingsOf(name).filter(
    // What is not there is of an IP version that the node does not have.
    ({ path, value }) => settings.has(path) && settings.get(path) !== value,
  );
  const addresses = diffAddresses(found, wish);
  return {
    made: [
      ...lack.map((one): WireguardStep => ({ by: 'setting', about: `set ${one.path}`, ...one })),
      ...(first === undefined
        ? []
        : [{ by: 'wireguard', about: `set ${name}`, name, change: first } as const]),
      ...addresses.made,
      ...(isAsWished
        ? []
        : [
            {
              ...({
                by: 'route',
                about: `bring up ${name} on UDP ${wish.listenPort}, MTU ${mtu}`,
              } as const),
              request: changeLink(link.index, { mtu, up: true }),
            },
          ]),
    ],
    gone: [
      ...addresses.gone,
      ...(last === undefined
        ? []
        : [{ by: 'wireguard', about: `take from ${name}`, name, change: last } as const]),
    ],
  };
}

function changeOf(
  device: WireguardDevice,
  wish: WireguardDeviceWish & Required<Pick<WireguardDeviceWish, 'keys'>>,
): WireguardChange | undefined {
  const { keys, listenPort, persistentKeepalive } = wish;
  const present = new Map(device.peers.map((one) => [textOf(one.publicKey), one.presharedKey]));
  const peers = wish.peers.flatMap((peer): DesiredPeer[] => {
    const { psk, isInUse, ...rest } = peer;
    const isThere = present.has(textOf(peer.publicKey));
    const keepalive =
      isInUse && !isThere ? Math.max(KICK, persistentKeepalive) : persistentKeepalive;
    const found = { ...rest, persistentKeepalive: keepalive === 0 ? undefined : keepalive };
    if (psk === 'none') return [found];
    const key = psk === 'kept' ? present.get(textOf(peer.publicKey)) : psk;
    // Never without: it would be a peer that anyone can be who has its private key.
    if (key === undefined) return [];
    return [{ ...found, presharedKey: key }];
  });
  return diffDevice(device, { keys, listenPort, fwmark: 0, peers });
}

/** What adds and changes, and what only takes away: packets may still go there until their routes lead elsewhere. */
function split(
  change: WireguardChange,
): [WireguardChange | undefined, WireguardChange | undefined] {
  const { peers = [], ...rest } = change;
  const discarded = textOf(DISCARDED_PEER);
  const at = peers.findIndex((one) => one.remove || textOf(one.publicKey) === discarded);
  const [first, last] = at < 0 ? [peers, []] : [peers.slice(0, at), peers.slice(at)];
  const made = { ...rest, ...(first.length === 0 ? {} : { peers: first }) };
  return [
    Object.keys(made).length === 0 ? undefined : made,
    last.length === 0 ? undefined : { peers: last },
  ];
}

/** The node's own addresses, so that its source is one that peers allow. What the kernel gives by itself stays. */
function diffAddresses(
  { link, addresses }: FoundDevice,
  wish: WireguardDeviceWish,
): WireguardDifference {
  const present = new Set(addresses.map(({ local }) => prefixKey(local)));
  const wished = new Set(wish.addresses.map(prefixKey));
  const step = (verb: string, local: Prefix, request: NetlinkRequest): WireguardStep => ({
    ...({ by: 'route', request } as const),
    about: `${verb} ${formatPrefix(local)} on ${wish.name}`,
  });
  return {
    made: wish.addresses
      .filter((local) => !present.has(prefixKey(local)))
      .map((local) => step('add', local, addAddress({ ifindex: link.index, local }))),
    gone: addresses
      .filter(({ scope, local }) => scope === SCOPE.global && !wished.has(prefixKey(local)))
      .map(({ local }) => step('delete', local, deleteAddress({ ifindex: link.index, local }))),
  };
}

function textOf(key: WireguardPeerWish['publicKey']): string {
  return Buffer.from(key).toString('latin1');
}
