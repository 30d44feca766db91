/** What tests of a cluster's life have to know of each engine: the same tests are run for both. */
import { type Closure, closureOf, wireguardClosureOf } from './closure.js';
import { esp, type LabNode, type Packet, wireguard } from './index.js';
import { DISABLED, ENABLED } from './life.js';
import { WIREGUARD, wireguardDevices, wireguardTraces } from './wireguard-tools.js';

export interface LabEngine {
  readonly name: 'ipsec' | 'wireguard';
  /** As `encrypt status` has it. */
  readonly mode: 'IPsec' | 'Wireguard';
  /** Options of `podcloak synth`. */
  readonly enabled: readonly string[];
  readonly disabled: readonly string[];
  /** What is encrypted by it on the wire, between two addresses in that direction, or all. */
  readonly encrypted: (
    packets: readonly Packet[],
    source?: string,
    destination?: string,
  ) => Packet[];
  /** How a node treats the pods of another, by what its kernel has of this engine. */
  readonly closureOf: (
    node: Pick<LabNode, 'script' | 'policies'>,
    peer: Pick<LabNode, 'addresses'>,
  ) => Promise<Closure>;
  /** All that is this engine's alone in a node's kernel, but for policies: equal while nothing changes. */
  readonly traces: (node: LabNode) => Promise<readonly string[]>;
  /** What is never used twice and in use now, in one order: SPIs, or public keys of devices. */
  readonly marksOf: (node: LabNode) => Promise<readonly string[]>;
  /** Those that are between a node and another. */
  readonly marksBetween: (node: LabNode, peer: LabNode) => Promise<readonly string[]>;
  /** Takes from a node's kernel what is this engine's, as a reboot does; state files are another matter. */
  readonly reset: (node: LabNode) => Promise<unknown>;
  /** How many of those there are with so many peers, while nothing changes. */
  readonly marks: (peers: number) => number;
  /** The key id of each way to or from a peer: an SA, or a peer of a device. */
  readonly keyIDsOf: (node: LabNode) => Promise<readonly number[]>;
  /** How many of those there are for each peer while nothing changes. */
  readonly waysToPeer: number;
  /** The secrets of this node and of its pairs that its kernel has under a key id. */
  readonly keysUnder: (node: LabNode, id: number) => Promise<readonly string[]>;
  /** How many of those there are with so many peers. */
  readonly keysOf: (peers: number) => number;
  /** Addresses of its tunnels, as the node's kernel has them: of both ends, or with WireGuard of the others' only. */
  readonly endsOf: (node: LabNode) => Promise<readonly string[]>;
  /** Path MTU on a wire of 1500 bytes, outside IPv4. */
  readonly mtu: number;
  /** What nodes write to their kernels in a rotation at least, as `writesOf` calls it. */
  readonly rotationWrites: readonly string[];
}

const SPI = /spi (0x[0-9a-f]+)/;

export const IPSEC: LabEngine = {
  name: 'ipsec',
  mode: 'IPsec',
  enabled: ENABLED,
  disabled: DISABLED,
  encrypted: esp,
  closureOf,
  traces: async (node) =>
    (await node.states()).map((text) => `${text.split('\n')[0]} ${SPI.exec(text)?.[0]}`).sort(),
  marksOf: async (node) => (await node.states()).map((text) => SPI.exec(text)?.[1] ?? '').sort(),
  marksBetween: async (node, { addresses: { node: end } }) =>
    (await node.states())
      .map((text) => [text.split('\n', 1)[0] ?? '', text] as const)
      .filter(([ends]) => ends.startsWith(`src ${end} `) || ends.endsWith(`dst ${end}`))
      .map(([, text]) => SPI.exec(text)?.[1] ?? ''),
  reset: ({ script }) => script('ip xfrm policy flush; ip xfrm state flush'),
  marks: (peers) => peers * 2,
  keyIDsOf: async (node) =>
    (await node.states()).map((text) => keyIDOfSpi(SPI.exec(text)?.[1] ?? '')),
  waysToPeer: 2,
  keysUnder: async (node, id) =>
    (await node.states())
      .filter((text) => keyIDOfSpi(SPI.exec(text)?.[1] ?? '') === id)
      .flatMap((text) => /0x[0-9a-f]{40,}/.exec(text)?.[0] ?? []),
  keysOf: (peers) => peers * 2,
  endsOf: async (node) =>
    (await node.states()).flatMap((text) => /^src (\S+) dst (\S+)/.exec(text)?.slice(1) ?? []),
  mtu: 1446,
  rotationWrites: ['add SA', 'update policy', 'delete SA'],
};

