import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { show } from '../../src/errors/index.js';
import { json } from './arbitraries.js';

describe('any value in a message', () => {
  const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEF'), minLength: 16 });
  const around = fc.string({ unit: fc.constantFrom(...'g "\n-0a😀'), maxLength: 70 });
  const hiding = fc.oneof(
    json,
    hex,
    fc.tuple(around, hex, around).map((parts) => parts.join('')),
    fc
      .tuple(json, hex)
      .map(([value, text]): unknown => ({ value, [text]: [text, text.split('')] })),
  );

  it('is short, of well-formed text, and has no sixteen hex digits in a row', () => {
    fc.assert(
      fc.property(hiding, (value) => {
        const text = show(value);
        expect(text).not.toMatch(/[0-9a-f]{16}/i);
        expect(text).not.toMatch(/[\p{Cc}\p{Surrogate}]/u);
        expect(text.length).toBeLessThanOrEqual(61);
      }),
      { numRuns: 1000 },
    );
  });
});
