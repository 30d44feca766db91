import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseKeyLines } from '../../src/key-lines/index.js';
import { sealRecord, verifyRecord } from '../../src/keying/index.js';
import { merge, messageOf, must, record, records, status } from './agents.js';
import { type ControlPlane, startControlPlane } from './control-plane.js';
import { describeOnEachMinor } from './minors.js';
import { apply, get, rendered, untilServed } from './podcloak.js';

const definition = 'encryptionnodes.podcloak.dev';
const bytes = (count: number): string => Buffer.alloc(count, 9).toString('base64');
const prefix = (cidr: string) => [{ cidr, source: 'test' }];
const publicKey = bytes(32);
const check = bytes(8);
const algorithm = 'rfc4106(gcm(aes))';

const device = (generation: number, change: object = {}) => ({
  ...{ generation, epoch: 1, listenPort: 51_871 + (generation % 2), publicKey },
  ...change,
});

/** A change to a valid spec, and what the refusal must name. */
const bad: [string, object, string][] = [
  ['node number 0', { nodeNumber: 0 }, 'spec.nodeNumber'],
  ['a node number of 21 bits', { nodeNumber: 2 ** 20 }, 'spec.nodeNumber'],
  ['a node number that is text', { nodeNumber: '1' }, 'spec.nodeNumber'],
  ['epoch 0', { epoch: 0 }, 'spec.epoch'],
  ['revision 0', { revision: 0 }, 'spec.revision'],
  ['generation 32', { generation: 32 }, 'spec.generation'],
  [
    'a check value of 10 bytes',
    { macs: [{ keyID: 3, check: bytes(10), mac: publicKey }] },
    'spec.macs[0]',
  ],
  ['protocol version 0', { protocolVersion: 0 }, 'spec.protocolVersion'],
  ['an unknown phase', { phase: 'Broken' }, 'spec.phase'],
  ['a phase in lower case', { phase: 'enforced' }, 'spec.phase'],
  ['an unknown type', { type: 'plaintext' }, 'spec.type'],
  ['an empty Node UID', { nodeUID: '' }, 'spec.nodeUID'],
  ['a Node UID of 65 characters', { nodeUID: 'x'.repeat(65) }, 'spec.nodeUID'],
  ['an address that is none', { addresses: ['192.0.2.256'] }, 'spec.addresses[0]'],
  ['an address with a zone', { addresses: ['192.0.2.1', 'fe80::1%eth0'] }, 'spec.addresses[1]'],
  ['a range for an address', { addresses: ['192.0.2.0/24'] }, 'spec.addresses[0]'],
  ['65 addresses', { addresses: Array(65).fill('192.0.2.1') }, 'spec.addresses'],
  ['a prefix too long for IPv4', { podPrefixes: prefix('10.0.0.0/33') }, 'podPrefixes[0].cidr'],
  ['a prefix too long for IPv6', { podPrefixes: prefix('fd00::/129') }, 'podPrefixes[0].cidr'],
  ['an address for a prefix', { podPrefixes: prefix('10.0.0.1') }, 'podPrefixes[0].cidr'],
  ['a prefix without its source', { podPrefixes: [{ cidr: '10.0.0.0/8' }] }, 'source'],
  ['65 prefixes', { podPrefixes: Array(65).fill(prefix('10.0.0.0/8')[0]) }, 'spec.podPrefixes'],
  ['key id 0', { keys: [{ keyID: 0, algorithm, publicKey }] }, 'spec.keys[0].keyID'],
  ['key id 16', { keys: [{ keyID: 16, algorithm, publicKey }] }, 'spec.keys[0].keyID'],
  ['a key without its id', { keys: [{ publicKey }] }, 'spec.keys[0].keyID'],
  ['a key id without its key', { keys: [{ keyID: 1, algorithm }] }, 'spec.keys[0].publicKey'],
  [
    'a key of 31 bytes',
    { keys: [{ keyID: 1, algorithm, publicKey: bytes(30) }] },
    'spec.keys[0].publicKey',
  ],
  [
    'a key that is not base64',
    { keys: [{ keyID: 1, algorithm, publicKey: '!'.repeat(44) }] },
    'publicKey',
  ],
  [
    'the same key id twice',
    { keys: [3, 3].map((keyID) => ({ keyID, algorithm, publicKey })) },
    'Duplicate',
  ],
  [
    'the same MAC twice',
    { macs: [3, 3].map((keyID) => ({ keyID, check, mac: publicKey })) },
    'Duplicate',
  ],
  ['a MAC of 33 bytes', { macs: [{ keyID: 3, check, mac: bytes(34) }] }, 'spec.macs[0].mac'],
  ['three WireGuard devices', { wireguard: [1, 2, 3].map((n) => device(n)) }, 'spec.wireguard'],
  ['two devices of a generation', { wireguard: [device(1), device(1)] }, 'Duplicate'],
  ['device generation 0', { wireguard: [device(0)] }, 'spec.wireguard[0].generation'],
  ['a device of 2^31', { wireguard: [device(2 ** 31)] }, 'spec.wireguard[0].generation'],
  ['listen port 0', { wireguard: [device(1, { listenPort: 0 })] }, 'wireguard[0].listenPort'],
  ['listen port 65536', { wireguard: [device(1, { listenPort: 65_536 })] }, 'listenPort'],
  ['a device without its key', { wireguard: [device(1, { publicKey: undefined })] }, 'publicKey'],
  ['a device of key id 16', { wireguard: [device(1, { keyID: 16 })] }, 'spec.wireguard[0].keyID'],
  ...[
    'protocolVersion',
    'nodeUID',
    'nodeNumber',
    'type',
    'phase',
    'epoch',
    'revision',
    'generation',
  ].map((field): [string, object, string] => [
    `no ${field}`,
    { [field]: undefined },
    `spec.${field}`,
  ]),
];

