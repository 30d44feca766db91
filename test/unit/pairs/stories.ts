import fc from 'fast-check';
import { type Event, ModelCluster } from './model-cluster.js';

const node = fc.nat(2);
const ticks = fc.nat(15);
const keyIDs = fc
  .shuffledSubarray([1, 2, 3], { minLength: 1 })
  .map((ids): readonly number[] => ids);

/** What a rollout or an upgrade does, and an administrator who changes keys. */
export const upkeep: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ kind: fc.constant('keys' as const), node, keyIDs }),
  fc.record({
    kind: fc.constant('kill' as const),
    node,
    ticks,
    after: fc.oneof(fc.nat(30), fc.constant(1000)),
  }),
  fc.record({ kind: fc.constantFrom('pause' as const, 'no API' as const), node, ticks }),
);

/** The same with an administrator who cannot decide. */
export const peaceful: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ kind: fc.constantFrom('enable' as const, 'disable' as const), node }),
  upkeep,
);

export const fault: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ kind: fc.constant('lose SA' as const), node, index: fc.nat(20) }),
  fc.record({ kind: fc.constantFrom('flush SAs' as const, 'flush policies' as const), node }),
  fc.record({ kind: fc.constantFrom('forget' as const, 'reboot' as const), node }),
  fc.record({ kind: fc.constant('no API' as const), node, ticks: fc.nat(200) }),
);

/** A cluster, and what befalls it: so many ticks, and then that. */
export interface Story {
  readonly count: number;
  readonly seed: number;
  readonly events: readonly (readonly [number, Event])[];
}

export function stories(event: fc.Arbitrary<Event>, counts = [2, 2, 2, 3]): fc.Arbitrary<Story> {
  return fc.record({
    count: fc.constantFrom(...counts),
    seed: fc.nat(),
    events: fc.array(fc.tuple(fc.nat(90), event), { maxLength: 14 }),
  });
}

/**
 * Enabled on all nodes, and what then befell them.
 *
 * @param prepare called before anything happens
 */
export function tell(
  { count, seed, events }: Story,
  prepare: (cluster: ModelCluster) => void = () => {},
): ModelCluster {
  const cluster = new ModelCluster(count, seed);
  prepare(cluster);
  for (const index of cluster.nodes.keys()) cluster.befall({ kind: 'enable', node: index });
  for (const [wait, event] of events) {
    cluster.run(wait);
    cluster.befall(event);
  }
  return cluster;
}

/**
 * Goes on without losses until all is as it should be, or it is plain that it never will.
 *
 * @returns what is not
 */
export function settle(cluster: ModelCluster): string[] {
  cluster.loss = 0;
  for (let round = 0; round < 25 && cluster.unsettled().length > 0; round += 1) cluster.run(40);
  return cluster.unsettled();
}

/** How often each property is tried; PAIR_RUNS for a search of an hour. */
export const RUNS = { numRuns: Number(process.env.PAIR_RUNS ?? 25) };
