import { ageText } from '../text/age.js';
import { bytesText } from '../text/bytes.js';
import type { WireguardInterface, WireguardPeerStatus } from './agent-status.js';
import { plain, section } from './lines.js';

/** A device as `cilium-dbg encrypt status` prints it. */
export function interfaceLines({ name, publicKey, peerCount }: WireguardInterface): string[] {
  return [
    `Interface: ${plain(name)}`,
    `\tPublic key: ${publicKey === '' ? 'none' : plain(publicKey)}`,
    `\tNumber of peers: ${peerCount}`,
  ];
}

/** What else there is to tell of a device. */
export function deviceLines({ name, listenPort, psk, peers }: WireguardInterface): string[] {
  const device = plain(name);
  return [
    `PSK of ${device}, UDP port ${listenPort}: ${plain(psk)}`,
    ...section(`Peers of ${device}:`, peers.map(peerLine)),
  ];
}

function peerLine(peer: WireguardPeerStatus): string {
  const { node, publicKey, handshakeAgeSeconds: age, receivedBytes, sentBytes } = peer;
  return [
    `${node ?? `no known node, public key ${publicKey}`}: ${peer.confirmed ? '' : 'not '}confirmed`,
    age === null ? 'no handshake yet' : `last handshake ${ageText(age)} ago`,
    `${bytesText(receivedBytes)} received`,
    `${bytesText(sentBytes)} sent`,
  ].join(', ');
}
