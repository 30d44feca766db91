import { describe, expect, it } from 'vitest';
import {
  type AuthenticRecord,
  isAcceptable,
  markOf,
  nextEpoch,
  nextGeneration,
  nodeNumberKeeper,
  outlivesRevocation,
  type RecordOwner,
  sealRecord,
  type UnsealedRecord,
  verifyRecord,
} from '../../../src/keying/index.js';
import { gcmLine, owner, recordOf } from '../../keying/samples.js';

function authentic(change: Partial<UnsealedRecord> = {}, of: RecordOwner = owner): AuthenticRecord {
  const lines = [gcmLine(3)];
  const verdict = verifyRecord(sealRecord(recordOf([3], change), of, lines), of, lines);
  if (verdict.verdict !== 'authentic') throw new Error(verdict.verdict);
  return verdict;
}

const known = markOf(authentic({ epoch: 1000, revision: 5 }));
const live = 'uid-a';

describe('a record after another of its node', () => {
  it.each<[string, Partial<UnsealedRecord>, string]>([
    ['a newer epoch, whatever its revision', { epoch: 1001, revision: 1 }, 'newer'],
    ['a newer revision', { epoch: 1000, revision: 6 }, 'newer'],
    ['the same again', { epoch: 1000, revision: 5 }, 'same'],
  ])('is accepted with %s', (_, change, news) => {
    expect(isAcceptable(known, authentic(change), live)).toEqual({ accepted: true, news });
  });

  it.each<[string, Partial<UnsealedRecord>, string]>([
    ['an older epoch, whatever its revision', { epoch: 999, revision: 9 }, 'older-epoch'],
    ['an older revision', { epoch: 1000, revision: 4 }, 'older-revision'],
    ['the same revision and other content', { revision: 5, nodeNumber: 18 }, 'other-content'],
    ['the UID of a Node that is gone', { nodeUID: 'uid-0', epoch: 5000 }, 'removed-node'],
  ])('is refused with %s', (_, change, reason) => {
    expect(isAcceptable(known, authentic(change), live)).toEqual({ accepted: false, reason });
  });

  it('is refused when the Node itself is gone, and accepted when it is back', () => {
    const refused = { accepted: false, reason: 'removed-node' };
    expect(isAcceptable(known, authentic({ revision: 6 }), undefined)).toEqual(refused);
    expect(isAcceptable(undefined, authentic(), undefined)).toEqual(refused);
    expect(isAcceptable(known, authentic({ revision: 6 }), live)).toMatchObject({ accepted: true });
  });

  it('is accepted from a new machine under the name, even with an older epoch', () => {
    const next = authentic({ nodeUID: 'uid-new', epoch: 1 });
    expect(isAcceptable(known, next, 'uid-new')).toEqual({ accepted: true, news: 'other-node' });
  });

  it('is refused from an older agent in the same epoch only', () => {
    const newer = { ...known, protocolVersion: 2 };
    expect(isAcceptable(newer, authentic({ revision: 6 }), live)).toEqual({
      accepted: false,
      reason: 'older-protocol',
    });
    expect(isAcceptable(newer, authentic({ epoch: 1001 }), live)).toMatchObject({ accepted: true });
  });

  it('is the first for an agent that knows nothing yet', () => {
    expect(isAcceptable(undefined, authentic(), live)).toEqual({ accepted: true, news: 'first' });
  });
});

describe('the mark of a record', () => {
  it('stands, where it names no key as its node is disabled: it is sealed nevertheless', () => {
    const silent = markOf(authentic({ phase: 'Disabled', keys: [], epoch: 1000 }));
    expect(silent.keyIDs).toEqual([3]);
    const refused = { accepted: false, reason: 'older-epoch' };
    expect(isAcceptable(silent, authentic({ epoch: 999 }), live)).toEqual(refused);
  });

  it('survives the state file', () => {
    expect(JSON.parse(JSON.stringify(known))).toEqual(known);
  });

  it('falls when all key ids that vouched for it are revoked', () => {
    const both = { ...known, keyIDs: [3, 4] };
    expect(outlivesRevocation(both, new Set([3]))).toBe(true);
    expect(outlivesRevocation(both, new Set([3, 4]))).toBe(false);
    expect(outlivesRevocation(known, new Set([3]))).toBe(false);
    expect(outlivesRevocation(known, new Set([4]))).toBe(true);
  });
});

describe('the next epoch', () => {
  it.each([
    [undefined, 1_790_000_000.9, 1_790_000_001],
    [1_790_000_500, 1_790_000_000, 1_790_000_501],
    [1_790_000_500, -62_000, 1_790_000_501],
    [undefined, -62_000, 1],
    [5, 0, 6],
  ])('after %s at second %d is %d', (own, clock, epoch) => {
    expect(nextEpoch(own, clock)).toBe(epoch);
  });

  it('is an error rather than a number that cannot be told from its neighbours', () => {
    const refusal = (reason: string) => expect.objectContaining({ reason });
    expect(() => nextEpoch(Number.MAX_SAFE_INTEGER, 0)).toThrow(refusal('epoch-exhausted'));
    expect(() => nextEpoch(1, Number.NaN)).toThrow(refusal('bad-integer'));
    expect(() => nextEpoch(1, Number.POSITIVE_INFINITY)).toThrow(refusal('epoch-exhausted'));
  });
});

describe('the next generation', () => {
  it('goes round after 31', () => {
    expect([0, 30, 31].map(nextGeneration)).toEqual([1, 31, 0]);
  });
});

describe('a node number that two nodes claim', () => {
  it('stays with the older epoch, and with the smaller name where epochs are equal', () => {
    const a = authentic({ epoch: 10 });
    const b = authentic({ epoch: 9 }, { ...owner, nodeName: 'node-b' });
    const c = authentic({ epoch: 9 }, { ...owner, nodeName: 'node-c' });
    expect(nodeNumberKeeper(a, b)).toBe(b);
    expect(nodeNumberKeeper(b, a)).toBe(b);
    expect(nodeNumberKeeper(c, b)).toBe(b);
    expect(nodeNumberKeeper(b, c)).toBe(b);
  });
});
