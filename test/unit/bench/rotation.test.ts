import { expect, it } from 'vitest';
import { API, type Costs, TEN_GIGABIT } from '../../../bench/rotate/costs.js';
import { simulate } from '../../../bench/rotate/rotation.js';

/** Of the order of what was measured (docs/benchmarks.md). */
const COSTS: Costs = {
  ...{ roundPerPeer: 0.1, comparePerPeer: 0.2, savePerPeer: 0.01, derive: 0.3, judge: 0.2 },
  ...{ event: 0.01, message: 0.01, readPerObject: 0.02, writePerMessage: 0.01 },
  ...{ ...API, apiBytes: TEN_GIGABIT, roundTrip: 0.2 },
};

it('writes each record twice in a rotation, whatever the size of the cluster', async () => {
  for (const nodes of [3, 9]) {
    const { recordWrites, statusWrites } = await simulate(nodes, COSTS, true, nodes);
    expect({ nodes, recordWrites }).toEqual({ nodes, recordWrites: [2, 2] });
    expect(statusWrites[1]).toBeLessThan(7);
  }
});

it('moves all pairs, soon after the last file has come, and drops the old SAs after that', async () => {
  const nodes = 5;
  const found = await simulate(nodes, COSTS, true, 1);
  expect(found.pairs).toBe((nodes * (nodes - 1)) / 2);
  expect(found.switchedAt).toBeGreaterThan(found.filesAt);
  expect(found.switchedAt).toBeLessThan(found.filesAt + 5000);
  expect(found.oldGoneAt).toBeGreaterThan(found.saidAt + 300_000);
  expect(found.dropped).toBe(0);
  // A probe and a sending of either end at least, and their answers.
  expect(found.messages.answer).toBeGreaterThanOrEqual(4);
  // Two SAs that come and two that go, and each policy out once under the new key.
  expect(found.kernelMessages).toBe(8 * (nodes - 1));
});
