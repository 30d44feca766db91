import { describe, expect, it } from 'vitest';
import { apply, desired, diff, type Step } from '../../../src/datapath/index.js';
import { NetlinkError, type NetlinkRequest } from '../../../src/netlink/index.js';
import { ModelKernel } from './model-kernel.js';
import { closedPair, NODE, tunnel, withoutKeys } from './samples.js';

/** A socket whose kernel refuses the steps of a stage. */
function refusing(steps: readonly Step[], stage: Step['stage'], errno: number) {
  const sent: NetlinkRequest[] = [];
  const text = ({ type, body }: NetlinkRequest): string => `${type} ${body}`;
  const refused = new Set(
    steps.filter((step) => step.stage === stage).map((step) => text(step.request)),
  );
  return {
    sent,
    request: async (requests: readonly NetlinkRequest[]) => {
      sent.push(...requests);
      return requests.map((one, index) =>
        refused.has(text(one)) ? new NetlinkError({ errno, text: '' }, index) : undefined,
      );
    },
  };
}

describe('applying a difference', () => {
  const [old, next] = [tunnel(2), tunnel(2, 1)];
  const kernel = new ModelKernel();
  kernel.apply(diff(kernel.actual, desired(NODE, [closedPair(2, old)])).steps);
  const { steps } = diff(kernel.actual, desired(NODE, [closedPair(2, next)]));
  const removals = steps.filter(({ stage }) => stage === 'delete SA');

  it('sends all steps in their order', async () => {
    const socket = refusing(steps, 'delete stale SA', 12);
    expect(await apply(socket, steps)).toEqual([]);
    expect(socket.sent).toEqual(steps.map(({ request }) => request));
  });

  it('keeps SAs that a policy may rely on which could not be changed', async () => {
    const socket = refusing(steps, 'set outbound policy', 12);
    const failures = await apply(socket, steps);
    expect(new Set(failures.map(({ step }) => step.stage))).toEqual(
      new Set(['set outbound policy']),
    );
    expect(removals).toHaveLength(2);
    for (const { request } of removals) expect(socket.sent).not.toContainEqual(request);
  });

  it('takes what is gone already for deleted', async () => {
    expect(await apply(refusing(steps, 'delete SA', 3), steps)).toEqual([]);
    const failures = await apply(refusing(steps, 'delete SA', 1), steps);
    expect(failures.map(({ error }) => error.code)).toEqual(['EPERM', 'EPERM']);
  });

  it('sends nothing when nothing is to be done', async () => {
    kernel.apply(steps);
    const rest = diff(kernel.actual, desired(NODE, [closedPair(2, withoutKeys(next))])).steps;
    const socket = refusing(rest, 'delete SA', 1);
    expect(await apply(socket, rest)).toEqual([]);
    expect(socket.sent).toEqual([]);
  });
});
