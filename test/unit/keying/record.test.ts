import { describe, expect, it } from 'vitest';
import {
  algorithmOf,
  checkValue,
  type EncryptionNodeSpec,
  KeyingError,
  publicKeyOf,
  type RecordOwner,
  type RecordVerdict,
  sealRecord,
  verifyRecord,
} from '../../../src/keying/index.js';
import { hex, keyLine } from '../../keying/compute.js';
import { base64, gcmLine, owner, psk, publicKey, recordOf } from '../../keying/samples.js';

const three = gcmLine(3);
const four = gcmLine(4);
const otherThree = gcmLine(3, 99);
const sealed = sealRecord(recordOf([3, 4]), owner, [three, four]);

describe('a sealed record', () => {
  it('is authentic to a node with the same Secret, in all its key ids', () => {
    expect(verifyRecord(sealed, owner, [four, three])).toEqual({
      verdict: 'authentic',
      owner,
      record: sealed,
      provenKeyIDs: [3, 4],
      otherKeyIDs: [],
    });
  });

  it('is authentic in any order of its key ids, as the API server may keep them', () => {
    const turned = {
      ...sealed,
      keys: [...sealed.keys].reverse(),
      macs: [...sealed.macs].reverse(),
    };
    expect(verifyRecord(turned, owner, [three, four]).verdict).toBe('authentic');
  });

  it('is authentic to a node that has only one of its keys, in that one', () => {
    const verdict = verifyRecord(sealed, owner, [three]);
    if (verdict.verdict !== 'authentic') throw new Error(verdict.verdict);
    expect(verdict.provenKeyIDs).toEqual([3]);
    expect(base64(publicKeyOf(verdict, 3) ?? new Uint8Array())).toBe(publicKey);
    // An old, leaked key must not vouch for the public key of the new one.
    expect(publicKeyOf(verdict, 4)).toBeUndefined();
  });

  it('has no public key of a key id that it does not name', () => {
    const disabled = sealRecord(recordOf([]), owner, [three]);
    const verdict = verifyRecord(disabled, owner, [three]);
    if (verdict.verdict !== 'authentic') throw new Error(verdict.verdict);
    expect(publicKeyOf(verdict, 3)).toBeUndefined();
  });

  it('is of an unknown key id to a node with none of its keys, which is no accusation', () => {
    const none: RecordVerdict = { verdict: 'unknown-key-id', keyIDs: [3, 4] };
    expect(verifyRecord(sealed, owner, [gcmLine(5)])).toEqual(none);
    expect(verifyRecord(sealed, owner, [])).toEqual(none);
    expect(verifyRecord({ ...sealed, keys: [], macs: [] }, owner, [three])).toEqual({
      verdict: 'unknown-key-id',
      keyIDs: [],
    });
  });

  it('is of another key where the same id has other key material', () => {
    expect(verifyRecord(sealed, owner, [otherThree])).toEqual({
      verdict: 'other-key',
      keyIDs: [3],
    });
  });

  it.each([
    ['another algorithm', keyLine(`3+ rfc4309(ccm(aes)) ${psk(3, 19)} 128`)],
    ['another ICV', keyLine(`3+ rfc4106(gcm(aes)) ${psk(3, 20)} 96`)],
  ])('is of another key where the same id has %s', (_, line) => {
    expect(verifyRecord(sealed, owner, [line]).verdict).toBe('other-key');
  });

  it('is authentic through one key id while another differs, and says so', () => {
    expect(verifyRecord(sealed, owner, [otherThree, four])).toMatchObject({
      verdict: 'authentic',
      provenKeyIDs: [4],
      otherKeyIDs: [3],
    });
  });

  it('is the same with or without the plus sign, as keys are per tunnel in any case', () => {
    const plain = keyLine(`3 rfc4106(gcm(aes)) ${psk(3, 20)} 128`);
    expect(verifyRecord(sealed, owner, [plain]).verdict).toBe('authentic');
  });

  it.each<[string, Partial<RecordOwner>]>([
    ['another node', { nodeName: 'node-b' }],
    ['another cluster with the same Secret', { clusterUID: 'cluster-2' }],
  ])('is worth nothing as the record of %s', (_, change) => {
    const verdict = verifyRecord(sealed, { ...owner, ...change }, [three, four]);
    expect(['wrong-mac', 'other-key']).toContain(verdict.verdict);
  });

  it('is refused with one wrong MAC, though the other holds: a leaked key cannot rewrite it', () => {
    const forged = sealRecord(recordOf([3, 4], { nodeNumber: 666 }), owner, [
      three,
      gcmLine(4, 98),
    ]);
    const macs = forged.macs.map((mac) => ({
      ...mac,
      check: base64(checkValue(mac.keyID === 3 ? three : four, owner.clusterUID)),
    }));
    expect(verifyRecord({ ...forged, macs }, owner, [three, four]).verdict).toBe('wrong-mac');
    const [first, second] = sealed.macs;
    const bent = { ...sealed, macs: [first, { ...second, mac: first?.mac }] };
    expect(verifyRecord(bent, owner, [three, four])).toEqual({ verdict: 'wrong-mac', keyIDs: [4] });
  });

  it('is malformed when the MAC of one of its keys is cut off', () => {
    const cut = { ...sealed, macs: sealed.macs.slice(0, 1) };
    expect(verifyRecord(cut, owner, [three, four])).toEqual({
      verdict: 'malformed',
      path: 'spec.keys[1]',
      reason: 'key without mac',
    });
  });

  it('is too new before it is anything else', () => {
    const next = { ...sealed, protocolVersion: 3, lanes: 4 };
    expect(verifyRecord(next, owner, [three])).toEqual({
      verdict: 'too-new-protocol',
      protocolVersion: 3,
    });
  });
});

describe('sealing', () => {
  it.each<[string, () => EncryptionNodeSpec, string]>([
    ['without a line', () => sealRecord(recordOf([]), owner, []), 'unknown-key-id'],
    ['a key without its line', () => sealRecord(recordOf([4]), owner, [three]), 'unknown-key-id'],
    ['two lines of one id', () => sealRecord(recordOf([3]), owner, [three, three]), 'bad-record'],
    [
      'what others would call malformed',
      () => sealRecord(recordOf([3], { addresses: ['192.0.2.01'] }), owner, [three]),
      'bad-record',
    ],
  ])('refuses %s', (_, seal, reason) => {
    expect(seal).toThrow(KeyingError);
    expect(seal).toThrow(expect.objectContaining({ reason }));
  });
});

describe('a check value', () => {
  it('has 8 bytes, the same on every node of a cluster', () => {
    expect(checkValue(three, 'cluster-1')).toHaveLength(8);
    expect(hex(checkValue(three, 'cluster-1'))).toBe(hex(checkValue(gcmLine(3), 'cluster-1')));
  });

  it('differs with key id, key material and cluster, so that reuse does not show', () => {
    const values = [
      checkValue(three, 'cluster-1'),
      checkValue(three, 'cluster-2'),
      checkValue(otherThree, 'cluster-1'),
      checkValue(gcmLine(4, 3), 'cluster-1'),
    ];
    expect(new Set(values.map(hex)).size).toBe(values.length);
  });
});

describe('the algorithm that a record shows', () => {
  it('is the line’s, without its key material', () => {
    expect(algorithmOf(three)).toBe('rfc4106(gcm(aes))');
    const two = keyLine(`3+ hmac(sha256) ${psk(1, 32)} cbc(aes) ${psk(2, 16)}`);
    expect(algorithmOf(two)).toBe('hmac(sha256) cbc(aes)');
  });
});
