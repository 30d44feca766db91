import type { KeyLine } from '../key-lines/index.js';
import {
  deriveTunnelKeys,
  type EphemeralKey,
  MAX_LANE,
  sharedSecret,
  type TunnelEnd,
  type TunnelKeys,
  wipe,
} from '../keying/index.js';
import type { Algorithms } from '../netlink/index.js';
import { originID } from './origin.js';
import type { End, Origin, Tunnel } from './state.js';

/** Keys of a tunnel. Secret: never in the state file, a log or an error. */
export interface TunnelSecrets {
  /** For the kernel. */
  readonly inbound: Algorithms;
  readonly outbound: Algorithms;
  /** MAC keys of the messages about the SA of each direction, 32 bytes. */
  readonly inboundProbe: Uint8Array;
  readonly outboundProbe: Uint8Array;
}

/** What tunnels are made of, besides their origin. */
export interface Keys {
  readonly clusterUID: string;
  readonly line: KeyLine;
  readonly ephemeral: EphemeralKey;
}

/** Only one of the parallel SAs of a direction is in use yet. */
const LANE = 0;

/**
 * The lane by which a tunnel's numbers and keys are others than those of all that may stand beside it: one of
 * WireGuard has no SA, but messages about it have a number and MAC keys too.
 */
export function laneOf({ devices }: Origin): number {
  return devices === undefined ? LANE : 1 + (devices.generation % MAX_LANE);
}

/**
 * Derives the keys of both SAs of a tunnel.
 *
 * @param fingerprint names an SA's keys
 * @returns undefined when the peer's public key is a point of small order
 * @throws KeyingError for an origin that no honest record gives
 */
export function makeTunnel(
  origin: Origin,
  reqid: number,
  keys: Keys,
  fingerprint: (algorithms: Algorithms) => string,
): { tunnel: Tunnel; secrets: TunnelSecrets } | undefined {
  const secret = sharedSecret(keys.ephemeral, Buffer.from(origin.peer.publicKey, 'base64'));
  if (secret === undefined) return undefined;
  const derive = (sender: End, receiver: End): TunnelKeys =>
    deriveTunnelKeys({
      clusterUID: keys.clusterUID,
      line: keys.line,
      sharedSecret: secret,
      sender: tunnelEnd(sender),
      receiver: tunnelEnd(receiver),
      lane: laneOf(origin),
      generation: origin.generation,
    });
  try {
    const inbound = derive(origin.peer, origin.own);
    const outbound = derive(origin.own, origin.peer);
    const secrets = {
      inbound: algorithmsOf(inbound),
      outbound: algorithmsOf(outbound),
      inboundProbe: inbound.probeKey,
      outboundProbe: outbound.probeKey,
    };
    const tunnel: Tunnel = {
      id: originID(origin),
      keyID: origin.keyID,
      local: origin.own.address,
      remote: origin.peer.address,
      reqid,
      inbound: { spi: inbound.spi, fingerprint: fingerprint(secrets.inbound) },
      outbound: { spi: outbound.spi, fingerprint: fingerprint(secrets.outbound) },
      origin,
      confirmed: false,
      peerSends: false,
      told: false,
    };
    return { tunnel, secrets };
  } finally {
    wipe(secret);
  }
}

/** Overwrites the kernel's keys, once it has them. */
export function wipeAlgorithms({ aead, auth, crypt }: Algorithms): void {
  for (const one of [aead, auth, crypt]) if (one !== undefined) wipe(one.key);
}

/** An end with its public key as bytes. */
export function tunnelEnd(end: End): TunnelEnd {
  return { ...end, publicKey: new Uint8Array(Buffer.from(end.publicKey, 'base64')) };
}

function algorithmsOf(keys: TunnelKeys): Algorithms {
  if (keys.form === 'aead') {
    const { algorithm, key } = keys.aead;
    return { aead: { name: algorithm, key, icvBits: keys.icvBits } };
  }
  const { authentication, encryption } = keys;
  return {
    auth: {
      name: authentication.algorithm,
      key: authentication.key,
      icvBits: icvBitsOf(authentication.algorithm),
    },
    crypt: { name: encryption.algorithm, key: encryption.key },
  };
}

/**
 * How many bits of a hash go on the wire: RFC 4868 for SHA-2, 96 as in RFC 2403, 2404, 2857, 3566 and 4494
 * for all others. The kernel's own default for SHA-256 is 96, of a draft that came before the RFC.
 */
function icvBitsOf(algorithm: string): number {
  return { 'hmac(sha256)': 128, 'hmac(sha384)': 192, 'hmac(sha512)': 256 }[algorithm] ?? 96;
}
