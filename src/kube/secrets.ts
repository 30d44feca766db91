import { type CredentialOptions, loadCredentials } from './credentials.js';
import { IDENTITY_PATH } from './kinds.js';
import { readIdentity, readSecret } from './objects.js';
import { createTransport } from './transport.js';

/** A Secret as the API server has it. Its data is base64, and secret. */
export interface StoredSecret {
  readonly name: string;
  readonly namespace: string;
  readonly resourceVersion: string;
  readonly type: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, string>>;
  readonly writers: readonly SecretWriter[];
}

/** Who wrote which of a Secret's data (`metadata.managedFields`). */
export interface SecretWriter {
  readonly manager: string;
  /** Whether by an apply, which will write the same again. */
  readonly applies: boolean;
  /** RFC 3339. */
  readonly time?: string;
  readonly dataKeys: readonly string[];
}

/** What a change of a Secret replaces; everything else of it stays. */
export interface SecretChange {
  /** Base64 by key. */
  readonly data: Readonly<Record<string, string>>;
  /** Null removes one. */
  readonly annotations: Readonly<Record<string, string | null>>;
}

/** The Secret of key lines, as people's commands read and write it. */
export interface Secrets {
  /** @throws KubeError PC505 where there is none */
  read(namespace: string, name: string): Promise<StoredSecret>;
  /** @throws KubeError PC506 where there is one already */
  create(namespace: string, manifest: object): Promise<void>;
  /** @throws KubeError PC506 where it is not as it was read any more */
  change(secret: StoredSecret, change: SecretChange): Promise<StoredSecret>;
  /** The UID of the namespace kube-system: the cluster's identity. */
  clusterUID(): Promise<string>;
  /** Ends all requests. */
  close(): void;
}

/** Whose fields these are; not the agents', which cannot write a Secret. */
const FIELD_MANAGER = 'podcloak-keys';
const WRITE = { fieldManager: FIELD_MANAGER, fieldValidation: 'Strict' } as const;

/** The cluster that kubectl would talk to. Nothing is asked before the first call. */
export function openSecrets(options: CredentialOptions): Secrets {
  const closing = new AbortController();
  const { signal } = closing;
  const transport = createTransport(() => loadCredentials(options));
  const folder = (namespace: string): string =>
    `/api/v1/namespaces/${encodeURIComponent(namespace)}/secrets`;
  const pathOf = (namespace: string, name: string): string =>
    `${folder(namespace)}/${encodeURIComponent(name)}`;

  return {
    read: async (namespace, name) =>
      readSecret(await transport.json({ method: 'GET', path: pathOf(namespace, name), signal })),
    create: async (namespace, body) => {
      await transport.json({ method: 'POST', path: folder(namespace), query: WRITE, body, signal });
    },
    change: async ({ namespace, name, resourceVersion }, { data, annotations }) =>
      readSecret(
        await transport.json({
          ...{ method: 'PATCH', path: pathOf(namespace, name), query: WRITE, signal },
          // With a version in it the API server answers 409 if that is not the one that it has.
          body: { metadata: { resourceVersion, annotations }, data },
          contentType: 'application/merge-patch+json',
        }),
      ),
    clusterUID: async () =>
      readIdentity(await transport.json({ method: 'GET', path: IDENTITY_PATH, signal })).uid,
    close: () => closing.abort(),
  };
}

/** Whether a writer is this very command. */
export function isOwnWriter({ manager }: SecretWriter): boolean {
  return manager === FIELD_MANAGER;
}
