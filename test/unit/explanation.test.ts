import { describe, expect, it } from 'vitest';
import {
  AREAS,
  areaOf,
  ERRORS,
  type ErrorCode,
  explain,
  nearestCode,
  parseCode,
  REASONS,
} from '../../src/errors/index.js';

const CODES = Object.keys(ERRORS) as ErrorCode[];

describe('an explanation', () => {
  it.each(CODES)('has an area and whole sentences: %s', (code) => {
    const { what, why, when, remedy } = explain(code);

    expect(areaOf(code)).toBeDefined();
    for (const text of [what, why ?? what, when, remedy])
      expect(text).toMatch(/^[`\p{L}'].*[.)]$/su);
  });

  it('does not say for a reason what the title says already', () => {
    for (const [code, why] of Object.entries(REASONS)) {
      expect(why).not.toContain(ERRORS[code as ErrorCode].title);
    }
  });

  it('has no area without a code', () => {
    for (const area of AREAS) expect(CODES.some((code) => areaOf(code) === area)).toBe(true);
  });
});

describe('a code in a text', () => {
  it.each<[string, string | undefined]>([
    ['PC101', 'PC101'],
    [' pc101 ', 'PC101'],
    ['101', 'PC101'],
    ['PC1011', undefined],
    ['PC999', undefined],
    ['toString', undefined],
    ['', undefined],
  ])('is read: %j', (text, code) => {
    expect(parseCode(text)).toBe(code);
  });

  it('that does not exist is nearest to one of the same hundred', () => {
    expect(nearestCode('PC299')).toMatch(/^PC2/);
    expect(nearestCode('error PC100:')).toBe('PC101');
    expect(nearestCode('PC')).toBeUndefined();
  });
});
