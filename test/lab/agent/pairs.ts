/** What of a pair's encryption is to be seen in a node's kernel. */
import { waitFor } from '../wait.js';
import type { LabNode, XfrmTools } from './index.js';

/** Ample, for three emulated nodes on a busy machine. */
export const patience = { timeout: 600_000, interval: 1000 };

/** `plain`: no policy of ours; `closed`: nothing but ESP, both ways; `open`: on the way. */
export type Closure = 'plain' | 'open' | 'closed';

/** How a node treats the pods of another, by its own policies. */
export function closureOf(
  node: XfrmTools,
  { addresses }: Pick<LabNode, 'addresses'>,
): Promise<Closure> {
  return closureOfPrefixes(node, [addresses.podCidr, addresses.podCidr6]);
}

/** @param prefixes those of the other node's pods */
export async function closureOfPrefixes(
  node: XfrmTools,
  prefixes: readonly string[],
): Promise<Closure> {
  const own = (await node.policies()).filter(
    ({ user, source, destination }) =>
      user !== 0 && (prefixes.includes(source) || prefixes.includes(destination)),
  );
  if (own.length === 0) return 'plain';
  const leaving = own.filter(({ direction }) => direction === 'out');
  const arriving = own.filter(({ direction }) => direction !== 'out');
  const requires = ({ text }: { text: string }): boolean => text.includes('level required');
  const isClosed =
    leaving.length > 0 &&
    arriving.length >= leaving.length * 2 &&
    arriving.every(requires) &&
    leaving.every(requires);
  return isClosed ? 'closed' : 'open';
}

/** Waits until each of these nodes treats each other one like this. */
export async function untilAll(nodes: readonly LabNode[], closure: Closure): Promise<void> {
  for (const node of nodes) {
    for (const peer of nodes) {
      if (node === peer) continue;
      await waitFor(async () => {
        const found = await closureOf(node, peer);
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
