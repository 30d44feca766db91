import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bothRig } from './engines.js';
import { pass, stopAll, twoNodes } from './two-nodes.js';

vi.mock('../../../../src/agent/probe-socket.js', async () => {
  const { AirSockets } = await import('./air.js');
  return { ProbeSockets: AirSockets };
});
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  stopAll();
  vi.useRealTimers();
});

describe('rotations of WireGuard that overlap', () => {
  const rotate = async (first: number[], second: number[]): Promise<void> => {
    const { one, two, setKeys } = twoNodes(bothRig, 'wireguard');
    await pass(15);
    setKeys(...first);
    await pass(20);
    setKeys(...second);
    await pass(1200);
    expect(one.agent.problems).toEqual([]);
    expect(await one.pairs()).toEqual(['n2 encrypted 5']);
    expect(await two.pairs()).toEqual(['n1 encrypted 5']);
  };

  it('come to the last key, with a line in common', async () => {
    await rotate([3, 4], [4, 5]);
  });

  // Both devices are of tunnels that no line wants any more, and a third has no room before one of them goes.
  it('come to the last key, with no line in common', async () => {
    await rotate([4], [5]);
  });
});
