import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../../src/cluster/duration.js';

describe('a duration', () => {
  it.each([
    ['5m', 300_000],
    ['90s', 90_000],
    ['1h30m', 5_400_000],
    ['0.5s', 500],
    ['250ms', 250],
    ['0s', 0],
  ])('%s is read as Go reads it', (text, milliseconds) => {
    expect(parseDuration(text, '--timeout')).toBe(milliseconds);
  });

  it.each(['', '5', 'm', '5 m', '-5m', '5d', '1e3s', '25h30', '9999h', '1.s'])(
    '%j is refused',
    (text) => {
      expect(() => parseDuration(text, '--timeout')).toThrow(/^--timeout: error PC447/);
    },
  );
});
