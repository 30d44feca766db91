import { expect, it } from 'vitest';
import type { Exemption } from '../../../src/agent/exemption.js';
import type { Kernel } from '../../../src/agent/kernel.js';
import { KernelWriter } from '../../../src/agent/kernel-writer.js';
import { Problems } from '../../../src/agent/problems.js';
import type { Surroundings } from '../../../src/agent/surroundings.js';
import { NetlinkError } from '../../../src/netlink/index.js';
import { bare } from '../pairs/samples.js';

it('a kernel that cannot forget connections is named, asked again, and holds nothing up', async () => {
  const answers: (() => number)[] = [
    () => {
      throw new NetlinkError({ errno: 22, text: '' });
    },
    () => 2,
  ];
  const exemption = { forgetMasqueraded: async () => answers.shift()?.() ?? 0 };
  const problems = new Problems(() => {});
  const writer = new KernelWriter({
    kernel: {} as Kernel,
    exemption: exemption as unknown as Exemption,
    problems,
    log: () => {},
  });
  const node = { prefixes: [] } as unknown as Surroundings;
  const pairs = [bare({ outClosed: true })];
  await writer.forgetMasqueraded(node, pairs);
  expect(problems.all.map(({ code }) => code)).toEqual(['PC713']);
  await writer.forgetMasqueraded(node, pairs);
  expect(problems.all).toEqual([]);
  expect(answers).toEqual([]);
});
