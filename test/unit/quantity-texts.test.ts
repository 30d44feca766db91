import { describe, expect, it } from 'vitest';
import { ageText } from '../../src/text/age.js';
import { bytesText } from '../../src/text/bytes.js';

describe('a time span for people', () => {
  it.each([
    [0, '0 seconds'],
    [61, '1 minute'],
    [7200, '2 hours'],
    [86_400 * 400, '400 days'],
  ])('of %d s', (seconds, text) => {
    expect(ageText(seconds)).toBe(text);
  });
});

describe('an amount of data for people', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.0 KiB'],
    [1536, '1.5 KiB'],
    [2 ** 20 - 1, '1.0 MiB'],
    [5 * 2 ** 30, '5.0 GiB'],
    [Number.MAX_SAFE_INTEGER, '8.0 PiB'],
    [2 ** 62, '4096.0 PiB'],
  ])('of %d bytes', (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });
});
