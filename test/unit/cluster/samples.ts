import type { PublishedDevice } from '../../../src/keying/index.js';
import type { NodeIdentity, WrittenRecord } from '../../../src/kube/index.js';

/** A record of the node, as far as people's commands read it. */
export function recordOf(
  name: string,
  phase: string,
  keyIDs: readonly number[] = phase === 'Disabled' ? [] : [3],
  ready: object | undefined = { status: 'True', reason: 'KernelAsWanted', message: '' },
  /** Of which generation of the record the agent has said that its kernel is empty. */
  cleanOf = phase === 'Disabled' && keyIDs.length === 0 ? 1 : undefined,
): WrittenRecord {
  const clean = { type: 'Clean', status: cleanOf === undefined ? 'False' : 'True' };
  const conditions = [
    { type: 'Ready', ...ready },
    { ...clean, observedGeneration: cleanOf ?? 1 },
    { type: 'Encrypted', status: phase === 'Enforced' ? 'True' : 'False', observedGeneration: 1 },
  ];
  return {
    name,
    uid: `uid-${name}`,
    resourceVersion: '1',
    generation: 1,
    // The API server leaves an empty list as it was written; other writers leave it out.
    spec: { phase, ...(keyIDs.length === 0 ? {} : { keys: keyIDs.map((keyID) => ({ keyID })) }) },
    ...(ready === undefined ? {} : { status: { conditions } }),
  };
}

export function nodeOf(name: string): NodeIdentity {
  return { name, uid: `uid-of-node-${name}` };
}

/** The device of a record: generation, and the key id of its PSKs if it has any. */
export function deviceOf(generation: number, keyID?: number): PublishedDevice {
  return {
    ...{ generation, epoch: 1, listenPort: generation % 2 === 1 ? 51871 : 51872 },
    publicKey: `key${generation}`,
    ...(keyID === undefined ? {} : { keyID }),
  };
}

/** The same of a node of WireGuard with these devices. */
export function wireguardRecordOf(
  name: string,
  phase: string,
  devices: readonly object[] = [deviceOf(1, 3)],
  status: object = {},
): WrittenRecord {
  const record = recordOf(name, phase, [], undefined, devices.length === 0 ? 1 : undefined);
  const { conditions } = record.status as { conditions: readonly object[] };
  return {
    ...record,
    spec: { phase, type: 'wireguard', wireguard: devices },
    status: { ...status, conditions },
  };
}
