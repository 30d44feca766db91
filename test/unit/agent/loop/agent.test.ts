import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RIGS } from './engines.js';
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

describe.each(RIGS)('two agents on %s', (_, make) => {
  it('come to encrypt, and are ready', async () => {
    const { api, one, two } = twoNodes(make);
    await pass(15);
    expect(await one.pairs()).toEqual(['n2 encrypted 3']);
    expect(await two.pairs()).toEqual(['n1 encrypted 3']);
    expect([one.agent.problems, two.agent.problems]).toEqual([[], []]);
    expect([one.agent.isReady, two.agent.isReady]).toEqual([true, true]);
    expect([api.spec('n1').phase, api.spec('n1').type]).toEqual(['Enforced', 'ipsec']);
  });

  it('change nothing once all is as it should be, nor after a restart', async () => {
    const { one, two } = twoNodes(make);
    await pass(15);
    const before = (await one.agent.report()).kernelWrites;
    await pass(600);
    expect((await one.agent.report()).kernelWrites).toBe(before);
    two.stop();
    two.start();
    await pass(30);
    expect((await two.agent.report()).kernelWrites).toBe(0);
    expect(await two.pairs()).toEqual(['n1 encrypted 3']);
  });

  it('move to another key, and drop what was under the old one', async () => {
    const { one, two, setKeys } = twoNodes(make);
    await pass(15);
    setKeys(3, 4);
    await pass(30);
    expect(await one.pairs()).toEqual(['n2 encrypted 4']);
    expect(await two.pairs()).toEqual(['n1 encrypted 4']);
    setKeys(4);
    await pass(120);
    expect((await one.agent.report()).status.keyIDs).toEqual([4]);
    expect(one.logged.filter((text) => text.includes('SAs are not'))).toEqual([]);
  });

  it('take new keys when what was in the kernel is gone', async () => {
    const { one, two } = twoNodes(make);
    await pass(15);
    one.rig.lose();
    one.agent.kernelChanged();
    await pass(30);
    expect(one.logged).toContain('SAs are not in the kernel as they should be');
    expect(await one.pairs()).toEqual(['n2 encrypted 3']);
    expect(await two.pairs()).toEqual(['n1 encrypted 3']);
  });

  it('walk back when encryption is disabled, and leave nothing', async () => {
    const { api, one, two } = twoNodes(make);
    await pass(15);
    expect(one.rig.contents()).not.toEqual([]);
    api.configure({ 'encryption.enabled': 'false' });
    await pass(60);
    expect([one.rig.contents(), two.rig.contents()]).toEqual([[], []]);
    expect(api.spec('n1').phase).toBe('Disabled');
    expect((await one.agent.report()).status.mode).toBe('Disabled');
  });
});
