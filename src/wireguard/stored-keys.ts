import { createHash } from 'node:crypto';
import { MAX_DEVICES, wipe } from '../keying/index.js';
import { WIREGUARD_KEY_BYTES } from '../netlink/index.js';
import {
  encodeKey,
  exportWireguardKey,
  importWireguardKey,
  type WireguardKeyPair,
} from './keys.js';

/** A key of a device, with all that its record says of it. */
export interface DeviceKey {
  /** 1–2,147,483,647. */
  readonly generation: number;
  /** The node's epoch when the key was made. */
  readonly epoch: number;
  /** UDP, 1–65535. */
  readonly listenPort: number;
  /** Of the line that its PSKs come from; absent for none. */
  readonly keyID?: number;
  readonly keys: WireguardKeyPair;
}

/** What a node keeps so that a restart of its agent ends no session. */
export interface StoredKeys {
  readonly clusterUID: string;
  readonly nodeUID: string;
  /** At most two. */
  readonly devices: readonly DeviceKey[];
}

const FORMAT = 'podcloak wireguard keys 1';
/** SHA-256 in hex. */
const DIGEST = /^[0-9a-f]{64}$/;
const NEWLINE = 0x0a;

/** What stands in the file's third line, in JSON. */
interface Head {
  readonly clusterUID: string;
  readonly nodeUID: string;
  readonly devices: readonly (Omit<DeviceKey, 'keys'> & { readonly publicKey: string })[];
}

/**
 * The bytes of the file. Secret: the caller wipes them. The private keys never are a JavaScript string,
 * which nobody could overwrite:
 *
 * | part | |
 * |---|---|
 * | line | `podcloak wireguard keys 1` |
 * | line | SHA-256 of all that follows, in hex |
 * | line | JSON: whose they are, and of each device what its record says |
 * | 32 bytes a device | its private key, as it is, in the order of the JSON |
 *
 * @throws RangeError for more than two devices
 */
export function formatStoredKeys({ clusterUID, nodeUID, devices }: StoredKeys): Uint8Array {
  if (devices.length > MAX_DEVICES) throw new RangeError(`a node has ${MAX_DEVICES} devices`);
  const head: Head = {
    clusterUID,
    nodeUID,
    devices: devices.map(({ keys, ...rest }) => ({
      ...rest,
      publicKey: encodeKey(keys.publicKey),
    })),
  };
  const line = Buffer.from(`${JSON.stringify(head)}\n`);
  // An ArrayBuffer first: V8 would move small typed arrays about its heap.
  const body = new Uint8Array(new ArrayBuffer(line.length + devices.length * WIREGUARD_KEY_BYTES));
  body.set(line);
  for (const [index, { keys }] of devices.entries()) {
    const bytes = exportWireguardKey(keys);
    body.set(bytes, line.length + index * WIREGUARD_KEY_BYTES);
    wipe(bytes);
  }
  const start = Buffer.from(`${FORMAT}\n${digest(body)}\n`);
  const all = new Uint8Array(new ArrayBuffer(start.length + body.length));
  all.set(start);
  all.set(body, start.length);
  wipe(body);
  return all;
}

/**
 * The keys in a file's bytes; undefined for one that is damaged, of another version, or not ours. Never
 * throws for what is in it.
 *
 * @param bytes not wiped: they are the caller's
 */
export function parseStoredKeys(bytes: Uint8Array): StoredKeys | undefined {
  const format = lineAt(bytes, 0);
  if (format?.text !== FORMAT) return undefined;
  const sum = lineAt(bytes, format.end);
  if (sum === undefined || !DIGEST.test(sum.text)) return undefined;
  if (digest(bytes.subarray(sum.end)) !== sum.text) return undefined;
  try {
    return parseBody(bytes.subarray(sum.end));
  } catch {
    // The right checksum, and yet not what we write: somebody else knows the format.
    return undefined;
  }
}

/** @throws for a body that is not as {@link formatStoredKeys} makes it, with or without one of our errors */
function parseBody(bytes: Uint8Array): StoredKeys | undefined {
  const line = lineAt(bytes, 0);
  if (line === undefined) return undefined;
  // The checksum is ours: what is behind it was written by this very version of the format.
  const { clusterUID, nodeUID, devices } = JSON.parse(line.text) as Head;
  if (bytes.length !== line.end + devices.length * WIREGUARD_KEY_BYTES) return undefined;
  const found: DeviceKey[] = [];
  for (const [index, { publicKey, ...rest }] of devices.entries()) {
    const start = line.end + index * WIREGUARD_KEY_BYTES;
    const keys = importWireguardKey(bytes.subarray(start, start + WIREGUARD_KEY_BYTES));
    // What peers were told, or they would wait for a node that is not there.
    if (encodeKey(keys.publicKey) !== publicKey) return undefined;
    found.push({ ...rest, keys });
  }
  return { clusterUID, nodeUID, devices: found };
}

/** The text of a line, and where the next one begins. Ends with the line, so that no secret becomes text. */
function lineAt(bytes: Uint8Array, start: number): { text: string; end: number } | undefined {
  const end = bytes.indexOf(NEWLINE, start);
  if (end < 0) return undefined;
  return { text: Buffer.from(bytes.subarray(start, end)).toString('utf8'), end: end + 1 };
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
