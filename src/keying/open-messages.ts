import { checkEnds, checkShared, endFields, type TunnelEnd } from './derivation.js';
import { integer, text } from './encoding.js';
import { deriveKey, PROTOCOL_VERSION } from './hkdf.js';
import { MAC_BYTES } from './line-keys.js';
import { packOpenNumber } from './spi.js';

/** All that the key of messages depends on where there is no Secret. It has one direction. */
export interface OpenMessagesInput {
  readonly clusterUID: string;
  /** 32 bytes, of both WireGuard devices' static keys. Not wiped here, as two keys come from one. */
  readonly sharedSecret: Uint8Array;
  /** The public key of an end is its device's. */
  readonly sender: TunnelEnd;
  readonly receiver: TunnelEnd;
  /** Of both devices: 1–2,147,483,647. */
  readonly deviceGeneration: number;
  /** 0–7. */
  readonly lane: number;
  /** 0–31: the pair's. */
  readonly generation: number;
}

/**
 * Derives what messages about a tunnel of two WireGuard devices need without a Secret (docs/keying.md, "Messages
 * without a Secret"): their number, and a MAC key of 32 bytes. Whoever has it holds the private key of one of the two
 * devices, which is all that can be proven then. The caller wipes it.
 *
 * @throws KeyingError as {@link deriveTunnelKeys}
 */
export function deriveOpenMessages(input: OpenMessagesInput): {
  readonly number: number;
  readonly probeKey: Uint8Array;
} {
  const { clusterUID, sharedSecret, sender, receiver, deviceGeneration, lane, generation } = input;
  checkEnds(sender, receiver);
  checkShared(sharedSecret);
  const number = packOpenNumber({ lane, generation, nodeNumber: sender.nodeNumber });
  const context = [
    integer(PROTOCOL_VERSION),
    text(clusterUID),
    integer(deviceGeneration),
    ...endFields(sender),
    ...endFields(receiver),
    integer(number),
  ];
  // The first field tells the form of a line; there is none here.
  const secrets = [text('open'), sharedSecret];
  return { number, probeKey: deriveKey(secrets, 'open probe mac', context, MAC_BYTES) };
}
