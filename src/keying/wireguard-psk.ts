import type { KeyLine } from '../key-lines/index.js';
import { integer, text } from './encoding.js';
import { X25519_BYTES } from './ephemeral.js';
import { deriveKey, PROTOCOL_VERSION } from './hkdf.js';
import { KeyingError } from './keying-error.js';
import { algorithmOf, lineSecrets } from './line-keys.js';

/** NOISE_SYMMETRIC_KEY_LEN (drivers/net/wireguard/messages.h): bytes of a PSK. */
export const WIREGUARD_PSK_BYTES = 32;

/** One end of a pair of WireGuard peers, as its record describes it. */
export interface WireguardEnd {
  readonly nodeName: string;
  readonly nodeUID: string;
  /** 32 bytes: of the node's device of this generation. */
  readonly publicKey: Uint8Array;
  /** The node's when it made that key. */
  readonly epoch: number;
}

/** All that the PSK of a pair depends on. It has no direction, so the order of the ends does not count. */
export interface WireguardPskInput {
  readonly clusterUID: string;
  readonly line: KeyLine;
  /** Of both nodes' devices: 1–2,147,483,647. */
  readonly generation: number;
  readonly ends: readonly [WireguardEnd, WireguardEnd];
}

/**
 * Derives the PSK of two WireGuard peers, 32 bytes (docs/keying.md, "WireGuard's PSK"): HKDF over the
 * pre-shared keys of a line, bound to all else in the input. There is no X25519 secret in it: WireGuard
 * makes its own, and mixes the PSK into every handshake (Noise_IKpsk2), which is what outlasts a quantum
 * computer and shuts out a peer that was planted without the Secret. The caller wipes it.
 *
 * @throws KeyingError for what callers have to check before: `bad-key-bytes` for lengths, `bad-integer`
 * for a generation or epoch that is none, `same-node` for ends that share a name, UID or public key
 */
export function deriveWireguardPsk(input: WireguardPskInput): Uint8Array {
  const { clusterUID, line, generation, ends } = input;
  checkEnds(...ends);
  const context = [
    integer(PROTOCOL_VERSION),
    text(clusterUID),
    integer(line.keyId),
    text(algorithmOf(line)),
    integer(line.form === 'aead' ? line.icvBits : 0),
    integer(generation),
    ...inOrder(ends).flatMap(endFields),
  ];
  return deriveKey(lineSecrets(line), 'wireguard psk', context, WIREGUARD_PSK_BYTES);
}

/** Both nodes have to put the same end first: the one whose public key is less, byte by byte. */
function inOrder(ends: WireguardPskInput['ends']): WireguardEnd[] {
  return [...ends].sort((one, other) => Buffer.compare(one.publicKey, other.publicKey));
}

function endFields({ nodeName, nodeUID, publicKey, epoch }: WireguardEnd): Uint8Array[] {
  return [text(nodeName), text(nodeUID), publicKey, integer(epoch)];
}

function checkEnds(one: WireguardEnd, other: WireguardEnd): void {
  if ([one, other].some(({ publicKey }) => publicKey.length !== X25519_BYTES)) {
    throw new KeyingError('bad-key-bytes', `a public key has ${X25519_BYTES} bytes`);
  }
  const same =
    one.nodeName === other.nodeName ||
    one.nodeUID === other.nodeUID ||
    Buffer.compare(one.publicKey, other.publicKey) === 0;
  if (same) throw new KeyingError('same-node', 'both ends share a name, UID or public key');
}
