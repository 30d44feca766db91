import {
  DEVICE_NAMES,
  diffReverse,
  diffRoutes,
  diffRules,
  isOwnRule,
  isOwnTable,
  type ReverseMemory,
  ROUTE_PROTOCOL,
  reversePath,
  type SettingFiles,
} from '../engine/wireguard/index.js';
import { diagnostic, PodcloakError } from '../errors/index.js';
import {
  deleteLink,
  dumpLinks,
  dumpRoutes,
  dumpRules,
  type Link,
  NetlinkError,
  type NetlinkQuery,
  type NetlinkRequest,
  type NetlinkSocket,
  type Route,
  type Rule,
} from '../netlink/index.js';
import { deleteEach } from './own-objects.js';

type Say = (line: string) => void;

/** Devices, and what leads to them. */
export interface Network {
  readonly devices: readonly Link[];
  readonly rules: readonly Rule[];
  readonly routes: readonly Route[];
}

/** What of it is ours: kind and name tell a device, and our number with our tables all else. */
export function ownOf({ devices, rules, routes }: Network): Network {
  return {
    devices: devices.filter((one) => hasOwnName(one) && isWireguard(one)),
    rules: rules.filter(isOwnRule),
    routes: routes.filter(
      ({ table, protocol }) => isOwnTable(table) && protocol === ROUTE_PROTOCOL,
    ),
  };
}

/**
 * What takes it away: rules first, as without them nothing asks for the routes. So no packet meets a route that leads
 * nowhere, or whose device is gone.
 *
 * @param own as {@link ownOf} gives it
 */
export function deletionsOf(own: Network): Record<keyof Network, NetlinkRequest[]> {
  return {
    rules: diffRules(own.rules, []).gone.map(({ request }) => request),
    routes: diffRoutes(own.routes, [], new Map()).gone.map(({ request }) => request),
    devices: own.devices.map(({ index }) => deleteLink(index)),
  };
}

/**
 * Takes WireGuard's out of this kernel. What comes in its place is plaintext, if policies are gone.
 *
 * @throws PodcloakError PC449 when something stays
 * @throws as `NetlinkSocket.dump`
 */
export async function removeWireguard(socket: NetlinkSocket, say: Say): Promise<void> {
  const found = await readNetwork(socket);
  const foreign = found.devices.filter((one) => hasOwnName(one) && !isWireguard(one));
  for (const name of namesOf(foreign)) say(`Left the device ${name}: it is none of ours.`);
  const own = ownOf(found);
  if (countOf(own) === 0) return;
  const requests = deletionsOf(own);
  const rules = await deleteEach(socket, requests.rules);
  const routes = await deleteEach(socket, requests.routes);
  const devices = await deleteEach(socket, requests.devices);
  const left = ownOf(await readNetwork(socket));
  if (rules.deleted + routes.deleted > 0) {
    say(`Removed ${rules.deleted} rules and ${routes.deleted} routes of WireGuard.`);
  }
  const stay = namesOf(left.devices);
  const gone = namesOf(own.devices).filter((name) => !stay.includes(name));
  if (gone.length > 0)
    say(`Removed the device${gone.length > 1 ? 's' : ''} ${gone.join(' and ')}.`);
  const count = countOf(left);
  if (count === 0) return;
  const refused = [...rules.refused, ...routes.refused, ...devices.refused];
  const codes = [...new Set(refused)].join(', ');
  const why = codes === '' ? 'somebody puts them back' : `refused with ${codes}`;
  throw new PodcloakError([
    diagnostic('PC449', `${count} rules, routes and devices of WireGuard stay: ${why}`),
  ]);
}

/**
 * Puts filters against the reverse path back to what was there before an agent loosened them.
 *
 * @throws PodcloakError PC449
 */
export function restoreReverse(
  settings: Pick<SettingFiles, 'read' | 'write'>,
  memory: ReverseMemory,
  say: Say,
): void {
  const devices = Object.keys(memory);
  const found = settings.read(['all', ...devices].map(reversePath));
  for (const { path, value } of diffReverse(found, [], memory).restore) {
    try {
      settings.write(path, value);
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException;
      throw new PodcloakError([
        diagnostic('PC449', `${path} stays ${found.get(path)} instead of ${value}: ${code}`),
      ]);
    }
    say(`Set ${path} back to ${value}.`);
  }
}

async function readNetwork(socket: NetlinkSocket): Promise<Network> {
  return {
    devices: await socket.dump(dumpLinks()),
    rules: [...(await socket.dump(dumpRules(4))), ...(await ofIpv6(socket, dumpRules(6)))],
    routes: [...(await socket.dump(dumpRoutes(4))), ...(await ofIpv6(socket, dumpRoutes(6)))],
  };
}

/** Nothing where IPv6 is turned off at boot. */
async function ofIpv6<T>(socket: NetlinkSocket, query: NetlinkQuery<T>): Promise<T[]> {
  try {
    return await socket.dump(query);
  } catch (thrown) {
    const isMissing = thrown instanceof NetlinkError && MISSING.has(thrown.code);
    if (isMissing) return [];
    throw thrown;
  }
}

const MISSING: ReadonlySet<string> = new Set(['EAFNOSUPPORT', 'EOPNOTSUPP']);

/** In the order of the alphabet: a pair of devices comes in the order that the kernel likes. */
function namesOf(devices: readonly Link[]): string[] {
  return devices.map(({ name }) => name).sort();
}

function hasOwnName({ name }: Link): boolean {
  return DEVICE_NAMES.includes(name);
}

function isWireguard({ kind }: Link): boolean {
  return kind === 'wireguard';
}

function countOf({ devices, rules, routes }: Network): number {
  return devices.length + rules.length + routes.length;
}
