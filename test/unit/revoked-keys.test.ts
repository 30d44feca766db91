import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatRevoked, parseRevoked } from '../../src/key-lines/index.js';
import { type Pair, type Tunnel, withoutRevoked } from '../../src/pairs/index.js';

const CHECK = 'Phg5X0O+Yxc=';

describe('the list of revoked keys', () => {
  it('has a key id and a check value a line, and is read as it was written', () => {
    const key = fc.record({
      keyID: fc.integer({ min: 1, max: 15 }),
      check: fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => {
        return Buffer.from(bytes).toString('base64');
      }),
    });
    const lists = fc.uniqueArray(key, { selector: ({ keyID, check }) => `${keyID}${check}` });
    fc.assert(
      fc.property(lists, (keys) => {
        expect(parseRevoked(formatRevoked(keys))).toEqual({ keys });
      }),
    );
  });

  it('may have blank lines, ends of another system, and a key twice', () => {
    const text = `\n3 ${CHECK}\r\n\n 3 ${CHECK}\n`;
    expect(parseRevoked(text)).toEqual({ keys: [{ keyID: 3, check: CHECK }] });
  });

  it.each(['3', `0 ${CHECK}`, `16 ${CHECK}`, `3 ${CHECK} x`, '3 Phg5X0O+Yx==', `3  ${CHECK}`, '#'])(
    'is refused as a whole for the line %j, by its number',
    (line) => {
      expect(parseRevoked(`4 ${CHECK}\n${line}\n`)).toEqual({ badLine: 2 });
    },
  );
});

describe('a pair whose key is revoked', () => {
  const tunnel = (id: string, keyID: number): Tunnel => {
    const end = {
      ...{ nodeName: 'a', nodeUID: 'u', nodeNumber: 1, address: '192.0.2.1' },
      ...{ publicKey: '', epoch: 5 },
    };
    const origin = { keyID, generation: 1, own: end, peer: end };
    return { id, keyID, origin, confirmed: true } as Tunnel;
  };
  const mark = { nodeUID: 'u', protocolVersion: 1, epoch: 9, revision: 1, digest: '' };
  const pair = {
    ...{ peer: 'b', tunnels: [tunnel('x', 3), tunnel('y', 4)], spent: [], sendsOn: 'x' },
    ...{ outClosed: true, inClosed: true, mark: { ...mark, keyIDs: [3] } },
  } as unknown as Pair;

  it('has no tunnel of it any more, whose keys are never made again, and stays shut', () => {
    const after = withoutRevoked(pair, new Set([3]));
    expect(after.tunnels.map(({ id }) => id)).toEqual(['y']);
    expect(after.spent.map(({ id }) => id)).toEqual(['x']);
    expect(after).toMatchObject({ outClosed: true, inClosed: true });
  });

  it('forgets a record that only that key vouched for, and no other', () => {
    expect(withoutRevoked(pair, new Set([3])).mark).toBeUndefined();
    const both = { ...pair, mark: { ...mark, keyIDs: [3, 4] } };
    expect(withoutRevoked(both, new Set([3])).mark).toBe(both.mark);
  });

  it('is the same where it has nothing to do with the key', () => {
    expect(withoutRevoked(pair, new Set([5]))).toBe(pair);
  });
});
