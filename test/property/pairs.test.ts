import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { peaceful, RUNS, settle, stories, tell, upkeep } from '../unit/pairs/stories.js';

vi.setConfig({ testTimeout: 3_600_000 });

describe('pairs of nodes', () => {
  it('lose no packet and send none in plaintext, whatever people do to their agents', () => {
    fc.assert(
      fc.property(stories(peaceful), (story) => {
        const cluster = tell(story);
        cluster.run(100);
        expect(cluster.violations()).toEqual([]);
      }),
      RUNS,
    );
  });

  it('that cannot be confirmed go on in plaintext, and the others are encrypted', () => {
    fc.assert(
      fc.property(stories(upkeep, [3]), fc.boolean(), (story, isStranger) => {
        const cluster = tell(story, ({ strangers, walls }) => {
          if (isStranger) strangers.add('a');
          else walls.add('ab');
        });
        for (const index of cluster.nodes.keys()) {
          cluster.befall({ kind: 'keys', node: index, keyIDs: [1] });
        }
        expect(settle(cluster)).toEqual([]);
        expect(cluster.violations()).toEqual([]);
        const [a, b] = cluster.nodes;
        for (const [one, other] of [
          [a, b],
          [b, a],
        ]) {
          const packets = other && one?.wire.leaving(other.number);
          expect(packets?.map(({ kind }) => kind)).toEqual(['plain', 'plain', 'plain']);
          expect(other && one?.wire.isShut(other.number)).toBe(false);
          // By this they are named: no record that was accepted, or no tunnel that was confirmed.
          const pair = other && one?.pair(other.name);
          expect(pair?.tunnels.some(({ confirmed }) => confirmed) ?? false).toBe(false);
        }
      }),
      RUNS,
    );
  });
});
