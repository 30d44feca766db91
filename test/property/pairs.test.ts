import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { type Event, ModelCluster } from '../unit/pairs/model-cluster.js';

vi.setConfig({ testTimeout: 120_000 });

const node = fc.nat(2);
const keyIDs = fc
  .shuffledSubarray([1, 2, 3], { minLength: 1 })
  .map((ids): readonly number[] => ids);

/** What an administrator, a rollout or an upgrade does. */
const peaceful: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ kind: fc.constantFrom('enable' as const, 'disable' as const), node }),
  fc.record({ kind: fc.constant('keys' as const), node, keyIDs }),
  fc.record({
    kind: fc.constant('kill' as const),
    node,
    ticks: fc.nat(15),
    after: fc.oneof(fc.nat(30), fc.constant(1000)),
  }),
  fc.record({
    kind: fc.constantFrom('pause' as const, 'no API' as const),
    node,
    ticks: fc.nat(15),
  }),
);

const fault: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ kind: fc.constant('lose SA' as const), node, index: fc.nat(20) }),
  fc.record({
    kind: fc.constantFrom('flush SAs' as const, 'flush policies' as const, 'forget' as const),
    node,
  }),
  fc.record({ kind: fc.constant('reboot' as const), node }),
  fc.record({ kind: fc.constant('no API' as const), node, ticks: fc.nat(200) }),
);

/** So many ticks, and then that. */
const story = (event: fc.Arbitrary<Event>) =>
  fc.array(fc.tuple(fc.nat(90), event), { maxLength: 14 });

interface Told {
  readonly count: number;
  readonly seed: number;
  readonly events: readonly (readonly [number, Event])[];
}

/** Enabled on all nodes, and what then befell them. */
function tell({ count, seed, events }: Told): ModelCluster {
  const cluster = new ModelCluster(count, seed);
  for (const index of cluster.nodes.keys()) cluster.befall({ kind: 'enable', node: index });
  for (const [ticks, event] of events) {
    cluster.run(ticks);
    cluster.befall(event);
  }
  return cluster;
}

/** Until all is as it should be, or it is plain that it never will. */
function settle(cluster: ModelCluster): string[] {
  cluster.loss = 0;
  for (let round = 0; round < 25 && cluster.unsettled().length > 0; round += 1) cluster.run(40);
  return cluster.unsettled();
}

const told = (event: fc.Arbitrary<Event>): fc.Arbitrary<Told> =>
  fc.record({ count: fc.constantFrom(2, 2, 2, 3), seed: fc.nat(), events: story(event) });

const runs = { numRuns: Number(process.env.PAIR_RUNS ?? 150) };

describe('pairs of nodes', () => {
  it('lose no packet and send none in plaintext, whatever people do to their agents', () => {
    fc.assert(
      fc.property(told(peaceful), (given) => {
        const cluster = tell(given);
        cluster.run(100);
        expect(cluster.violations()).toEqual([]);
      }),
      runs,
    );
  });

  it('are all encrypted once they are left alone, with the wanted tunnels only', () => {
    fc.assert(
      fc.property(told(fc.oneof(peaceful, fault)), (given) => {
        const cluster = tell(given);
        for (const index of cluster.nodes.keys()) {
          cluster.befall({ kind: 'enable', node: index });
          cluster.befall({ kind: 'keys', node: index, keyIDs: index === 0 ? [1, 2] : [2, 1] });
        }
        expect(settle(cluster)).toEqual([]);
        expect(cluster.violations(/plaintext at|twice/)).toEqual([]);
      }),
      runs,
    );
  });

  it('leave nothing behind once encryption is disabled on all', () => {
    fc.assert(
      fc.property(told(fc.oneof(peaceful, fault)), (given) => {
        const cluster = tell(given);
        for (const index of cluster.nodes.keys()) cluster.befall({ kind: 'disable', node: index });
        expect(settle(cluster)).toEqual([]);
        expect(cluster.violations(/plaintext at|twice/)).toEqual([]);
      }),
      runs,
    );
  });
});
