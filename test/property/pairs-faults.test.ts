import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { fault, peaceful, RUNS, settle, stories, tell } from '../unit/pairs/stories.js';

vi.setConfig({ testTimeout: 3_600_000 });

/** All but packets that are lost, as they must be when an SA is. */
const NO_LOSS = /^(?!loss)/;

describe('pairs of nodes to which anything may happen', () => {
  it('are all encrypted once they are left alone, with the wanted tunnels only', () => {
    fc.assert(
      fc.property(stories(fc.oneof(peaceful, fault)), (story) => {
        const cluster = tell(story);
        for (const index of cluster.nodes.keys()) {
          cluster.befall({ kind: 'enable', node: index });
          cluster.befall({ kind: 'keys', node: index, keyIDs: index === 0 ? [1, 2] : [2, 1] });
        }
        expect(settle(cluster)).toEqual([]);
        expect(cluster.violations(NO_LOSS)).toEqual([]);
      }),
      RUNS,
    );
  });

  // With a record replayed from before its owner lost its memory, while the owner's own named no key.
  it('install no key twice where both have forgotten, and were disabled meanwhile', () => {
    const cluster = tell({
      count: 2,
      seed: 29,
      events: [
        [8, { kind: 'forget', node: 1 }],
        [43, { kind: 'forget', node: 0 }],
        [51, { kind: 'lose SA', node: 0, index: 0 }],
        [13, { kind: 'kill', node: 0, ticks: 0, after: 0 }],
        [33, { kind: 'kill', node: 0, ticks: 0, after: 1000 }],
        [59, { kind: 'disable', node: 1 }],
        [70, { kind: 'disable', node: 0 }],
        [27, { kind: 'no API', node: 0, ticks: 17 }],
      ],
    });
    for (const index of cluster.nodes.keys()) {
      cluster.befall({ kind: 'enable', node: index });
      cluster.befall({ kind: 'keys', node: index, keyIDs: index === 0 ? [1, 2] : [2, 1] });
    }
    expect(settle(cluster)).toEqual([]);
    expect(cluster.violations(NO_LOSS)).toEqual([]);
  });

  it('leave nothing behind once encryption is disabled on all', () => {
    fc.assert(
      fc.property(stories(fc.oneof(peaceful, fault)), (story) => {
        const cluster = tell(story);
        for (const index of cluster.nodes.keys()) cluster.befall({ kind: 'disable', node: index });
        expect(settle(cluster)).toEqual([]);
        expect(cluster.violations(NO_LOSS)).toEqual([]);
      }),
      RUNS,
    );
  });
});
