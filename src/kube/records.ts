import type { RecordOwnerNode, WrittenRecord } from './cluster.js';
import { FIELD_MANAGER, RECORD, RECORDS_PATH } from './kinds.js';
import { KubeError } from './kube-error.js';
import { readWrittenRecord } from './objects.js';
import type { Transport } from './transport.js';

/**
 * Strict: a definition of another version would drop a field that it does not know, and the record would
 * no longer be what its MACs are of.
 */
const WRITE = { fieldManager: FIELD_MANAGER, fieldValidation: 'Strict' } as const;

/**
 * Replaces a part as a whole. A merge patch would leave fields that the new value does not have, and an
 * update would take away labels and annotations of others.
 */
const JSON_PATCH = 'application/json-patch+json';

/** Writes to records; see `Cluster`. */
export interface Records {
  write(
    name: string,
    node: RecordOwnerNode,
    spec: object,
    replaces?: string,
  ): Promise<WrittenRecord>;
  writeStatus(name: string, status: object): Promise<WrittenRecord>;
  delete(name: string): Promise<void>;
}

export function createRecords(transport: Transport, signal: AbortSignal): Records {
  const pathOf = (name: string): string => `${RECORDS_PATH}/${encodeURIComponent(name)}`;
  const patch = async (path: string, body: readonly object[]): Promise<WrittenRecord> =>
    readWrittenRecord(
      await transport.json({
        ...{ method: 'PATCH', path, query: WRITE, body, contentType: JSON_PATCH, signal },
      }),
    );

  return {
    write: async (name, { uid }, spec, replaces) => {
      // Without blockOwnerDeletion, which some clusters allow only to those who may write the Node.
      const ownerReferences = [{ apiVersion: 'v1', kind: 'Node', name, uid }];
      if (replaces === undefined) {
        const body = { ...RECORD, metadata: { name, ownerReferences }, spec };
        const call = { method: 'POST', path: RECORDS_PATH, query: WRITE, body, signal } as const;
        return readWrittenRecord(await transport.json(call));
      }
      return patch(pathOf(name), [
        // The API server answers 409 if that is not the version that it has.
        { op: 'add', path: '/metadata/resourceVersion', value: replaces },
        { op: 'add', path: '/metadata/ownerReferences', value: ownerReferences },
        { op: 'add', path: '/spec', value: spec },
      ]);
    },

    writeStatus: (name, status) =>
      patch(`${pathOf(name)}/status`, [{ op: 'add', path: '/status', value: status }]),

    delete: async (name) => {
      try {
        await transport.json({ method: 'DELETE', path: pathOf(name), signal });
      } catch (error) {
        if (!(error instanceof KubeError) || error.code !== 'PC505') throw error;
      }
    },
  };
}
