/** Waiting for the pairs of a cluster. */
import { waitFor } from '../wait.js';
import { type Closure, closureOf } from './closure.js';
import type { LabEngine } from './engines.js';
import type { LabNode } from './index.js';

/** Ample, for three emulated nodes on a busy machine. */
export const patience = { timeout: 600_000, interval: 1000 };

/**
 * Waits until each of these nodes treats each other one like this.
 *
 * @param look as an engine's tests see it; as IPsec's by default
 */
export async function untilAll(
  nodes: readonly LabNode[],
  closure: Closure,
  look: LabEngine['closureOf'] = closureOf,
): Promise<void> {
  for (const node of nodes) {
    for (const peer of nodes) {
      if (node === peer) continue;
      await waitFor(async () => {
        const found = await look(node, peer);
        if (found !== closure) {
          throw new Error(
            `${node.name} to ${peer.name} is ${found}, not ${closure}\n${node.agent.log().slice(-1500)}`,
          );
        }
      }, patience);
    }
  }
}

export async function untilReady(nodes: readonly LabNode[]): Promise<void> {
  for (const { name, agent } of nodes) {
    await waitFor(async () => {
      const { status, body } = await agent.get('/readyz');
      if (status !== 200)
        throw new Error(`${name} is not ready: ${status} ${body}\n${agent.log().slice(-1500)}`);
    }, patience);
  }
}
