import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  isAcceptable,
  KeyingError,
  markOf,
  parseRecord,
  RECORD_VERSION,
  sealRecord,
  verifyRecord,
} from '../../../src/keying/index.js';
import { encodeRecord } from '../../../src/keying/record-encoding.js';
import { keyLine } from '../../keying/compute.js';
import {
  base64,
  deviceOf,
  gcmLine,
  owner,
  recordOf,
  wireguardRecordOf,
} from '../../keying/samples.js';

const NEWEST = RECORD_VERSION.wireguard;
const lines = [gcmLine(3), gcmLine(4)];
const otherKey = base64(Buffer.alloc(32, 5));
const first = deviceOf({ keyID: 3 });
const second = deviceOf({ keyID: 4, generation: 2, listenPort: 51_872, publicKey: otherKey });
const sealed = sealRecord(wireguardRecordOf([3, 4], [first, second]), owner, lines);
const sha256 = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

describe('a record that says nothing of WireGuard', () => {
  it('is byte for byte what agents wrote before there was any: JSON, encoding and MAC', () => {
    const record = recordOf([3], {
      podPrefixes: [{ cidr: '10.244.1.0/24', source: 'Node.spec.podCIDRs' }],
      keys: [{ keyID: 3, algorithm: 'rfc4106(gcm(aes))', publicKey: base64(Buffer.alloc(32, 9)) }],
    });
    const line = keyLine('3+ rfc4106(gcm(aes)) 194eb56e2f0133afac10794bbf4341ee110bf74f 128');
    const plain = sealRecord(record, owner, [line]);
    // Both were printed by the code of the commit before.
    expect(sha256(JSON.stringify(plain))).toBe(
      'e6fb48ff55574917ced900ab429902f9d87334ae4ffe609b2b0ac24b4d733d6d',
    );
    expect(sha256(encodeRecord(owner, plain))).toBe(
      '9fedc888918134363236c7e84c1ffe7f84ef4be13417d67aa04d836c263cf456',
    );
  });

  it('has neither the field nor its type: a newer version has to be claimed for them', () => {
    const plain = sealRecord(recordOf([3]), owner, lines);
    expect(parseRecord({ ...plain, wireguard: [] })).toEqual({
      path: 'spec.wireguard',
      reason: 'unknown field',
    });
    expect(parseRecord({ ...plain, type: 'wireguard' })).toEqual({
      path: 'spec.type',
      reason: 'unknown value',
    });
  });
});

