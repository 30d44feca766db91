import { describe, expect, it } from 'vitest';
import {
  needsEpoch,
  type Origin,
  type Pair,
  step,
  wantedOrigins,
  withoutLost,
} from '../../../src/pairs/index.js';
import { bare, fakeTunnel, ownEnd, record, situation } from './samples.js';

function wants(epoch: number, peerEpoch = 1): Origin[] {
  const own = ownEnd({ name: 'a', number: 1, epoch, generation: epoch % 32 });
  return wantedOrigins(own, record({ name: 'b', number: 2, epoch: peerEpoch }));
}

/** After its tunnel of epoch 1 was lost. */
function lost(): Pair {
  const pair = step(bare(), situation({ wanted: wants(1) }), fakeTunnel);
  return withoutLost(pair, new Set(pair.tunnels.map(({ id }) => id)));
}

describe('keys that were in the kernel once', () => {
  it('are not made again', () => {
    const again = step(lost(), situation({ wanted: wants(1) }), fakeTunnel);
    expect(again.tunnels).toEqual([]);
    expect(again.spent).toHaveLength(1);
  });

  it('ask for a new epoch while they are wanted', () => {
    expect(needsEpoch(lost(), wants(1))).toBe(true);
    expect(needsEpoch(lost(), wants(2))).toBe(false);
    expect(needsEpoch(lost(), [])).toBe(false);
  });

  it.each([
    ['our epoch is another', wants(2)],
    ['the peer’s is', wants(1, 2)],
  ])('are forgotten once %s', (_, wanted) => {
    const after = step(lost(), situation({ wanted }), fakeTunnel);
    expect(after.spent).toEqual([]);
    expect(after.tunnels).toHaveLength(1);
  });

  it('are remembered while nothing is wanted', () => {
    expect(step(lost(), situation(), fakeTunnel).spent).toHaveLength(1);
  });

  it('are those of the tunnels of before, when encryption was disabled and is enabled again', () => {
    const pair = step(bare(), situation({ wanted: wants(1) }), fakeTunnel);
    const off = step(pair, situation({ disabled: true }), fakeTunnel);
    expect(needsEpoch(off, wants(1))).toBe(true);
    const on = step(off, situation({ wanted: wants(2) }), fakeTunnel);
    expect(on.tunnels.map(({ origin }) => origin?.own.epoch)).toEqual([1, 2]);
  });

  it('prove nothing by what was said on them before, although the epoch is another', () => {
    const pair = step(bare(), situation({ wanted: wants(1) }), fakeTunnel);
    const tunnels = pair.tunnels.map((one) => ({ ...one, confirmed: true, peerSends: true }));
    const shut = { ...pair, tunnels, outClosed: true, inClosed: true };
    const off = step(shut, situation({ disabled: true }), fakeTunnel);
    const on = step(
      off,
      situation({ wanted: wants(2), enforced: true, settled: true }),
      fakeTunnel,
    );
    expect(on.inClosed).toBe(false);
  });

  it('of a pair that lost nothing are none', () => {
    const pair = step(bare(), situation({ wanted: wants(1) }), fakeTunnel);
    expect(withoutLost(pair, new Set(['another']))).toBe(pair);
  });
});
