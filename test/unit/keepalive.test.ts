import { describe, expect, it } from 'vitest';
import { keepaliveSeconds } from '../../src/values/check-wireguard.js';
import { BAD_KEEPALIVES, GOOD_KEEPALIVES } from './keepalives.js';

describe('a keepalive', () => {
  it.each(GOOD_KEEPALIVES)('of %s is %i seconds', (text, seconds) => {
    expect(keepaliveSeconds(text)).toBe(seconds);
  });

  it.each([...BAD_KEEPALIVES, '', '25', '-25s', '+25s', '25 s', '1d', '1e3s', '.5m', '1.m'])(
    'cannot be %j',
    (text) => {
      expect(keepaliveSeconds(text)).toBeUndefined();
    },
  );
});
