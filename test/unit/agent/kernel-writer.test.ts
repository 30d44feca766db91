import { expect, it } from 'vitest';
import { KernelWriter } from '../../../src/agent/kernel-writer.js';
import { Problems } from '../../../src/agent/problems.js';
import type { Surroundings } from '../../../src/agent/surroundings.js';
import type { Engine } from '../../../src/engine/index.js';
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
