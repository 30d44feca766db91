import fc from 'fast-check';
import type { KeyLine } from '../../src/key-lines/index.js';
import {
  generateEphemeral,
  type PodPrefix,
  type PublishedDevice,
  type RecordOwner,
  type UnsealedRecord,
} from '../../src/keying/index.js';
import type { Case, EndCase, PeerCase } from './compute.js';
import { keyLine } from './compute.js';

/** Values for tests, fixed and arbitrary. Key material of different calls of `psk` differs. */
export const psk = (seed: number, bytes: number): string =>
  Buffer.from(Array.from({ length: bytes }, (_, index) => (seed * 53 + index * 7) & 255)).toString(
    'hex',
  );

export const gcmLine = (keyId: number, seed = keyId): KeyLine =>
  keyLine(`${keyId}+ rfc4106(gcm(aes)) ${psk(seed, 20)} 128`);

export const owner: RecordOwner = { clusterUID: 'cluster-1', nodeName: 'node-a' };

export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

export const publicKey = base64(generateEphemeral().publicKey);

/** A record of `owner` with a public key for each of these key ids. */
export function recordOf(keyIDs: readonly number[], change: Partial<UnsealedRecord> = {}) {
  return {
    protocolVersion: 1,
    nodeUID: 'uid-a',
    nodeNumber: 17,
    type: 'ipsec',
    phase: 'Enforced',
    epoch: 1000,
    revision: 5,
    generation: 3,
    addresses: ['192.0.2.1', '2001:db8::1'],
    podPrefixes: [
      { cidr: '10.244.1.0/24', source: 'Node.spec.podCIDRs' },
      { cidr: 'fd00:10:244:1::/64', source: 'Node.spec.podCIDRs' },
    ],
    keys: keyIDs.map((keyID) => ({ keyID, algorithm: 'rfc4106(gcm(aes))', publicKey })),
    ...change,
  } satisfies UnsealedRecord;
}

/** A device of a record of `owner`: the first node of a cluster has generation 1 and Cilium's port. */
export function deviceOf(change: Partial<PublishedDevice> = {}): PublishedDevice {
  return { generation: 1, epoch: 900, listenPort: 51_871, publicKey, ...change };
}

/** As {@link recordOf}, with these devices. */
export function wireguardRecordOf(
  keyIDs: readonly number[],
  wireguard: readonly PublishedDevice[],
  change: Partial<UnsealedRecord> = {},
) {
  const fields = { protocolVersion: 2, type: 'wireguard', wireguard, ...change } as const;
  return { ...recordOf(keyIDs), ...fields } satisfies UnsealedRecord;
}

const hexOf = (bytes: number): fc.Arbitrary<string> =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    // A key of one repeated byte is refused as a placeholder.
    .filter((value) => new Set(value).size > 1)
    .map((value) => Buffer.from(value).toString('hex'));

const keyIds = fc.integer({ min: 1, max: 15 });
const epochs = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const nodeNumbers = fc.integer({ min: 1, max: 2 ** 20 - 1 });
const names = fc.stringMatching(/^[a-z0-9][a-z0-9.-]{0,60}$/);

/** Key lines of both forms, several algorithms and lengths. */
export const lineTexts: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(keyIds, fc.constantFrom(20, 28, 36).chain(hexOf), fc.constantFrom(64, 96, 128))
    .map(([id, key, icv]) => `${id}+ rfc4106(gcm(aes)) ${key} ${icv}`),
  fc.tuple(keyIds, hexOf(36)).map(([id, key]) => `${id} rfc7539esp(chacha20,poly1305) ${key} 128`),
  fc
    .tuple(keyIds, fc.constantFrom(32, 64).chain(hexOf), fc.constantFrom(16, 32).chain(hexOf))
    .map(([id, auth, key]) => `${id}+ hmac(sha256) ${auth} cbc(aes) ${key}`),
);

const v4 = fc.integer({ min: 1, max: 254 }).map((last) => `192.0.2.${last}`);
const v6 = fc.integer({ min: 1, max: 0xffff }).map((last) => `2001:db8::${last.toString(16)}`);

const end = (address: fc.Arbitrary<string>): fc.Arbitrary<EndCase> =>
  fc.record({
    nodeName: names,
    nodeUID: fc.uuid(),
    nodeNumber: nodeNumbers,
    address,
    epoch: epochs,
    privateKey: hexOf(32),
  });

