import type { KeyLine, KeyMaterial } from '../key-lines/index.js';
import { isRoutable, parseAddress } from '../net/index.js';
import { integer, text } from './encoding.js';
import { X25519_BYTES } from './ephemeral.js';
import { deriveKey, type Label, PROTOCOL_VERSION } from './hkdf.js';
import { KeyingError } from './keying-error.js';
import { algorithmOf, lineSecrets, MAC_BYTES } from './line-keys.js';
import { packSpi } from './spi.js';

/** One end of a tunnel, as its authenticated record describes it. */
export interface TunnelEnd {
  readonly nodeName: string;
  readonly nodeUID: string;
  readonly nodeNumber: number;
  /** The outer address of this SA, in canonical form. */
  readonly address: string;
  /** 32 bytes: the node's X25519 public key of the line's key id. */
  readonly publicKey: Uint8Array;
  readonly epoch: number;
}

/** All that the keys of one SA depend on. An SA has one direction: from sender to receiver. */
export interface TunnelInput {
  readonly clusterUID: string;
  readonly line: KeyLine;
  /** 32 bytes, of both ends' X25519 keys. Not wiped here, as several SAs come from one. */
  readonly sharedSecret: Uint8Array;
  readonly sender: TunnelEnd;
  readonly receiver: TunnelEnd;
  /** 0–7. */
  readonly lane: number;
  /** 0–31: the pair's. */
  readonly generation: number;
}

/** A kernel algorithm and the key for it, as long as the line's pre-shared key. */
export interface TunnelKey {
  readonly algorithm: string;
  /** For an AEAD, salt included: its last bytes, as the kernel wants it (RFC 4106 §8.1). */
  readonly key: Uint8Array;
}

/** The keys of one SA. */
export type TunnelKeys = {
  readonly spi: number;
  /** 32 bytes: MAC key of the probes that confirm this SA. */
  readonly probeKey: Uint8Array;
} & (
  | { readonly form: 'aead'; readonly aead: TunnelKey; readonly icvBits: number }
  | {
      readonly form: 'auth-encryption';
      readonly authentication: TunnelKey;
      readonly encryption: TunnelKey;
    }
);

/**
 * Derives the keys of one SA (docs/keying.md, "Tunnel keys"): HKDF over the pre-shared keys and the
 * X25519 secret, bound to all else in the input. Both ends get the same from the same input. The SPI is
 * made here, so that no key can belong to an SPI of other parts.
 *
 * Install the keys once: the same input gives the same keys, and an SA that starts again from sequence
 * number 1 repeats its IVs.
 *
 * @throws KeyingError for what callers have to check before: lengths, ranges, addresses that are not
 * canonical or of two families, a tunnel of a node with itself
 */
export function deriveTunnelKeys(input: TunnelInput): TunnelKeys {
  const { line, sharedSecret, sender, receiver, lane, generation } = input;
  checkEnds(sender, receiver);
  checkShared(sharedSecret);
  const spi = packSpi({ keyId: line.keyId, lane, generation, nodeNumber: sender.nodeNumber });
  const secrets = [...lineSecrets(line), sharedSecret];
  const context = tunnelContext(input, spi);
  const derive = (label: Label, length: number): Uint8Array =>
    deriveKey(secrets, label, context, length);
  const tunnelKey = (label: Label, { algorithm, psk }: KeyMaterial): TunnelKey => ({
    algorithm,
    key: derive(label, psk.length),
  });

  const common = { spi, probeKey: derive('probe mac', MAC_BYTES) };
  if (line.form === 'aead') {
    const { form, icvBits } = line;
    return { ...common, form, aead: tunnelKey('esp aead', line.aead), icvBits };
  }
  return {
    ...common,
    form: line.form,
    authentication: tunnelKey('esp authentication', line.authentication),
    encryption: tunnelKey('esp encryption', line.encryption),
  };
}

/** The public part of the input, in the order of the table in docs/keying.md. */
function tunnelContext(input: TunnelInput, spi: number): Uint8Array[] {
  const { clusterUID, line, sender, receiver, lane } = input;
  return [
    integer(PROTOCOL_VERSION),
    text(clusterUID),
    integer(line.keyId),
    text(algorithmOf(line)),
    integer(line.form === 'aead' ? line.icvBits : 0),
    ...endFields(sender),
    ...endFields(receiver),
    integer(lane),
    integer(spi),
  ];
}

/** An end as a field list of a context. */
export function endFields({
  nodeName,
  nodeUID,
  publicKey,
  address,
  epoch,
}: TunnelEnd): Uint8Array[] {
  return [text(nodeName), text(nodeUID), publicKey, addressBytes(address), integer(epoch)];
}

/** @throws KeyingError as {@link deriveTunnelKeys} */
export function checkEnds(sender: TunnelEnd, receiver: TunnelEnd): void {
  checkBytes(sender.publicKey);
  checkBytes(receiver.publicKey);
  // A number that both claim would give both directions one SPI; nodeNumberKeeper says who moves.
  const same =
    sender.nodeName === receiver.nodeName ||
    sender.nodeUID === receiver.nodeUID ||
    sender.nodeNumber === receiver.nodeNumber ||
    sender.address === receiver.address ||
    Buffer.compare(sender.publicKey, receiver.publicKey) === 0;
  if (same) {
    throw new KeyingError(
      'same-node',
      'both ends share a name, UID, number, address or public key',
    );
  }
  if (addressBytes(sender.address).length !== addressBytes(receiver.address).length) {
    throw new KeyingError('mixed-families', 'a tunnel has two IPv4 or two IPv6 addresses');
  }
}

/** @throws KeyingError `bad-key-bytes` for a shared secret of another length, or one that anyone knows */
export function checkShared(sharedSecret: Uint8Array): void {
  checkBytes(sharedSecret);
  if (sharedSecret.reduce((bits, byte) => bits | byte, 0) === 0) {
    throw new KeyingError('bad-key-bytes', 'the shared secret is all zero');
  }
}

function addressBytes(address: string): Uint8Array {
  const bytes = parseAddress(address);
  if (bytes === undefined || !isRoutable(bytes)) {
    throw new KeyingError(
      'bad-address',
      'a tunnel’s end is not a routable address in canonical form',
    );
  }
  return bytes;
}

function checkBytes(bytes: Uint8Array): void {
  if (bytes.length === X25519_BYTES) return;
  throw new KeyingError(
    'bad-key-bytes',
    `public keys and shared secrets have ${X25519_BYTES} bytes`,
  );
}
