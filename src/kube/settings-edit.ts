import type { Config } from './cluster.js';
import { type CredentialOptions, loadCredentials } from './credentials.js';
import { DISABLE_MANAGER } from './kinds.js';
import { KubeError } from './kube-error.js';
import { readConfig, readManagedFields } from './objects.js';
import { createTransport } from './transport.js';

/** Where the agents' ConfigMap is. */
export interface ConfigPlace {
  readonly namespace: string;
  readonly name: string;
}

/** Changes of the agents' ConfigMap in a person's name. */
export interface SettingsEdit {
  /**
   * The ConfigMap, or undefined where there is none.
   * @throws KubeError
   */
  read(place: ConfigPlace): Promise<Config | undefined>;
  /**
   * Sets one key, whoever wrote it last, and lets go of it: whoever applies the ConfigMap next meets no
   * conflict, and has its own value again.
   *
   * @throws KubeError PC503 without the right to get and patch it, PC505 when it is gone
   */
  set(place: ConfigPlace, key: string, value: string): Promise<void>;
  /**
   * Lets go of whatever an earlier call has set and could not let go of.
   * @throws KubeError as `set` does
   */
  letGo(place: ConfigPlace): Promise<void>;
  /** Ends all requests. */
  close(): void;
}

/** How often the ConfigMap may be changed by others between reading and writing it. */
const ATTEMPTS = 5;

/** The cluster that kubectl would talk to. Nothing is asked before the first call. */
export function openSettingsEdit(options: CredentialOptions): SettingsEdit {
  const closing = new AbortController();
  const { signal } = closing;
  const transport = createTransport(() => loadCredentials(options));
  const get = (path: string): Promise<unknown> => transport.json({ method: 'GET', path, signal });
  const patch = (path: string, contentType: string, body: unknown): Promise<unknown> =>
    transport.json({
      ...{ method: 'PATCH', path, contentType, body, signal },
      query: { fieldManager: DISABLE_MANAGER },
    });

  /** @param stored the ConfigMap as it was read, or written, last */
  const letGo = async (path: string, stored: unknown): Promise<void> => {
    let last = stored;
    for (let attempt = 1; ; attempt += 1) {
      const body = withoutOurs(last);
      if (body === undefined) return;
      try {
        await patch(path, 'application/json-patch+json', body);
        return;
      } catch (error) {
        const isOld = error instanceof KubeError && error.code === 'PC506';
        if (!isOld || attempt === ATTEMPTS) throw error;
        last = await get(path);
      }
    }
  };

  return {
    read: async (place) => {
      try {
        return readConfig(await get(pathOf(place)));
      } catch (error) {
        if (error instanceof KubeError && error.code === 'PC505') return undefined;
        throw error;
      }
    },
    set: async (place, key, value) => {
      const path = pathOf(place);
      const body = { data: { [key]: value } };
      await letGo(path, await patch(path, 'application/merge-patch+json', body));
    },
    letGo: async (place) => letGo(pathOf(place), await get(pathOf(place))),
    close: () => closing.abort(),
  };
}

/**
 * A patch that takes our entry out of the fields' owners: a server-side apply (helm 4, `kubectl apply
 * --server-side`) would stop at a value that another manager has changed. A field without an owner is
 * anybody's. It takes a request of its own, as the API server writes the entry of whoever changes a value.
 *
 * @returns undefined when there is nothing to take out
 */
export function withoutOurs(stored: unknown): object[] | undefined {
  const all = readManagedFields(stored);
  const kept = all.filter(({ manager }) => manager !== DISABLE_MANAGER);
  // The API server takes an empty list for a client that does not know the field.
  if (kept.length === all.length || kept.length === 0) return undefined;
  const { resourceVersion } = readConfig(stored);
  return [
    // The API server answers 409 if that is not the version that it has.
    { op: 'add', path: '/metadata/resourceVersion', value: resourceVersion },
    { op: 'replace', path: '/metadata/managedFields', value: kept },
  ];
}

function pathOf({ namespace, name }: ConfigPlace): string {
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/configmaps/${encodeURIComponent(name)}`;
}
