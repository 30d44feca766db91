import type { AgentStatus, WireguardInterface, WireguardPeerStatus } from './agent-status.js';
import { errorCount, hasIpsec, hasWireguard, sequenceText } from './text.js';
import { counterHint, nonZero } from './xfrm-counters.js';

/**
 * The status in the shape of `cilium-dbg encrypt status -o json` (EncryptionStatus of Cilium's API), and
 * under `podcloak` all that is ours.
 *
 * @param now milliseconds since 1970: Cilium has times of handshakes in the place of their ages
 */
export function ciliumStatus(status: AgentStatus, now: number): object {
  const { mode, maxSeqNumber, ...own } = status;
  const errors = nonZero(status.xfrmCounters ?? {});
  return {
    mode,
    ...(hasIpsec(status) ? { ipsec: ipsecStatus(status) } : {}),
    ...(hasWireguard(status) ? { wireguard: wireguardStatus(status, now) } : {}),
    podcloak: {
      ...own,
      maxSeqNumber,
      knownCauses: Object.fromEntries(errors.map(([name]) => [name, counterHint(name)])),
    },
  };
}

/** IPsecStatus of Cilium's API. */
function ipsecStatus(status: AgentStatus): object {
  return {
    'decrypt-interfaces': status.decryptionInterfaces,
    'error-count': errorCount(status),
    'keys-in-use': status.keysInUse,
    'max-seq-number': sequenceText(status),
    'xfrm-errors': Object.fromEntries(nonZero(status.xfrmCounters ?? {})),
  };
}

/** WireguardStatus of Cilium's API. */
function wireguardStatus({ interfaces }: AgentStatus, now: number): object {
  return {
    interfaces: interfaces.map((one) => interfaceStatus(one, now)),
    'node-encryption': nodeEncryptionText(interfaces),
  };
}

/** In Cilium's words. */
export function nodeEncryptionText(interfaces: readonly WireguardInterface[]): string {
  return interfaces.some(({ nodeEncryption }) => nodeEncryption) ? 'Enabled' : 'Disabled';
}

/** WireguardInterface of Cilium's API. */
function interfaceStatus(device: WireguardInterface, now: number): object {
  return {
    'listen-port': device.listenPort,
    name: device.name,
    'peer-count': device.peerCount,
    peers: device.peers.map((peer) => peerOf(peer, now)),
    'public-key': device.publicKey,
  };
}

/** WireguardPeer of Cilium's API, without `allowed-ips`: pod prefixes of a node are in its record. */
function peerOf(peer: WireguardPeerStatus, now: number): object {
  const { publicKey, endpoint, handshakeAgeSeconds: age, receivedBytes, sentBytes } = peer;
  return {
    ...(endpoint === null ? {} : { endpoint }),
    ...(age === null ? {} : { 'last-handshake-time': timeText(now - age * 1000) }),
    'public-key': publicKey,
    'transfer-rx': receivedBytes,
    'transfer-tx': sentBytes,
  };
}

/** RFC 3339 in UTC, in whole seconds: ages are no finer. Never before 1970, whatever an agent says. */
function timeText(milliseconds: number): string {
  const seconds = Math.floor(Math.max(0, milliseconds) / 1000);
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
