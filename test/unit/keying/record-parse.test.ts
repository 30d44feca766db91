import { describe, expect, it } from 'vitest';
import { parseRecord, sealRecord } from '../../../src/keying/index.js';
import { base64, gcmLine, owner, publicKey, recordOf } from '../../keying/samples.js';

const good = sealRecord(recordOf([3]), owner, [gcmLine(3)]);
const [mac] = good.macs;
const [key] = good.keys;
const prefix = (cidr: unknown) => ({ podPrefixes: [{ cidr, source: 'test' }] });
const manyKeys = Array.from({ length: 16 }, (_, index) => ({ ...key, keyID: index + 1 }));

/** A change to a good record, and the refusal. */
const bad: [object, string, string][] = [
  [{ peers: [] }, 'spec.peers', 'unknown field'],
  [{ ['A'.repeat(22)]: 1 }, 'spec', 'unknown field'],
  [{ '\u001b[31m': 1 }, 'spec', 'unknown field'],
  [{ ...JSON.parse('{"__proto__": 1}') }, 'spec', 'unknown field'],
  [{ protocolVersion: 0 }, 'spec.protocolVersion', 'out of range'],
  [{ protocolVersion: '1' }, 'spec.protocolVersion', 'wrong type'],
  [{ nodeUID: '' }, 'spec.nodeUID', 'out of range'],
  [{ nodeUID: 'x'.repeat(65) }, 'spec.nodeUID', 'out of range'],
  [{ nodeUID: 'a\nb' }, 'spec.nodeUID', 'not printable ASCII'],
  [{ nodeNumber: 0 }, 'spec.nodeNumber', 'out of range'],
  [{ nodeNumber: 2 ** 20 }, 'spec.nodeNumber', 'out of range'],
  [{ type: 'plaintext' }, 'spec.type', 'unknown value'],
  [{ phase: 'enforced' }, 'spec.phase', 'unknown value'],
  [{ epoch: 2 ** 53 }, 'spec.epoch', 'out of range'],
  [{ epoch: 1.5 }, 'spec.epoch', 'out of range'],
  [{ revision: 0 }, 'spec.revision', 'out of range'],
  [{ generation: 32 }, 'spec.generation', 'out of range'],
  [{ generation: -0 }, 'spec.generation', 'out of range'],
  [{ addresses: '192.0.2.1' }, 'spec.addresses', 'wrong type'],
  [{ addresses: [1] }, 'spec.addresses[0]', 'wrong type'],
  [{ addresses: ['192.0.2.1', '192.0.2.1'] }, 'spec.addresses[1]', 'duplicate'],
  [{ addresses: Array(65).fill('192.0.2.1') }, 'spec.addresses', 'out of range'],
  ...[
    '192.0.2.01',
    '192.0.2',
    '0xc0.0.2.1',
    '2001:DB8::1',
    '2001:db8:0:0::1',
    'fe80::1%eth0',
    'fe80::1',
    '::ffff:192.0.2.1',
    '0.0.0.0',
    '::',
    '127.0.0.1',
    '224.0.0.1',
    'ff02::1',
    '255.255.255.255',
    '',
  ].map((address): [object, string, string] => [
    { addresses: [address] },
    'spec.addresses[0]',
    'not an address',
  ]),
  [prefix('10.244.1.1/24'), 'spec.podPrefixes[0].cidr', 'not canonical'],
  [prefix('10.244.1.0/024'), 'spec.podPrefixes[0].cidr', 'not a prefix'],
  [prefix('FD00::/64'), 'spec.podPrefixes[0].cidr', 'not canonical'],
  [prefix('0.0.0.0/0'), 'spec.podPrefixes[0].cidr', 'not a prefix'],
  [prefix('10.244.1.0'), 'spec.podPrefixes[0].cidr', 'not a prefix'],
  [prefix('10.244.1.0/33'), 'spec.podPrefixes[0].cidr', 'not a prefix'],
  [prefix(null), 'spec.podPrefixes[0].cidr', 'wrong type'],
  [{ podPrefixes: [{ cidr: '10.0.0.0/8' }] }, 'spec.podPrefixes[0].source', 'missing'],
  [
    { podPrefixes: ['a', 'b'].map((source) => ({ cidr: '10.0.0.0/8', source })) },
    'spec.podPrefixes[1]',
    'duplicate',
  ],
  [{ keys: [{ ...key, keyID: 0 }] }, 'spec.keys[0].keyID', 'out of range'],
  [{ keys: [key, key] }, 'spec.keys[1]', 'duplicate'],
  [{ keys: manyKeys }, 'spec.keys', 'out of range'],
  [{ keys: [{ ...key, algorithm: '' }] }, 'spec.keys[0].algorithm', 'out of range'],
  [{ keys: [{ keyID: 3, publicKey }] }, 'spec.keys[0].algorithm', 'missing'],
  ...[
    base64(new Uint8Array(31)),
    base64(new Uint8Array(33)),
    publicKey.replace('=', ''),
    `${publicKey}=`,
    '!'.repeat(44),
    // The last character's two lowest bits stand for no byte: a second spelling.
    `${'A'.repeat(42)}B=`,
    `${'-_'.repeat(21)}A=`,
  ].map((text): [object, string, string] => [
    { keys: [{ ...key, publicKey: text }] },
    'spec.keys[0].publicKey',
    'not base64 of the right length',
  ]),
  [
    { macs: [{ ...mac, check: publicKey }] },
    'spec.macs[0].check',
    'not base64 of the right length',
  ],
  [{ macs: [{ keyID: 3, mac: mac?.mac }] }, 'spec.macs[0].check', 'missing'],
  [{ macs: [{ ...mac, note: '' }] }, 'spec.macs[0].note', 'unknown field'],
  [{ macs: [mac, mac] }, 'spec.macs[1]', 'duplicate'],
  [{ macs: [] }, 'spec.keys[0]', 'key without mac'],
  [{ macs: [null] }, 'spec.macs[0]', 'wrong type'],
];

const required = [
  'protocolVersion',
  'nodeUID',
  'nodeNumber',
  'type',
  'phase',
  'epoch',
  'revision',
  'generation',
] as const;

describe('parsing a record', () => {
  it('gives back a good one', () => {
    expect(parseRecord(JSON.parse(JSON.stringify(good)))).toEqual({ value: good });
  });

  it('fills in the lists that a node without addresses or keys leaves out', () => {
    const { addresses, podPrefixes, keys, macs, ...rest } = good;
    expect([addresses, podPrefixes, keys, macs].every((list) => list.length > 0)).toBe(true);
    const empty = { addresses: [], podPrefixes: [], keys: [], macs: [] };
    expect(parseRecord(rest)).toEqual({ value: { ...rest, ...empty } });
  });

  it.each(bad)('refuses %j at %s: %s', (change, path, reason) => {
    expect(parseRecord({ ...good, ...change })).toEqual({ path, reason });
  });

  it.each(required)('refuses a record without %s', (field) => {
    const { [field]: _, ...rest } = good;
    expect(parseRecord(rest)).toEqual({ path: `spec.${field}`, reason: 'missing' });
  });

  it.each([[null], [undefined], [1], ['spec'], [[]]])('refuses %j for a record', (spec) => {
    expect(parseRecord(spec)).toEqual({ path: 'spec', reason: 'wrong type' });
  });
});
