import { deriveOpenMessages, type EphemeralKey, sharedSecret, wipe } from '../keying/index.js';
import { laneOf, tunnelEnd } from './make-tunnel.js';
import { originID } from './origin.js';
import type { End, Origin, Tunnel } from './state.js';

/** MAC keys of the messages of each direction, 32 bytes. Secret. */
export interface OpenSecrets {
  readonly inbound: Uint8Array;
  readonly outbound: Uint8Array;
}

/** It has no SAs, so no keys of theirs to be named. */
const NO_FINGERPRINT = '';

/**
 * Makes a tunnel of two WireGuard devices without a PSK: what it needs of its own is how its messages are proven.
 *
 * @param device the key pair of our device; its public key is the origin's
 * @returns undefined when the peer's public key is a point of small order
 * @throws KeyingError for an origin that no honest record gives
 */
export function makeOpenTunnel(
  origin: Origin,
  reqid: number,
  keys: { readonly clusterUID: string; readonly device: EphemeralKey },
): { readonly tunnel: Tunnel; readonly probes: OpenSecrets } | undefined {
  const { devices } = origin;
  if (devices === undefined) return undefined;
  const secret = sharedSecret(keys.device, Buffer.from(origin.peer.publicKey, 'base64'));
  if (secret === undefined) return undefined;
  const derive = (sender: End, receiver: End): ReturnType<typeof deriveOpenMessages> =>
    deriveOpenMessages({
      ...{ clusterUID: keys.clusterUID, sharedSecret: secret },
      ...{ sender: tunnelEnd(sender), receiver: tunnelEnd(receiver) },
      deviceGeneration: devices.generation,
      ...{ lane: laneOf(origin), generation: origin.generation },
    });
  try {
    const inbound = derive(origin.peer, origin.own);
    const outbound = derive(origin.own, origin.peer);
    const tunnel: Tunnel = {
      ...{ id: originID(origin), keyID: origin.keyID, origin, reqid },
      ...{ local: origin.own.address, remote: origin.peer.address },
      inbound: { spi: inbound.number, fingerprint: NO_FINGERPRINT },
      outbound: { spi: outbound.number, fingerprint: NO_FINGERPRINT },
      ...{ confirmed: false, peerSends: false, told: false },
    };
    return { tunnel, probes: { inbound: inbound.probeKey, outbound: outbound.probeKey } };
  } finally {
    wipe(secret);
  }
}
