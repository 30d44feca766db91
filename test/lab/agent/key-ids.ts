/** What a kernel's SAs say of the keys that nodes are on. */
import { expect, vi } from 'vitest';
import type { LabNode } from './index.js';
import { spisOf } from './life.js';
import { patience } from './pairs.js';

/** The key ids that a node has SAs of. */
export async function keyIDsOf(node: LabNode): Promise<number[]> {
  return keyIDsIn(await spisOf(node));
}

/** The first four bits of an SPI are its key id. */
function keyIDsIn(spis: readonly string[]): number[] {
  const ids = spis.map((spi) => Number.parseInt(spi.slice(2).padStart(8, '0')[0] ?? '', 16));
  return [...new Set(ids)];
}

/** Waits until a node has SAs of these key ids at least. */
export async function untilKeyIDs(node: LabNode, ids: readonly number[]): Promise<void> {
  await vi.waitFor(async () => {
    expect(await keyIDsOf(node)).toEqual(expect.arrayContaining([...ids]));
  }, patience);
}

/** Waits until a node has SAs of these key ids and of no other. */
export async function untilKeyIDsAre(node: LabNode, ids: readonly number[]): Promise<void> {
  await vi.waitFor(async () => {
    expect(await keyIDsOf(node)).toEqual(ids);
  }, patience);
}

/** Waits until all nodes have SAs of these key ids, to all others, and of no other. */
export async function untilOnly(ids: readonly number[], nodes: readonly LabNode[]): Promise<void> {
  for (const node of nodes) {
    await vi
      .waitFor(async () => {
        const spis = await spisOf(node);
        expect(keyIDsIn(spis)).toEqual(ids);
        expect(spis).toHaveLength((nodes.length - 1) * 2);
      }, patience)
      .catch((error: unknown) => {
        throw new Error(`${node.name}: ${String(error)}\n${node.agent.log().slice(-3000)}`);
      });
  }
}
