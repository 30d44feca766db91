import { describe, expect, it } from 'vitest';
import { desired, diff } from '../../../src/datapath/index.js';
import {
  adopt,
  bestOf,
  nodeWish,
  type Pair,
  pairWish,
  type Tunnel,
  wantedOrigins,
} from '../../../src/pairs/index.js';
import { ModelKernel } from '../datapath/model-kernel.js';
import { bare, fakeAlgorithms, fakeTunnel, ownEnd, record } from './samples.js';

const OWN = '192.168.50.1';
const NODE = nodeWish(['10.244.1.0/24'], [OWN], false);

const origins = [1, 2].flatMap((epoch) =>
  wantedOrigins(
    ownEnd({ name: 'a', number: 1, epoch, generation: epoch }),
    record({ name: 'b', number: 2 }),
  ),
);

function tunnels(...bits: Partial<Tunnel>[]): Tunnel[] {
  return bits.map((change, index) => {
    const origin = origins[index];
    if (origin === undefined) throw new Error('there are two epochs only');
    return { ...fakeTunnel(origin, bare().reqid), ...change };
  });
}

/** What an agent wants that has these pairs, with keys as long as it has them. */
function wishOf(pairs: readonly Pair[]) {
  const keys = new Map(
    origins.flatMap((origin) => {
      const { id } = fakeTunnel(origin, 0);
      return [
        [`${id} inbound`, fakeAlgorithms(origin, origin.peer, origin.own)] as const,
        [`${id} outbound`, fakeAlgorithms(origin, origin.own, origin.peer)] as const,
      ];
    }),
  );
  const wishes = pairs.map((pair) => {
    const best = bestOf(pair, []);
    const probe = best ?? pair.tunnels.at(-1);
    return pairWish(pair, best, probe, (id, way) => keys.get(`${id} ${way}`));
  });
  return desired(NODE, wishes);
}

/** A kernel that holds what follows from these pairs. */
function kernelOf(...pairs: Pair[]): ModelKernel {
  const kernel = new ModelKernel();
  kernel.apply(diff(kernel.actual, wishOf(pairs)).steps);
  return kernel;
}

const CLOSED = bare({ tunnels: tunnels({ confirmed: true }), outClosed: true, inClosed: true });

describe('what an agent finds in the kernel that remembers nothing', () => {
  it('is a pair as it is, under a name that no node has', () => {
    const [tunnel] = CLOSED.tunnels;
    const found = adopt(kernelOf(CLOSED).actual, [], [OWN]);
    expect(found).toMatchObject([
      {
        peer: expect.stringContaining('/'),
        reqid: CLOSED.reqid,
        podPrefixes: CLOSED.podPrefixes,
        addresses: CLOSED.addresses,
        outClosed: true,
        inClosed: true,
        tunnels: [
          {
            inbound: tunnel?.inbound,
            outbound: tunnel?.outbound,
            confirmed: true,
            peerSends: true,
          },
        ],
      },
    ]);
    expect(found[0]?.tunnels[0]?.origin).toBeUndefined();
  });

  it.each<[string, Pair]>([
    ['encrypted both ways', CLOSED],
    ['with an optional inbound policy', { ...CLOSED, inClosed: false }],
    ['not confirmed yet', bare({ tunnels: tunnels({}) })],
    [
      'with an old and a new tunnel',
      {
        ...CLOSED,
        tunnels: tunnels({ confirmed: true }, {}),
        sendsOn: origins[0] ? fakeTunnel(origins[0], 0).id : '',
      },
    ],
    ['blocked, with tunnels that nobody confirmed', { ...CLOSED, tunnels: tunnels({}) }],
  ])('stays as it is: %s', (_, pair) => {
    const kernel = kernelOf(pair);
    const found = adopt(kernel.actual, [], [OWN]);
    const data = (actual: ReturnType<typeof diff>): string[] =>
      actual.steps.map(({ about }) => about).filter((about) => !about.includes(' 9987/'));
    const again = wishOf(found);
    const { lost, taken } = diff(kernel.actual, again);
    expect([lost, taken]).toEqual([[], []]);
    expect(data(diff(kernel.actual, again))).toEqual([]);
  });

  it('is shut where it was half-way to be', () => {
    const kernel = kernelOf({ ...CLOSED, inClosed: false });
    const steps = diff(kernel.actual, wishOf([CLOSED])).steps;
    expect(steps.length).toBeGreaterThan(1);
    kernel.apply(steps.slice(0, 1));
    expect(adopt(kernel.actual, [], [OWN])).toMatchObject([{ outClosed: true, inClosed: true }]);
  });

  it('is shut where its outbound policies are gone, but not the inbound ones that refuse plaintext', () => {
    const kernel = kernelOf(CLOSED);
    const steps = diff(kernel.actual, desired(NODE, [])).steps;
    kernel.apply(steps.filter(({ stage }) => stage === 'delete outbound policy'));
    expect(adopt(kernel.actual, [], [OWN])).toMatchObject([{ outClosed: true, inClosed: true }]);
  });

  it('are blocks, each on its own until a record claims it', () => {
    const found = adopt(kernelOf(bare({ outClosed: true })).actual, [], [OWN]);
    expect(found).toHaveLength(2);
    expect(found.flatMap(({ podPrefixes, addresses }) => [...podPrefixes, ...addresses])).toEqual([
      '10.244.2.0/24',
      '192.168.50.2',
    ]);
    expect(found.every(({ outClosed }) => outClosed)).toBe(true);
    expect(new Set(found.map(({ reqid }) => reqid)).size).toBe(2);
  });

  it('is nothing that is remembered', () => {
    expect(adopt(kernelOf(CLOSED).actual, [CLOSED], [OWN])).toEqual([]);
    expect(adopt(new ModelKernel().actual, [], [OWN])).toEqual([]);
  });

  it('says on which of two tunnels our data goes, and not on which the peer’s does', () => {
    const pair = { ...CLOSED, tunnels: tunnels({ confirmed: true }, { confirmed: true }) };
    const [found] = adopt(kernelOf(pair).actual, [], [OWN]);
    expect(found?.tunnels.map(({ confirmed }) => confirmed)).toEqual([false, true]);
    expect(found?.tunnels.map(({ peerSends }) => peerSends)).toEqual([false, false]);
    expect(found?.sendsOn).toBe(found?.tunnels[1]?.id);
  });
});
