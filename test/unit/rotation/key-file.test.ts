import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEY_ALGORITHMS, newKeyLine, parseKeyLines } from '../../../src/key-lines/index.js';
import { currentOnly, nextKeyID, withLine } from '../../../src/rotation/key-file.js';

const NONE: ReadonlySet<number> = new Set();
const file = (...ids: number[]): string =>
  ids.map((id) => newKeyLine(id, 'rfc4106-gcm-aes', randomBytes)).join('\n');
const linesOf = (text: string) => parseKeyLines(text).keys;
const idsOf = (text: string) => linesOf(text).map(({ keyId }) => keyId);

describe('the next key id', () => {
  it.each([
    ['follows the last line’s', [3], [], 4],
    ['is 1 after 15', [15], [], 1],
    ['passes over those in the file', [4, 5, 3], [], 6],
    ['passes over those that nodes know still', [14], [15, 1], 2],
    ['goes by the last line, not by the greatest', [9, 2], [], 3],
  ])('%s', (_, ids, taken, next) => {
    expect(nextKeyID(linesOf(file(...ids)), new Set(taken))).toBe(next);
  });

  it('is none where all 15 are taken', () => {
    const all = Array.from({ length: 15 }, (_, index) => index + 1);
    expect(nextKeyID(linesOf(file(1)), new Set(all))).toBeUndefined();
  });
});

describe('the key file of a rotation', () => {
  it('has the new line last, where agents prefer it, and the old ones before it', () => {
    const text = `# ours\n${file(3)}`;
    const rotated = withLine(text, file(4));
    expect(idsOf(rotated)).toEqual([3, 4]);
    expect(rotated.startsWith(text)).toBe(true);
  });

  it('is left with the last line and the comments, whatever ends its lines', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = ['# ours', file(3), '', file(4), file(5), '# end', ''].join(end);
      const left = currentOnly(text, linesOf(text));
      expect(idsOf(left)).toEqual([5]);
      expect(left).toContain('# ours');
      expect(left).toContain('# end');
    }
  });

  it('takes any number of rotations, with one line more in between and one after each', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 15 }),
        fc.array(fc.constantFrom(...KEY_ALGORITHMS), { maxLength: 20 }),
        (first, algorithms) => {
          let text = file(first);
          for (const algorithm of algorithms) {
            const before = idsOf(text);
            const id = nextKeyID(linesOf(text), NONE) ?? 0;
            expect(id).toBe(((before.at(-1) ?? 0) % 15) + 1);
            text = withLine(text, newKeyLine(id, algorithm, randomBytes));
            expect(parseKeyLines(text).problems).toEqual([]);
            expect(idsOf(text)).toEqual([...before, id]);
            text = currentOnly(text, linesOf(text));
            expect(idsOf(text)).toEqual([id]);
          }
        },
      ),
    );
  });
});
