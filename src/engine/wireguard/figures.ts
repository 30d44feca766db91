import { formatAddress } from '../../net/index.js';
import type { Endpoint, WireguardDevice, WireguardPeer } from '../../netlink/index.js';
import type { WireguardInterface, WireguardPeerStatus } from '../../status/index.js';
import { encodeKey, pskSource } from '../../wireguard/index.js';
import type { Figure, Sample } from '../report.js';

/** What the kernel does not know of its devices. */
export interface DeviceContext {
  /** Whose public key it is; undefined for nobody's. */
  readonly nodeOf: (publicKey: Uint8Array) => string | undefined;
  /** Whether an answer through the device has proven that the peer has the same keys. */
  readonly isConfirmed: (publicKey: Uint8Array) => boolean;
  /** Where the PSKs come from, in words; devices of different lines of the Secret are described one by one. */
  readonly psk: string;
  readonly nodeEncryption: boolean;
  /** Milliseconds since 1970, by the clock that the kernel notes handshakes by. */
  readonly now: number;
}

/** The devices as a node's status has them, by name. */
export function describeWireguard(
  devices: readonly WireguardDevice[],
  context: DeviceContext,
): readonly WireguardInterface[] {
  const { psk, nodeEncryption } = context;
  return devices
    .map(({ name, publicKey, listenPort, peers }) => ({
      ...{ name, publicKey: publicKey === undefined ? '' : encodeKey(publicKey), listenPort },
      ...{ peerCount: peers.length, psk, nodeEncryption },
      peers: peers.map((peer) => describePeer(peer, context)).sort(byNode),
    }))
    .sort(({ name: one }, { name: other }) => (one < other ? -1 : 1));
}

function describePeer(
  { publicKey, endpoint, lastHandshake, receivedBytes, sentBytes }: WireguardPeer,
  { nodeOf, isConfirmed, now }: DeviceContext,
): WireguardPeerStatus {
  return {
    node: nodeOf(publicKey) ?? null,
    publicKey: encodeKey(publicKey),
    endpoint: endpoint === undefined ? null : endpointText(endpoint),
    handshakeAgeSeconds: lastHandshake === 0n ? null : ageOf(lastHandshake, now),
    receivedBytes: numberOf(receivedBytes),
    sentBytes: numberOf(sentBytes),
    confirmed: isConfirmed(publicKey),
  };
}

/** In whole seconds: 0 where the clock was set back since. */
function ageOf(nanoseconds: bigint, now: number): number {
  return Math.max(0, Math.floor((now - Number(nanoseconds / 1_000_000n)) / 1000));
}

/** No more than JSON's readers can tell apart: nine petabytes. */
function numberOf(count: bigint): number {
  return Math.min(Number(count), Number.MAX_SAFE_INTEGER);
}

function endpointText({ address, port, scope }: Endpoint): string {
  const text = `${formatAddress(address)}${scope === undefined ? '' : `%${scope}`}`;
  return address.length === 4 ? `${text}:${port}` : `[${text}]:${port}`;
}

function byNode(one: WireguardPeerStatus, other: WireguardPeerStatus): number {
  if ((one.node === null) !== (other.node === null)) return one.node === null ? 1 : -1;
  return `${one.node} ${one.publicKey}` < `${other.node} ${other.publicKey}` ? -1 : 1;
}

/**
 * Up to so many peers of a device have series of their own. With more they are told as one, since a large cluster
 * would have as many series as it has pairs of nodes.
 */
export const MOST_PEERS = 100;

/** The label of all peers as one: no node and no key is called so. */
export const ALL_PEERS = '*';

const OF_DEVICE = ['interface'];
const OF_PEER = ['interface', 'peer'];

/** The metrics of WireGuard. */
export function wireguardFigures(interfaces: readonly WireguardInterface[]): readonly Figure[] {
  const ofPeers = (value: (peer: Measured) => number | null): Sample[] =>
    interfaces.flatMap(({ name, peers }) =>
      measuredOf(peers).flatMap((peer) => {
        const found = value(peer);
        return found === null
          ? []
          : [{ labels: { interface: name, peer: peer.label }, value: found }];
      }),
    );
  return [
    {
      ...{ name: 'wireguard_interface_info', help: 'The WireGuard devices of Podcloak' },
      labelNames: ['interface', 'public_key', 'listen_port'],
      samples: interfaces.map(({ name, publicKey, listenPort }) => ({
        labels: { interface: name, public_key: publicKey, listen_port: String(listenPort) },
        value: 1,
      })),
    },
    {
      ...{ name: 'wireguard_interface_has_psk', labelNames: OF_DEVICE },
      help: 'Whether the PSKs of a device come from the Secret',
      samples: interfaces.map(({ name, psk }) => {
        return { labels: { interface: name }, value: psk === pskSource(undefined) ? 0 : 1 };
      }),
    },
    {
      ...{ name: 'wireguard_peers', help: 'Peers of a device', labelNames: OF_DEVICE },
      samples: interfaces.map(({ name, peerCount }) => {
        return { labels: { interface: name }, value: peerCount };
      }),
    },
    {
      name: 'wireguard_received_bytes_total',
      help: 'Received from a peer, in bytes of UDP payload, since the device or the peer was made',
      labelNames: OF_PEER,
      samples: ofPeers(({ receivedBytes }) => receivedBytes),
    },
    {
      name: 'wireguard_sent_bytes_total',
      help: 'Sent to a peer, in bytes of UDP payload, since the device or the peer was made',
      labelNames: OF_PEER,
      samples: ofPeers(({ sentBytes }) => sentBytes),
    },
    {
      name: 'wireguard_latest_handshake_age_seconds',
      help: 'How long the last handshake with a peer is ago; no series while there was none',
      labelNames: OF_PEER,
      samples: ofPeers(({ handshakeAgeSeconds }) => handshakeAgeSeconds),
    },
    {
      name: 'wireguard_peer_confirmed',
      help: 'Whether a peer has answered through the device, and so has the same keys',
      labelNames: OF_PEER,
      samples: ofPeers(({ confirmed }) => (confirmed ? 1 : 0)),
    },
  ];
}

/** A peer, or all of a device as one. */
interface Measured
  extends Pick<
    WireguardPeerStatus,
    'handshakeAgeSeconds' | 'receivedBytes' | 'sentBytes' | 'confirmed'
  > {
  readonly label: string;
}

function measuredOf(peers: readonly WireguardPeerStatus[]): readonly Measured[] {
  if (peers.length <= MOST_PEERS) {
    return peers.map((peer) => ({ ...peer, label: peer.node ?? peer.publicKey }));
  }
  const ages = peers.flatMap(({ handshakeAgeSeconds }) => handshakeAgeSeconds ?? []);
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
  return [
    {
      label: ALL_PEERS,
      receivedBytes: sum(peers.map(({ receivedBytes }) => receivedBytes)),
      sentBytes: sum(peers.map(({ sentBytes }) => sentBytes)),
      handshakeAgeSeconds: ages.length === 0 ? null : Math.max(...ages),
      confirmed: peers.every(({ confirmed }) => confirmed),
    },
  ];
}