export const WIREGUARD_ENGINE: LabEngine = {
  name: 'wireguard',
  mode: 'Wireguard',
  enabled: [...ENABLED, '--set', 'encryption.type=wireguard'],
  disabled: [...DISABLED, '--set', 'encryption.type=wireguard'],
  encrypted: wireguard,
  closureOf: wireguardClosureOf,
  traces: wireguardTraces,
  marksOf: async ({ script }) =>
    (await wireguardDevices(script)).map(({ publicKey }) => publicKey).sort(),
  marksBetween: async ({ script }, { addresses }) =>
    (await wireguardDevices(script)).flatMap(({ publicKey, peers }) =>
      peers
        .filter(({ allowedIps }) => allowedIps.includes(`${addresses.node}/32`))
        .map((peer) => `${publicKey} ${peer.publicKey}`),
    ),
  reset: ({ script }) =>
    script(`
      ip xfrm policy flush; nft delete table inet podcloak 2>/dev/null || true
      for name in ${WIREGUARD.devices.join(' ')}; do ip link del $name 2>/dev/null || true; done
      for family in -4 -6; do
        for at in ${WIREGUARD.priorities.join(' ')}; do
          while ip $family rule del pref $at 2>/dev/null; do :; done
        done
        for table in ${WIREGUARD.tables.join(' ')}; do
          ip $family route flush table $table 2>/dev/null || true
        done
      done`),
  marks: () => 1,
  keyIDsOf: async (node) =>
    (await interfacesOf(node)).flatMap(({ psk, peers }) => peers.map(() => keyIDOfPsk(psk))),
  waysToPeer: 1,
  keysUnder: async (node, id) => {
    const names = (await interfacesOf(node))
      .filter(({ psk }) => keyIDOfPsk(psk) === id)
      .map(({ name }) => name);
    const devices = await wireguardDevices(node.script);
    return devices
      .filter(({ name }) => names.includes(name))
      .flatMap(({ privateKey, peers }) => [
        privateKey,
        ...peers.map(({ presharedKey }) => presharedKey),
      ]);
  },
  keysOf: (peers) => peers + 1,
  endsOf: async ({ script }) =>
    (await wireguardDevices(script)).flatMap(({ peers }) =>
      peers.map(({ endpoint }) => endpoint.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')),
    ),
  mtu: 1440,
  rotationWrites: ['add or change link', 'set WireGuard device', 'set route', 'delete link'],
};

/** The same with a rotation that is over two seconds after all pairs have moved. */
export function withShortRotations(engine: LabEngine): LabEngine {
  const option = ['--set', 'encryption.ipsec.keyRotationDuration=2s'];
  const { enabled, disabled } = engine;
  return { ...engine, enabled: [...enabled, ...option], disabled: [...disabled, ...option] };
}

/** The first four bits of an SPI are its key id. */
function keyIDOfSpi(spi: string): number {
  return Number.parseInt(spi.slice(2).padStart(8, '0')[0] ?? '', 16);
}

/** In the words of the status; NaN where it is none of the Secret's. */
function keyIDOfPsk(psk: string): number {
  return Number(/key id (\d+)$/.exec(psk)?.[1]);
}

/** A device as `encrypt status -o json` has it under `podcloak`. */
export interface InterfaceSaid {
  readonly name: string;
  readonly publicKey: string;
  readonly listenPort: number;
  readonly peerCount: number;
  readonly psk: string;
  readonly peers: readonly {
    readonly node: string | null;
    readonly publicKey: string;
    readonly endpoint: string | null;
    readonly handshakeAgeSeconds: number | null;
    readonly receivedBytes: number;
    readonly sentBytes: number;
    readonly confirmed: boolean;
  }[];
}

/** What a node says of its devices. */
export async function interfacesOf({ agent }: LabNode): Promise<readonly InterfaceSaid[]> {
  const { stdout } = await agent.command(['encrypt', 'status', '-o', 'json']);
  const { podcloak } = JSON.parse(stdout) as {
    podcloak: { interfaces: readonly InterfaceSaid[] };
  };
  return podcloak.interfaces;
}
