/** What tests see of WireGuard in a node's kernel: what `wg` and iproute2 say, and nothing of our own code. */
import type { NodeTools } from './node-tools.js';

/** A device as `wg show all dump` has it. Keys are in it: for tests only. */
export interface DeviceText {
  readonly name: string;
  /** Base64, as all keys here. */
  readonly privateKey: string;
  readonly publicKey: string;
  /** UDP. */
  readonly listenPort: number;
  readonly peers: readonly PeerText[];
}

export interface PeerText {
  readonly publicKey: string;
  /** `(none)` without one. */
  readonly presharedKey: string;
  /** `(none)` while it is not known. */
  readonly endpoint: string;
  /** In one order: the kernel has none. */
  readonly allowedIps: readonly string[];
  /** Seconds since 1970 by the guest's clock; 0 while there was none. */
  readonly lastHandshake: number;
  readonly receivedBytes: number;
  readonly sentBytes: number;
  /** Seconds, or `off`. */
  readonly keepalive: string;
}

type Script = NodeTools['script'];

/** How the devices are called, what they listen on, and their routing tables and rules. */
export const WIREGUARD = {
  devices: ['podcloak_wg0', 'podcloak_wg1'],
  ports: [51_871, 51_872],
  tables: [51_871, 51_872, 51_873],
  priorities: [69, 70, 71],
} as const;

/** All devices of a network namespace, by name. */
export async function wireguardDevices(script: Script): Promise<DeviceText[]> {
  const dump = (await script('wg show all dump')).trim();
  const lines = dump === '' ? [] : dump.split('\n').map((line) => line.split('\t'));
  return lines
    .filter((fields) => fields.length === DEVICE_FIELDS)
    .map(([name = '', privateKey = '', publicKey = '', port]) => ({
      ...{ name, privateKey, publicKey, listenPort: Number(port) },
      peers: lines
        .filter((fields) => fields.length !== DEVICE_FIELDS && fields[0] === name)
        .map(peerText),
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** wg(8): name, private key, public key, port, mark. */
const DEVICE_FIELDS = 5;

function peerText(fields: readonly string[]): PeerText {
  const [, publicKey = '', presharedKey = '', endpoint = '', allowed = '', ...rest] = fields;
  const [handshake, received, sent, keepalive = ''] = rest;
  return {
    ...{ publicKey, presharedKey, endpoint, keepalive },
    allowedIps: allowed.split(',').sort(),
    lastHandshake: Number(handshake),
    receivedBytes: Number(received),
    sentBytes: Number(sent),
  };
}

/** Routes of our tables, both families, one a text as iproute2 prints it, in one order. */
export async function wireguardRoutes(script: Script): Promise<string[]> {
  // A table that was never used is an error to iproute2; among those of all tables it is just not there.
  const text = await script('ip route show table all; ip -6 route show table all');
  const ours = new RegExp(`\\btable (${WIREGUARD.tables.join('|')})\\b`);
  return linesOf(text).filter((line) => ours.test(line));
}

/** Rules that lead to our tables, each with its IP version in front. */
export async function wireguardRules(script: Script): Promise<string[]> {
  const text = await script("ip rule | sed 's/^/4 /'; ip -6 rule | sed 's/^/6 /'");
  const ours = new RegExp(`\\blookup (${WIREGUARD.tables.join('|')})\\b`);
  return linesOf(text).filter((line) => ours.test(line));
}

/**
 * All that is WireGuard's on a node, but for what changes by itself: counters, handshakes, numbers of devices. Equal
 * before and after: nothing was changed, or all was put back.
 */
export async function wireguardTraces({ script }: Pick<NodeTools, 'script'>): Promise<string[]> {
  const devices = await wireguardDevices(script);
  const links: string[] = [];
  for (const { name } of devices) {
    const text = await script(`
      ip -o link show ${name} | grep -oE '<[^>]*>|mtu [0-9]+'
      ip -o addr show dev ${name} scope global | awk '{ print $3, $4 }' | sort
      for family in 4 6; do cat /proc/sys/net/ipv$family/conf/${name}/disable_policy; done`);
    links.push(`${name} ${linesOf(text).join(' ')}`);
  }
  return [
    ...devices.map(({ peers: _, ...device }) => JSON.stringify(device)),
    ...devices.flatMap(({ name, peers }) =>
      peers
        .map(({ lastHandshake: _, receivedBytes: __, sentBytes: ___, ...peer }) =>
          JSON.stringify({ name, ...peer }),
        )
        .sort(),
    ),
    ...links,
    ...(await wireguardRoutes(script)).sort(),
    ...(await wireguardRules(script)).sort(),
  ];
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '');
}
