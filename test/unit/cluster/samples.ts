import type { NodeIdentity, WrittenRecord } from '../../../src/kube/index.js';

/** A record of the node, as far as people's commands read it. */
export function recordOf(
  name: string,
  phase: string,
  keyIDs: readonly number[] = phase === 'Disabled' ? [] : [3],
  ready: object | undefined = { status: 'True', reason: 'KernelAsWanted', message: '' },
): WrittenRecord {
  return {
    name,
    uid: `uid-${name}`,
    resourceVersion: '1',
    generation: 1,
    // The API server leaves an empty list as it was written; other writers leave it out.
    spec: { phase, ...(keyIDs.length === 0 ? {} : { keys: keyIDs.map((keyID) => ({ keyID })) }) },
    ...(ready === undefined ? {} : { status: { conditions: [{ type: 'Ready', ...ready }] } }),
  };
}

export function nodeOf(name: string): NodeIdentity {
  return { name, uid: `uid-of-node-${name}` };
}
