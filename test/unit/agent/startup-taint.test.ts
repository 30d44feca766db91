import { describe, expect, it } from 'vitest';
import { Problems } from '../../../src/agent/problems.js';
import { StartupTaint } from '../../../src/agent/startup-taint.js';
import { type ClusterEvent, KubeError, type OwnNode } from '../../../src/kube/index.js';

const KEY = 'podcloak.dev/agent-not-ready';
const node = (...taints: string[]): OwnNode => ({
  ...{ name: 'n1', uid: 'u', labels: {}, podCIDRs: [], addresses: [], taints },
});
const READY = { node: node('other', KEY), key: KEY, isReady: true };

/** A remover, what it asked for, and what it said; each request ends when the test says so. */
function remover() {
  const asked: unknown[][] = [];
  const events: ClusterEvent[] = [];
  const lines: string[] = [];
  const ends: { done: () => void; fail: (error: Error) => void }[] = [];
  const log = (_: string, line: string): void => {
    lines.push(line);
  };
  const problems = new Problems(log);
  const taint = new StartupTaint({
    cluster: {
      removeTaint: (...args) => {
        asked.push(args);
        return new Promise((done, fail) => ends.push({ done, fail }));
      },
      event: async (event) => {
        events.push(event);
      },
    },
    problems,
    log,
  });
  const end = async (error?: Error): Promise<void> => {
    const last = ends.shift();
    if (error === undefined) last?.done();
    else last?.fail(error);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { taint, asked, events, lines, problems, end };
}

const forbidden = new KubeError('PC503', 'PATCH: 403: no', { status: 403 });

describe('the startup taint', () => {
  it('is removed once the agent is ready, and an event says so', async () => {
    const { taint, asked, events, lines, end } = remover();
    taint.look({ ...READY, isReady: false }, 0);
    expect(asked).toEqual([]);
    taint.look(READY, 10);
    expect(asked).toEqual([['n1', KEY, ['other', KEY]]]);
    await end();
    expect(events).toMatchObject([
      { type: 'Normal', reason: 'StartupTaintRemoved', regarding: { kind: 'Node', name: 'n1' } },
    ]);
    expect(lines).toEqual(['removed the startup taint']);
  });

  it.each([
    ['there is no Node yet', { node: undefined }],
    ['none is configured', { key: undefined }],
    ['the Node does not have it', { node: node('other') }],
  ])('is left alone where %s', (_, change) => {
    const { taint, asked } = remover();
    taint.look({ ...READY, ...change }, 0);
    expect(asked).toEqual([]);
  });

  it('is asked for once at a time, and again with longer and longer waits', async () => {
    const { taint, asked, end } = remover();
    taint.look(READY, 0);
    taint.look(READY, 5000);
    expect(asked).toHaveLength(1);
    await end(forbidden);
    const at: number[] = [];
    for (let now = 5000; now < 200_000; now += 1000) {
      const before = asked.length;
      taint.look(READY, now);
      if (asked.length > before) at.push(now - 5000);
      await end(forbidden);
    }
    expect(at).toEqual([0, 2000, 6000, 14_000, 30_000, 62_000, 122_000, 182_000]);
  });

  it('is a problem that does not make the node unready while it cannot be removed', async () => {
    const { taint, problems, end } = remover();
    taint.look(READY, 0);
    await end(forbidden);
    expect(problems.all).toMatchObject([{ code: 'PC555', severity: 'warning' }]);
    expect(problems.all[0]?.message).toContain('403');
    taint.look(READY, 1000);
    await end();
    expect(problems.all).toEqual([]);
  });

  it('is no problem any more once somebody else has removed it', async () => {
    const { taint, problems, end } = remover();
    taint.look(READY, 0);
    await end(forbidden);
    taint.look({ ...READY, node: node('other') }, 10);
    expect(problems.all).toEqual([]);
  });

  it('is tried again without a word when others changed the taints meanwhile', async () => {
    const { taint, asked, lines, problems, end } = remover();
    taint.look(READY, 0);
    await end(new KubeError('PC507', 'PATCH: 422: test failed', { status: 422 }));
    expect([problems.all, lines]).toEqual([[], []]);
    taint.look({ ...READY, node: node(KEY) }, 1000);
    expect(asked.at(-1)).toEqual(['n1', KEY, [KEY]]);
  });

  it('is removed again at once when somebody has put it back', async () => {
    const { taint, asked, end } = remover();
    taint.look(READY, 0);
    await end();
    taint.look({ ...READY, node: node() }, 10);
    taint.look(READY, 20);
    expect(asked).toHaveLength(2);
  });
});
