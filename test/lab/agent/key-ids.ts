/** What kernels say of the keys that nodes are on. */
import { expect, vi } from 'vitest';
import { IPSEC, type LabEngine } from './engines.js';
import type { LabNode } from './index.js';
import { patience } from './pairs.js';

/** The key ids that a node has ways to others under: SAs, or devices with peers. */
export async function keyIDsOf(node: LabNode, engine: LabEngine = IPSEC): Promise<number[]> {
  return [...new Set(await engine.keyIDsOf(node))];
}

/** Waits until a node is on these key ids at least. */
export async function untilKeyIDs(
  node: LabNode,
  ids: readonly number[],
  engine: LabEngine = IPSEC,
): Promise<void> {
  await vi.waitFor(async () => {
    expect(await keyIDsOf(node, engine)).toEqual(expect.arrayContaining([...ids]));
  }, patience);
}

/** Waits until a node is on these key ids and on no other. */
export async function untilKeyIDsAre(
  node: LabNode,
  ids: readonly number[],
  engine: LabEngine = IPSEC,
): Promise<void> {
  await vi.waitFor(async () => {
    expect(await keyIDsOf(node, engine)).toEqual(ids);
  }, patience);
}

/** Waits until all nodes are on these key ids with all others, and on no other. */
export async function untilOnly(
  ids: readonly number[],
  nodes: readonly LabNode[],
  engine: LabEngine = IPSEC,
): Promise<void> {
  for (const node of nodes) {
    await vi
      .waitFor(async () => {
        const found = await engine.keyIDsOf(node);
        expect([...new Set(found)]).toEqual(ids);
        expect(found).toHaveLength((nodes.length - 1) * engine.waysToPeer);
        expect(await engine.marksOf(node)).toHaveLength(engine.marks(nodes.length - 1));
      }, patience)
      .catch((error: unknown) => {
        throw new Error(`${node.name}: ${String(error)}\n${node.agent.log().slice(-3000)}`);
      });
  }
}