/** Named below `status`, which Kubernetes 1.30 does not say. */
const badStatus: [string, object, string][] = [
  ['a condition twice', { conditions: [status.conditions[0], status.conditions[0]] }, 'Duplicate'],
  [
    'a condition half true',
    { conditions: [{ ...status.conditions[0], status: 'Maybe' }] },
    'status',
  ],
  ['key id 16', { keyIDs: [16] }, 'keyIDs[0]'],
  ['a prefix that is none', { podCIDRs: ['10.0.0.0'] }, 'podCIDRs[0]'],
];

describeOnEachMinor('the record of a node', {}, (onMinor) => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane(onMinor);
    await apply(plane, await rendered(['-f', 'examples/ipsec.yaml']));
    await untilServed(plane, definition);
  });
  beforeEach(async () => {
    await plane.request('DELETE', `${records}/n1`);
  });
  afterAll(() => plane?.stop());

  const create = (body: object) =>
    // Strict, so that a field that the schema does not have is an error rather than lost.
    plane.request('POST', `${records}?fieldValidation=Strict`, { body });
  const patch = (path: string, body: object) =>
    plane.request('PATCH', `${records}/n1${path}`, { ...merge, body });

  it('is stored as it is, field by field', async () => {
    expect(await create(record('n1'))).toMatchObject({ status: 201 });
    const { spec } = await get(plane, definition, 'n1');
    expect(spec).toEqual(record('n1').spec);
  });

  it('is authentic to a peer after its way through the API server, when an agent sealed it', async () => {
    const { keys: lines } = parseKeyLines(
      `3+ ${algorithm} ${'0123456789abcdef'.repeat(2)}01234567 128`,
    );
    const { macs: _, keys, ...rest } = record('n1').spec;
    const owner = { clusterUID: 'b3f6', nodeName: 'n1' };
    const unsealed = { ...rest, type: 'ipsec', phase: 'Enforced', keys: keys.slice(0, 1) } as const;
    const sealed = sealRecord(unsealed, owner, lines);
    expect(await create({ ...record('n1'), spec: sealed })).toMatchObject({ status: 201 });
    const { spec } = await get(plane, definition, 'n1');

    expect(verifyRecord(spec, owner, lines)).toMatchObject({ verdict: 'authentic' });
    expect(verifyRecord({ ...(spec as object), nodeNumber: 7 }, owner, lines)).toMatchObject({
      verdict: 'wrong-mac',
    });
  });

  it('is authentic with its WireGuard devices, too', async () => {
    const { keys: lines } = parseKeyLines(
      `3+ ${algorithm} ${'0123456789abcdef'.repeat(2)}01234567 128`,
    );
    const { macs: _, keys: __, ...rest } = record('n1').spec;
    const owner = { clusterUID: 'b3f6', nodeName: 'n1' };
    const wireguard = [device(2, { keyID: 3 }), device(1)].map((one, index) => ({
      ...one,
      publicKey: Buffer.alloc(32, index).toString('base64'),
    }));
    const more = { protocolVersion: 2, type: 'wireguard', phase: 'Enforced', keys: [] } as const;
    const sealed = sealRecord({ ...rest, ...more, wireguard }, owner, lines);
    expect(await create({ ...record('n1'), spec: sealed })).toMatchObject({ status: 201 });
    const { spec } = await get(plane, definition, 'n1');

    expect(spec).toEqual(sealed);
    expect(verifyRecord(spec, owner, lines)).toMatchObject({ verdict: 'authentic' });
    expect(verifyRecord(spec, owner, lines, 1)).toMatchObject({ verdict: 'too-new-protocol' });
    const none = sealRecord({ ...rest, ...more, wireguard: [] }, owner, lines);
    await patch('', { spec: none });
    expect(await get(plane, definition, 'n1')).toMatchObject({ spec: { wireguard: [] } });
  });

  it('may leave out what a node does not have yet', async () => {
    const less = { addresses: undefined, podPrefixes: undefined, keys: undefined, macs: undefined };
    expect(await create(record('n1', less))).toMatchObject({ status: 201 });
  });

  it('may have every key id, the greatest epoch that a double holds, and any kind of address', async () => {
    const keys = Array.from({ length: 15 }, (_, index) => ({
      keyID: index + 1,
      algorithm,
      publicKey,
    }));
    const addresses = ['0.0.0.0', '::', '2001:db8:1111:2222:3333:4444:5555:6666'];
    const more = { keys, addresses, epoch: Number.MAX_SAFE_INTEGER, nodeNumber: 1 };
    expect(await create(record('n1', more))).toMatchObject({ status: 201 });
    expect(await get(plane, definition, 'n1')).toMatchObject({ spec: more });
  });

  it.each(bad)('is refused with %s', async (_, change, named) => {
    expect(messageOf(await create(record('n1', change)), 422)).toContain(named);
  });

  it('is refused with a field that the schema does not have', async () => {
    const refused = await create(record('n1', { peers: ['n2'] }));
    expect(messageOf(refused, 400)).toContain('unknown field "spec.peers"');
  });

  describe('has a status of its own', () => {
    beforeEach(async () => {
      await must(plane, 'POST', records, { body: record('n1') });
    });

    it('that is stored as it is, and that the other endpoint does not change', async () => {
      expect(await patch('', { status })).toMatchObject({ status: 200 });
      expect(await get(plane, definition, 'n1')).not.toHaveProperty('status');
      expect(await patch('/status', { status, spec: { epoch: 7 } })).toMatchObject({ status: 200 });
      const now = await get(plane, definition, 'n1');
      expect(now.status).toEqual(status);
      expect(now.spec).toEqual(record('n1').spec);
      expect(now.metadata.generation).toBe(1);
    });

    it.each(badStatus)('that is refused with %s', async (_, change, named) => {
      const refused = await patch('/status', { status: { ...status, ...change } });
      expect(messageOf(refused, 422)).toContain(named);
    });
  });

  describe('in kubectl', () => {
    beforeEach(async () => {
      await must(plane, 'POST', records, { body: record('n1') });
    });
    /** The cells of the first two lines of a table, but for the age. */
    const table = async (...args: string[]): Promise<string[][]> => {
      const { code, stdout } = await plane.kubectl(['get', ...args]);
      expect(code).toBe(0);
      const lines = stdout.trimEnd().split('\n');
      return lines.map((line) => line.split(/ {2,}/).slice(0, -1));
    };

    it('is a line with all that one looks for first, all key ids among it', async () => {
      await patch('/status', { status });
      expect(await table('encryptionnodes')).toEqual([
        ['NAME', 'TYPE', 'PHASE', 'READY', 'KEY IDS', 'ADDRESS'],
        ['n1', 'ipsec', 'Enforced', 'True', '[3,15]', '192.0.2.1'],
      ]);
    });

    it('has the prefixes, the epoch and the version in the wide form', async () => {
      await patch('/status', { status });
      const [header, line] = await table('encryptionnodes', '-o', 'wide');
      expect(header?.slice(6)).toEqual(['POD CIDRS', 'EPOCH', 'VERSION']);
      const prefixes = '["10.244.1.0/24","fd00:10:244:1::/64"]';
      expect(line?.slice(6)).toEqual([prefixes, '1790000000000', '0.1.0']);
    });

    it.each(['encnode', 'encryptionnode', 'podcloak'])('goes by %s too', async (name) => {
      expect(await table(name)).toEqual(await table('encryptionnodes'));
      expect((await table(name))[1]?.[0]).toBe('n1');
    });

    it.each([
      ['encryptionnode', 'as its agent announces it'],
      ['encryptionnode.spec.podPrefixes', 'Where the agent learned it'],
      ['encnode.spec.keys.keyID', 'Key id of the Secret’s line, 1 to 15'],
      ['encryptionnode.status.conditions.reason', 'Why, in one CamelCase word'],
    ])('is explained: %s', async (path, words) => {
      const { code, stdout } = await plane.kubectl(['explain', path]);
      expect(code).toBe(0);
      expect(stdout).toContain(words);
    });
  });

  it('has a schema without rules in CEL, as Kubernetes 1.30 knows fewer functions', async () => {
    const { spec } = await get(plane, 'customresourcedefinition', definition);
    const text = JSON.stringify(spec);
    expect(text).toContain('x-kubernetes-list-type');
    expect(text).not.toContain('x-kubernetes-validations');
  });
});
