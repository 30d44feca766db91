/** What agents would write of their nodes, written by a test. */
import { merge, must, record, status as recordStatus, records } from './agents.js';
import type { ControlPlane } from './control-plane.js';

/** The spec of a node that sends nothing encrypted any more. */
export const DISABLED = { phase: 'Disabled', keys: [], addresses: [], podPrefixes: [] };

/** Makes the record of a node, or gives it another spec. */
export async function say(
  plane: ControlPlane,
  name: string,
  spec: object,
  metadata: object = {},
): Promise<void> {
  const body = record(name, spec, metadata);
  const { status } = await plane.request('GET', `${records}/${name}`);
  if (status === 404) await must(plane, 'POST', records, { body });
  else await must(plane, 'PATCH', `${records}/${name}`, { ...merge, body });
}

/** Says of a node's record, as it is now, that its kernel is empty. */
export function sayClean(plane: ControlPlane, name: string): Promise<void> {
  return sayOf(plane, name, ['Clean']);
}

/** That it encrypts with all of its peers, and is ready. */
export function sayEncrypted(plane: ControlPlane, name: string): Promise<void> {
  return sayOf(plane, name, ['Ready', 'Encrypted']);
}

async function sayOf(plane: ControlPlane, name: string, types: readonly string[]): Promise<void> {
  const { body } = await plane.request('GET', `${records}/${name}`);
  const { metadata } = body as { metadata: { generation: number } };
  const [condition] = recordStatus.conditions;
  const observedGeneration = metadata.generation;
  const conditions = types.map((type) => ({
    ...{ ...condition, type, status: 'True', observedGeneration },
  }));
  await must(plane, 'PATCH', `${records}/${name}/status`, {
    ...merge,
    body: { status: { conditions } },
  });
}

/** Says that a node has walked back, and that nothing is left in its kernel. */
export async function sayDisabled(plane: ControlPlane, name: string): Promise<void> {
  await say(plane, name, DISABLED);
  await sayClean(plane, name);
}