describe('a record with WireGuard’s devices', () => {
  it('is authentic to a node with the same Secret that knows WireGuard', () => {
    expect(verifyRecord(sealed, owner, lines, NEWEST)).toMatchObject({
      verdict: 'authentic',
      record: { wireguard: [first, second] },
    });
  });

  it('is too new for an agent that does not, which then keeps what works', () => {
    const verdict = { verdict: 'too-new-protocol', protocolVersion: 2 };
    expect(verifyRecord(sealed, owner, lines, RECORD_VERSION.ipsec)).toEqual(verdict);
  });

  it('is authentic in any order of its devices, as the API server may keep them', () => {
    const turned = { ...sealed, wireguard: [second, first] };
    expect(verifyRecord(turned, owner, lines, NEWEST).verdict).toBe('authentic');
  });

  it('is not once a device has another port, key, key id, epoch or generation', () => {
    for (const change of [
      { listenPort: 51_873 },
      { publicKey: base64(Buffer.alloc(32, 6)) },
      { keyID: 4 },
      { epoch: 901 },
      { generation: 3 },
    ]) {
      const spec = { ...sealed, wireguard: [{ ...first, ...change }, second] };
      expect(verifyRecord(spec, owner, lines, NEWEST).verdict).toBe('wrong-mac');
    }
    const { keyID: _, ...bare } = first;
    const spec = { ...sealed, wireguard: [bare, second] };
    expect(verifyRecord(spec, owner, lines, NEWEST).verdict).toBe('wrong-mac');
  });

  it('may be of a node that is still on IPsec, or has no device any more', () => {
    for (const change of [{ type: 'ipsec' }, { wireguard: [] }] as const) {
      const spec = sealRecord(wireguardRecordOf([3], [first], change), owner, lines);
      expect(verifyRecord(spec, owner, lines, NEWEST).verdict).toBe('authentic');
    }
  });

  it.each<[object, string, string]>([
    // What an older definition leaves of a record, or a node that knows no devices makes of it.
    [{ wireguard: undefined }, 'spec.wireguard', 'missing'],
    [{ wireguard: null }, 'spec.wireguard', 'missing'],
    [{ wireguard: {} }, 'spec.wireguard', 'wrong type'],
    [{ wireguard: [null] }, 'spec.wireguard[0]', 'wrong type'],
    [{ wireguard: [first, second, { ...first, generation: 3 }] }, 'spec.wireguard', 'out of range'],
    [{ wireguard: [first, { ...second, generation: 1 }] }, 'spec.wireguard[1]', 'duplicate'],
    [{ wireguard: [first, { ...second, listenPort: 51_871 }] }, 'spec.wireguard[1]', 'duplicate'],
    [
      { wireguard: [first, { ...second, publicKey: first.publicKey }] },
      'spec.wireguard[1]',
      'duplicate',
    ],
    [{ wireguard: [{ ...first, keyID: 5 }] }, 'spec.wireguard[0]', 'key without mac'],
    [{ wireguard: [{ ...first, keyID: 0 }] }, 'spec.wireguard[0].keyID', 'out of range'],
    [{ wireguard: [{ ...first, keyID: 16 }] }, 'spec.wireguard[0].keyID', 'out of range'],
    [{ wireguard: [{ ...first, keyID: '3' }] }, 'spec.wireguard[0].keyID', 'wrong type'],
    [{ wireguard: [{ ...first, keyID: null }] }, 'spec.wireguard[0].keyID', 'wrong type'],
    [{ wireguard: [{ ...first, generation: 0 }] }, 'spec.wireguard[0].generation', 'out of range'],
    [
      { wireguard: [{ ...first, generation: 2 ** 31 }] },
      'spec.wireguard[0].generation',
      'out of range',
    ],
    [{ wireguard: [{ ...first, epoch: 1001 }] }, 'spec.wireguard[0].epoch', 'out of range'],
    [{ wireguard: [{ ...first, epoch: 0 }] }, 'spec.wireguard[0].epoch', 'out of range'],
    [{ wireguard: [{ ...first, listenPort: 0 }] }, 'spec.wireguard[0].listenPort', 'out of range'],
    [
      { wireguard: [{ ...first, listenPort: 65_536 }] },
      'spec.wireguard[0].listenPort',
      'out of range',
    ],
    [
      { wireguard: [{ ...first, publicKey: base64(new Uint8Array(31)) }] },
      'spec.wireguard[0].publicKey',
      'not base64 of the right length',
    ],
    [
      { wireguard: [{ ...first, privateKey: '' }] },
      'spec.wireguard[0].privateKey',
      'unknown field',
    ],
    [{ wireguard: [{}] }, 'spec.wireguard[0].generation', 'missing'],
    [{ protocolVersion: 3 }, 'spec.protocolVersion', 'out of range'],
    [{ type: 'plaintext' }, 'spec.type', 'unknown value'],
  ])('is malformed with %j at %s: %s', (change, path, reason) => {
    const spec: unknown = JSON.parse(JSON.stringify({ ...sealed, ...change }));
    expect(parseRecord(spec)).toEqual({ path, reason });
  });

  it('cannot be sealed for a device of a key that the node does not have', () => {
    const record = wireguardRecordOf([3], [deviceOf({ keyID: 5 })]);
    expect(() => sealRecord(record, owner, lines)).toThrow(KeyingError);
  });

  it('does not go back to a record without them within an epoch: an old agent takes a new one', () => {
    const judged = verifyRecord(sealed, owner, lines, NEWEST);
    if (judged.verdict !== 'authentic') throw new Error(judged.verdict);
    const after = (change: object) => {
      const spec = sealRecord(recordOf([3], change), owner, lines);
      const verdict = verifyRecord(spec, owner, lines, NEWEST);
      if (verdict.verdict !== 'authentic') throw new Error(verdict.verdict);
      return isAcceptable(markOf(judged), verdict, 'uid-a');
    };
    expect(after({ revision: 6 })).toEqual({ accepted: false, reason: 'older-protocol' });
    expect(after({ revision: 1, epoch: 1001 })).toEqual({ accepted: true, news: 'newer' });
  });

  it('is news when only a device has changed', () => {
    const mark = (port: number, revision: number) => {
      const record = wireguardRecordOf([3], [deviceOf({ listenPort: port })], { revision });
      const verdict = verifyRecord(sealRecord(record, owner, lines), owner, lines, NEWEST);
      if (verdict.verdict !== 'authentic') throw new Error(verdict.verdict);
      return { mark: markOf(verdict), verdict };
    };
    const { mark: before } = mark(51_871, 5);
    expect(isAcceptable(before, mark(51_871, 5).verdict, 'uid-a')).toMatchObject({ news: 'same' });
    expect(isAcceptable(before, mark(51_872, 5).verdict, 'uid-a')).toMatchObject({
      reason: 'other-content',
    });
    expect(isAcceptable(before, mark(51_872, 6).verdict, 'uid-a')).toMatchObject({ news: 'newer' });
  });
});
