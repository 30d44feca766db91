import { expect, it } from 'vitest';
import { DEFAULT_THRESHOLDS, thresholdsOf } from '../../../src/datapath/index.js';
import { prefix } from '../netlink/samples.js';
import { NODE, pair } from './samples.js';

it('thresholds are the shortest prefixes in use, so that every policy of a pair is hashed', () => {
  const pairs = [pair(2), pair(3, { podPrefixes: [prefix('10.7.0.0/23'), prefix('fd00:9::/56')] })];
  expect(thresholdsOf(NODE, pairs)).toEqual({
    ipv4: { localBits: 24, remoteBits: 23 },
    ipv6: { localBits: 64, remoteBits: 56 },
  });
});

it('thresholds without pods are the kernel’s own', () => {
  const bare = { ...NODE, podPrefixes: [] };
  expect(thresholdsOf(bare, [pair(2, { podPrefixes: [] })])).toEqual(DEFAULT_THRESHOLDS);
  expect(thresholdsOf(bare, [])).toEqual(DEFAULT_THRESHOLDS);
});