/** Two ends of one family that share nothing. */
const ends: fc.Arbitrary<[EndCase, EndCase]> = fc
  .oneof(fc.tuple(end(v4), end(v4)), fc.tuple(end(v6), end(v6)))
  .filter(([one, other]) =>
    (['nodeName', 'nodeUID', 'nodeNumber', 'address', 'privateKey'] as const).every(
      (field) => one[field] !== other[field],
    ),
  );

export type TunnelCase = Extract<Case, { kind: 'tunnel' }>;

export const tunnelCases: fc.Arbitrary<TunnelCase> = fc
  .record({
    line: lineTexts,
    clusterUID: fc.uuid(),
    ends,
    lane: fc.integer({ min: 0, max: 7 }),
    generation: fc.integer({ min: 0, max: 31 }),
  })
  .map(({ ends: [sender, receiver], ...rest }) => ({ kind: 'tunnel', sender, receiver, ...rest }));

const sources = fc.stringMatching(/^[ -~]{1,64}$/);

const prefixes: fc.Arbitrary<PodPrefix> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 255 }), sources)
    .map(([third, source]) => ({ cidr: `10.244.${third}.0/24`, source })),
  fc
    .tuple(fc.integer({ min: 1, max: 0xffff }), sources)
    .map(([group, source]) => ({ cidr: `fd00:10:244:${group.toString(16)}::/64`, source })),
);

export type RecordCase = Extract<Case, { kind: 'record' }>;

export const recordCases: fc.Arbitrary<RecordCase> = fc
  .record({
    lines: fc.uniqueArray(lineTexts, {
      minLength: 1,
      maxLength: 4,
      selector: (text) => keyLine(text).keyId,
    }),
    clusterUID: fc.uuid(),
    nodeName: names,
    record: fc.record({
      protocolVersion: fc.constant(1),
      nodeUID: fc.uuid(),
      nodeNumber: nodeNumbers,
      type: fc.constant('ipsec' as const),
      phase: fc.constantFrom('Enabling' as const, 'Enforced' as const, 'Disabled' as const),
      epoch: epochs,
      revision: epochs,
      generation: fc.integer({ min: 0, max: 31 }),
      addresses: fc.uniqueArray(fc.oneof(v4, v6), { maxLength: 4 }),
      podPrefixes: fc.uniqueArray(prefixes, { maxLength: 4, selector: ({ cidr }) => cidr }),
    }),
    keyBytes: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  })
  .map(({ record, keyBytes, ...rest }) => ({
    kind: 'record',
    ...rest,
    record: {
      ...record,
      keys: rest.lines.slice(1).map((text) => ({
        keyID: keyLine(text).keyId,
        algorithm: 'any name of the kernel',
        publicKey: base64(keyBytes),
      })),
    },
  }));

export type PskCase = Extract<Case, { kind: 'wireguard psk' }>;

export const generations = fc.integer({ min: 1, max: 2 ** 31 - 1 });

const peer: fc.Arbitrary<PeerCase> = fc.record({
  nodeName: names,
  nodeUID: fc.uuid(),
  epoch: epochs,
  privateKey: hexOf(32),
});

export const pskCases: fc.Arbitrary<PskCase> = fc
  .record({
    line: lineTexts,
    clusterUID: fc.uuid(),
    generation: generations,
    ends: fc
      .tuple(peer, peer)
      .filter(([one, other]) =>
        (['nodeName', 'nodeUID', 'privateKey'] as const).every(
          (field) => one[field] !== other[field],
        ),
      ),
  })
  .map((one) => ({ kind: 'wireguard psk', ...one }));

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(base64);

/** Records with up to two devices, some with a key id of the record's and some without. */
export const wireguardRecordCases: fc.Arbitrary<RecordCase> = fc
  .record({
    one: recordCases,
    type: fc.constantFrom('ipsec' as const, 'wireguard' as const),
    generations: fc.uniqueArray(generations, { maxLength: 2 }),
    ports: fc.uniqueArray(fc.integer({ min: 1, max: 65_535 }), { minLength: 2, maxLength: 2 }),
    publicKeys: fc.uniqueArray(bytes32, { minLength: 2, maxLength: 2 }),
    age: fc.nat(),
    hasKeyID: fc.boolean(),
  })
  .map(({ one, type, age, hasKeyID, ports, publicKeys, ...rest }) => ({
    ...one,
    record: {
      ...one.record,
      protocolVersion: 2,
      type,
      wireguard: rest.generations.map((generation, index) => ({
        generation,
        epoch: Math.max(1, one.record.epoch - age),
        listenPort: ports[index] ?? 0,
        publicKey: publicKeys[index] ?? '',
        ...(hasKeyID ? { keyID: keyLine(one.lines[0] ?? '').keyId } : {}),
      })),
    },
  }));
