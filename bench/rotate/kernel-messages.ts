import { desired, diff, type PairWish } from '../../src/datapath/index.js';
import { nodeWish, type Pair, pairWish, type Tunnel } from '../../src/pairs/index.js';
import { ModelKernel } from '../../test/unit/datapath/model-kernel.js';
import { fakeAlgorithms } from '../../test/unit/pairs/samples.js';
import { addressOf, podCidrOf } from './fleet.js';

/** What the kernel should hold for a pair follows from these. */
export interface Holding {
  readonly pair: Pair;
  readonly best: Tunnel | undefined;
  readonly probe: Tunnel | undefined;
}

/** Two pairs of the same shape take the same messages: all that matters but whose they are. */
export function shapeOf({ pair, best, probe }: Holding): string {
  const { tunnels, outClosed, inClosed } = pair;
  const ids = tunnels.map(({ keyID }) => keyID).join('+');
  return `${ids} ${best?.keyID}, ${probe?.keyID} ${outClosed} ${inClosed}`;
}

const known = new Map<string, number>();

/** How many messages take a node's kernel from the one to the other: those of the real comparison. */
export function messagesBetween(node: number, before: Holding, after: Holding): number {
  const key = `${shapeOf(before)} > ${shapeOf(after)}`;
  const count = known.get(key) ?? countBetween(node, before, after);
  known.set(key, count);
  return count;
}

function countBetween(node: number, before: Holding, after: Holding): number {
  const own = nodeWish([podCidrOf(node)], [addressOf(node)], false);
  const kernel = new ModelKernel();
  kernel.apply(diff(kernel.actual, desired(own, [wishOf(before)])).steps);
  return diff(kernel.actual, desired(own, [wishOf(after)])).steps.length;
}

/** With keys for all of its tunnels. */
export function wishOf({ pair, best, probe }: Holding): PairWish {
  return pairWish(pair, best, probe, (id, way) => {
    const origin = pair.tunnels.find((one) => one.id === id)?.origin;
    if (origin === undefined) return undefined;
    const { own, peer } = origin;
    return way === 'inbound'
      ? fakeAlgorithms(origin, peer, own)
      : fakeAlgorithms(origin, own, peer);
  });
}
