import {
  type EncryptionNodeSpec,
  KeyingError,
  MAX_DEVICE_GENERATION,
  type PublishedDevice,
} from '../keying/index.js';
import { encodeKey, generateWireguardKey, type WireguardKeyPair } from './keys.js';
import type { DeviceKey } from './stored-keys.js';

/** UDP, as Cilium's (`ListenPort`, pkg/wireguard/types). The next generation takes the one above. */
export const LISTEN_PORT = 51_871;

/**
 * The port of a generation's device: neighbours stand side by side while keys are rotated, so odd ones have
 * this port and even ones the next.
 *
 * @param base UDP, 1–65534
 */
export function portOf(generation: number, base = LISTEN_PORT): number {
  return base + ((generation + 1) % 2);
}

/** The newest generation that any of these records shows; 0 where none does. */
export function newestGeneration(records: Iterable<Pick<EncryptionNodeSpec, 'wireguard'>>): number {
  let newest = 0;
  for (const { wireguard } of records) {
    for (const { generation } of wireguard ?? []) newest = Math.max(newest, generation);
  }
  return newest;
}

/**
 * The generation of a node's new key.
 *
 * A node that has nothing left joins the others in theirs: their devices have room for it, as what it was to
 * them before is gone. One whose device may still be at work, though its key is not to be used any more, takes
 * the next one: old and new device stand side by side until each pair has moved.
 *
 * @param newest of all records that may be acted on, this node's own too; 0 where there is none
 * @param mayBeAtWork a device of ours is in the kernel, or its key file was refused
 * @throws KeyingError `bad-integer` when there is no next one
 */
export function nextDeviceGeneration(newest: number, mayBeAtWork: boolean): number {
  const generation = mayBeAtWork ? newest + 1 : Math.max(1, newest);
  if (generation <= MAX_DEVICE_GENERATION) return generation;
  throw new KeyingError('bad-integer', `there is no generation above ${MAX_DEVICE_GENERATION}`);
}

/**
 * Makes the key of a device.
 *
 * @param epoch the node's
 * @param keyID of the last line of the Secret; undefined where there is none
 * @param make for tests
 */
export function deviceKey(
  generation: number,
  epoch: number,
  keyID: number | undefined,
  make: () => WireguardKeyPair = generateWireguardKey,
): DeviceKey {
  return {
    ...{ generation, epoch, listenPort: portOf(generation) },
    ...(keyID === undefined ? {} : { keyID }),
    keys: make(),
  };
}

/** What the node's record says of a device: everything but its private key. */
export function publishedDevice({ keys, ...rest }: DeviceKey): PublishedDevice {
  return { ...rest, publicKey: encodeKey(keys.publicKey) };
}
