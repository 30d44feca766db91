import { formatPrefix, hasHostBits, isRoutable, parseAddress, parsePrefix } from '../net/index.js';
import { X25519_BYTES } from './ephemeral.js';
import { CHECK_BYTES, MAC_BYTES } from './line-keys.js';
import { readDevices } from './record-parse-devices.js';
import type { EncryptionNodeSpec, PodPrefix, PublishedKey, RecordMac } from './record-spec.js';
import { NEWEST_RECORD, RECORD_VERSION } from './record-version.js';
import { GENERATIONS, MAX_KEY_ID, MAX_NODE_NUMBER } from './spi.js';
import {
  asText,
  type Fields,
  readBase64,
  readInteger,
  readList,
  readObject,
  readOneOf,
  readStrictly,
  readText,
  refuse,
  type StrictResult,
} from './strict.js';

/** Items of `addresses` and of `podPrefixes`. */
const MAX_ITEMS = 64;

/** Two names of the kernel's and a space between them. */
const MAX_ALGORITHM = 128;

const FIELDS: readonly (keyof EncryptionNodeSpec)[] = [
  'protocolVersion',
  'nodeUID',
  'nodeNumber',
  'type',
  'phase',
  'epoch',
  'revision',
  'generation',
  'addresses',
  'podPrefixes',
  'keys',
  'macs',
];

const FIELDS_OF_WIREGUARD: typeof FIELDS = [...FIELDS, 'wireguard'];

/**
 * Reads the spec of a record that anyone may have written: no unknown fields, one spelling for each
 * value, bounded sizes. It says nothing of who wrote it.
 *
 * @returns the record; or the path and a reason, neither of which quotes a value
 */
export function parseRecord(spec: unknown): StrictResult<EncryptionNodeSpec> {
  return readStrictly(() => {
    const path = 'spec';
    const hasDevices = (claimedVersion(spec) ?? 0) >= RECORD_VERSION.wireguard;
    const fields = readObject(spec, path, hasDevices ? FIELDS_OF_WIREGUARD : FIELDS);
    const safe = Number.MAX_SAFE_INTEGER;
    const record: EncryptionNodeSpec = {
      protocolVersion: readInteger(fields, path, 'protocolVersion', 1, NEWEST_RECORD),
      nodeUID: readText(fields, path, 'nodeUID', 64),
      nodeNumber: readInteger(fields, path, 'nodeNumber', 1, MAX_NODE_NUMBER),
      type: readOneOf(fields, path, 'type', hasDevices ? ['ipsec', 'wireguard'] : ['ipsec']),
      phase: readOneOf(fields, path, 'phase', ['Enabling', 'Enforced', 'Disabled']),
      epoch: readInteger(fields, path, 'epoch', 1, safe),
      revision: readInteger(fields, path, 'revision', 1, safe),
      generation: readInteger(fields, path, 'generation', 0, GENERATIONS - 1),
      addresses: readList(fields, path, 'addresses', MAX_ITEMS, readAddress, (text) => text),
      podPrefixes: readList(fields, path, 'podPrefixes', MAX_ITEMS, readPodPrefix, (p) => p.cidr),
      keys: readList(fields, path, 'keys', MAX_KEY_ID, readKey, (key) => key.keyID),
      macs: readList(fields, path, 'macs', MAX_KEY_ID, readMac, (mac) => mac.keyID),
    };
    const proven = new Set(record.macs.map(({ keyID }) => keyID));
    // Or the MAC of a new key could be cut off, and an old, leaked one would vouch for the new part.
    const bare = record.keys.findIndex(({ keyID }) => !proven.has(keyID));
    if (bare >= 0) return refuse(`${path}.keys[${bare}]`, 'key without mac');
    if (!hasDevices) return record;
    return { ...record, wireguard: readDevices(fields, path, record.epoch, proven) };
  });
}

/**
 * The protocol version that a record claims, however the rest of it looks: a newer one may have fields
 * that this version does not know.
 *
 * @returns undefined where it is no number
 */
export function claimedVersion(spec: unknown): number | undefined {
  if (typeof spec !== 'object' || spec === null) return undefined;
  const version: unknown = new Map<string, unknown>(Object.entries(spec)).get('protocolVersion');
  return Number.isSafeInteger(version) ? Number(version) : undefined;
}

function readAddress(item: unknown, path: string): string {
  const text = asText(item, path);
  const bytes = parseAddress(text);
  return bytes !== undefined && isRoutable(bytes) ? text : refuse(path, 'not an address');
}

function readPodPrefix(item: unknown, path: string): PodPrefix {
  const fields = readObject(item, path, ['cidr', 'source']);
  const cidr = readText(fields, path, 'cidr', 49);
  const prefix = parsePrefix(cidr);
  // A prefix of length 0 would claim every address there is.
  if (prefix === undefined || prefix.length === 0) return refuse(`${path}.cidr`, 'not a prefix');
  if (hasHostBits(prefix) || formatPrefix(prefix) !== cidr) refuse(`${path}.cidr`, 'not canonical');
  return { cidr, source: readText(fields, path, 'source', 64) };
}

function readKey(item: unknown, path: string): PublishedKey {
  const fields = readObject(item, path, ['keyID', 'algorithm', 'publicKey']);
  return {
    keyID: readKeyID(fields, path),
    algorithm: readText(fields, path, 'algorithm', MAX_ALGORITHM),
    publicKey: readBase64(fields, path, 'publicKey', X25519_BYTES),
  };
}

function readMac(item: unknown, path: string): RecordMac {
  const fields = readObject(item, path, ['keyID', 'check', 'mac']);
  return {
    keyID: readKeyID(fields, path),
    check: readBase64(fields, path, 'check', CHECK_BYTES),
    mac: readBase64(fields, path, 'mac', MAC_BYTES),
  };
}

function readKeyID(fields: Fields, path: string): number {
  return readInteger(fields, path, 'keyID', 1, MAX_KEY_ID);
}
