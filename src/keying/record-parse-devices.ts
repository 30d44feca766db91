import { X25519_BYTES } from './ephemeral.js';
import type { PublishedDevice } from './record-spec.js';
import { MAX_KEY_ID } from './spi.js';
import { type Fields, readBase64, readInteger, readList, readObject, refuse } from './strict.js';

/** At rest a node has one device, and a second one while it rotates. */
export const MAX_DEVICES = 2;

/** An int32 of the API. A new one every second lasts for 68 years. */
export const MAX_DEVICE_GENERATION = 2 ** 31 - 1;

const FIELDS: readonly (keyof PublishedDevice)[] = [
  'generation',
  'epoch',
  'listenPort',
  'publicKey',
  'keyID',
];

/**
 * The list `wireguard` of a record, which must be there. No two devices have the same generation, port or
 * public key: a node that said so could not be told apart from itself.
 *
 * @param epoch the record's: no key is from a later one
 * @param proven the key ids that the record has MACs of
 */
export function readDevices(
  fields: Fields,
  path: string,
  epoch: number,
  proven: ReadonlySet<number>,
): PublishedDevice[] {
  const list = `${path}.wireguard`;
  // Missing where another version has it: dropped on the way by a definition that does not know it yet.
  if ((fields.get('wireguard') ?? undefined) === undefined) return refuse(list, 'missing');
  const devices = readList(
    ...([fields, path, 'wireguard', MAX_DEVICES] as const),
    (item, place) => readDevice(item, place, epoch),
    ({ generation }) => generation,
  );
  for (const [index, { keyID, listenPort, publicKey }] of devices.entries()) {
    const place = `${list}[${index}]`;
    const others = devices.slice(0, index);
    if (others.some((one) => one.listenPort === listenPort || one.publicKey === publicKey)) {
      refuse(place, 'duplicate');
    }
    // As for keys: or an old, leaked key would vouch for a device of the new one.
    if (keyID !== undefined && !proven.has(keyID)) refuse(place, 'key without mac');
  }
  return devices;
}

function readDevice(item: unknown, path: string, epoch: number): PublishedDevice {
  const fields = readObject(item, path, FIELDS);
  return {
    generation: readInteger(fields, path, 'generation', 1, MAX_DEVICE_GENERATION),
    epoch: readInteger(fields, path, 'epoch', 1, epoch),
    listenPort: readInteger(fields, path, 'listenPort', 1, 65_535),
    publicKey: readBase64(fields, path, 'publicKey', X25519_BYTES),
    ...(fields.has('keyID') ? { keyID: readInteger(fields, path, 'keyID', 1, MAX_KEY_ID) } : {}),
  };
}
