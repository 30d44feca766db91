import { FIELD_MANAGER, NODES_PATH } from './kinds.js';
import type { Transport } from './transport.js';

/**
 * Removes the taints of a key from a Node; see `Cluster`. A JSON patch (RFC 6902) that tests each before it
 * removes it: the API server applies all of it to one version of the Node, or nothing.
 */
export async function removeTaint(
  transport: Transport,
  signal: AbortSignal,
  name: string,
  key: string,
  seen: readonly string[],
): Promise<void> {
  const at = seen.flatMap((one, index) => (one === key ? [index] : []));
  if (at.length === 0) return;
  // The last one first: removing one moves those behind it.
  const body = at.reverse().flatMap((index) => [
    { op: 'test', path: `/spec/taints/${index}/key`, value: key },
    { op: 'remove', path: `/spec/taints/${index}` },
  ]);
  await transport.json({
    method: 'PATCH',
    path: `${NODES_PATH}/${encodeURIComponent(name)}`,
    query: { fieldManager: FIELD_MANAGER },
    contentType: 'application/json-patch+json',
    body,
    signal,
  });
}
