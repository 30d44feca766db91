import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isAcceptable,
  KeyingError,
  markOf,
  openRecord,
  outlivesRevocation,
  readOpenRecord,
  sealRecord,
  verifyRecord,
} from '../../../src/keying/index.js';
import { deviceOf, gcmLine, owner, recordOf, wireguardRecordOf } from '../../keying/samples.js';

const lines = [gcmLine(3)];
const record = wireguardRecordOf([], [deviceOf()]);
const open = openRecord(record);

describe('a record of a cluster without a Secret', () => {
  it('has no MACs, and is open to those that have no Secret either', () => {
    expect(open).toEqual({ ...record, macs: [] });
    const spec: unknown = JSON.parse(JSON.stringify(open));
    expect(readOpenRecord(spec, owner)).toEqual({
      verdict: 'open',
      owner,
      record: open,
      ...{ provenKeyIDs: [], otherKeyIDs: [] },
    });
  });

  it('is nothing to a node with a Secret: who has none cannot plant a peer there', () => {
    expect(verifyRecord(open, owner, lines, 2)).toEqual({ verdict: 'unknown-key-id', keyIDs: [] });
  });

  it('is judged for freshness as any other, and no revoked key has a part in it', () => {
    const first = readOpenRecord(open, owner);
    const later = readOpenRecord({ ...open, revision: 6 }, owner);
    if (first.verdict !== 'open' || later.verdict !== 'open') throw new Error('not open');
    expect(isAcceptable(undefined, first, 'uid-a')).toEqual({ accepted: true, news: 'first' });
    expect(isAcceptable(markOf(later), first, 'uid-a')).toEqual({
      accepted: false,
      reason: 'older-revision',
    });
    expect(isAcceptable(undefined, first, 'uid-b')).toMatchObject({ reason: 'removed-node' });
    expect(outlivesRevocation(markOf(first), new Set([3]))).toBe(false);
  });

  it('stands against nothing that was sealed, whatever number it claims', () => {
    const planted = readOpenRecord({ ...open, epoch: 2 ** 52 }, owner);
    const sealed = sealRecord(wireguardRecordOf([3], [deviceOf({ keyID: 3 })]), owner, lines);
    const proven = verifyRecord(sealed, owner, lines);
    if (planted.verdict !== 'open' || proven.verdict !== 'authentic') throw new Error('refused');
    expect(isAcceptable(markOf(planted), proven, 'uid-a')).toMatchObject({ accepted: true });
    expect(isAcceptable(markOf(planted), proven, 'uid-b')).toMatchObject({ accepted: false });
  });

  it.each(['epoch', 'revision'])(
    'is not believed where its %s leaves its node no next one',
    (field) => {
      for (const number of [2 ** 52 + 1, Number.MAX_SAFE_INTEGER]) {
        expect(readOpenRecord({ ...open, [field]: number }, owner)).toEqual({
          ...{ verdict: 'malformed', path: `spec.${field}`, reason: 'out of range' },
        });
      }
    },
  );

  it('cannot name a key, whose PSK nobody could derive', () => {
    for (const bad of [
      wireguardRecordOf([3], [deviceOf()]),
      wireguardRecordOf([], [deviceOf({ keyID: 3 })]),
      recordOf([]),
    ]) {
      expect(() => openRecord(bad)).toThrow(KeyingError);
    }
  });
});

describe('reading a record without a Secret', () => {
  it('believes a sealed one too: its writer has got a Secret that may be on its way here', () => {
    const sealed = sealRecord(wireguardRecordOf([3], [deviceOf({ keyID: 3 })]), owner, [
      gcmLine(4),
      gcmLine(3),
    ]);
    expect(readOpenRecord(sealed, owner)).toMatchObject({
      ...{ verdict: 'open', record: sealed, provenKeyIDs: [] },
    });
  });

  it('refuses one of IPsec without proof, and one of a later version', () => {
    expect(readOpenRecord({ ...recordOf([]), macs: [] }, owner)).toEqual({
      verdict: 'malformed',
      path: 'spec.protocolVersion',
      reason: 'out of range',
    });
    expect(readOpenRecord({ ...open, protocolVersion: 3 }, owner)).toEqual({
      verdict: 'too-new-protocol',
      protocolVersion: 3,
    });
  });

  it('never throws, whatever JSON it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (spec) => {
        expect(readOpenRecord(spec, owner).verdict).not.toBe('open');
      }),
      { numRuns: 200 },
    );
  });
});
