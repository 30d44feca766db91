import { expect, it } from 'vitest';
import { KernelWriter } from '../../../src/agent/kernel-writer.js';
import { Problems } from '../../../src/agent/problems.js';
import type { Surroundings } from '../../../src/agent/surroundings.js';
import type { Engine } from '../../../src/engine/index.js';
import { diagnostic } from '../../../src/errors/index.js';
import { NetlinkError } from '../../../src/netlink/index.js';
import { bare } from '../pairs/samples.js';

it('a kernel that cannot forget connections is named, asked again, and holds nothing up', async () => {
  const answers: (() => number)[] = [
    () => {
      throw new NetlinkError({ errno: 22, text: '' });
    },
    () => 2,
  ];
  const engine = { endPlaintextConnections: async () => answers.shift()?.() ?? 0 };
  const problems = new Problems(() => {});
  const writer = new KernelWriter({
    engine: engine as unknown as Engine,
    problems,
    log: () => {},
  });
  const node = { podCIDRs: [] } as unknown as Surroundings;
  const pairs = [bare({ outClosed: true })];
  await writer.endPlaintextConnections(node, pairs);
  expect(problems.all.map(({ code }) => code)).toEqual(['PC713']);
  await writer.endPlaintextConnections(node, pairs);
  expect(problems.all).toEqual([]);
  expect(answers).toEqual([]);
});

it('a change that is refused is told by its cause where that is known', async () => {
  const error = new NetlinkError({ errno: 98, text: '' });
  const step = { about: 'bring up podcloak_wg0' };
  const failures = [
    { step, error, cause: diagnostic('PC737', 'taken') },
    { step, error },
  ];
  const engine = { apply: async () => [failures.shift()].filter((one) => one !== undefined) };
  const problems = new Problems(() => {});
  const writer = new KernelWriter({ engine: engine as unknown as Engine, problems, log: () => {} });
  for (const code of ['PC737', 'PC717', undefined]) {
    await writer.send([step]);
    expect(problems.all[0]?.code).toBe(code);
  }
});
