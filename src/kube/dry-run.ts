import { type CredentialOptions, loadCredentials } from './credentials.js';
import { KubeError, unexpected } from './kube-error.js';
import { createTransport, type Transport } from './transport.js';

/** An object of any kind, as a manifest has it. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

export interface ApplyOptions {
  /** In whose name the fields would be applied. */
  readonly fieldManager: string;
  /** Takes over fields of other managers, instead of naming them. */
  readonly force: boolean;
}

/** What applying objects would make of them. Nothing is written. */
export interface DryRun {
  /**
   * The object as the API server has it, or undefined.
   * @throws KubeError PC504 where the kind is not served
   */
  current(object: KubeObject): Promise<unknown>;
  /**
   * The object as it would be: a server-side apply as kubectl's, with `dryRun=All`.
   * @throws KubeError with `conflicts` (PC506), where fields are another manager's
   */
  applied(object: KubeObject, options: ApplyOptions): Promise<unknown>;
  /** Ends all requests. */
  close(): void;
}

/** The cluster that kubectl would talk to. Nothing is asked before the first call. */
export function openDryRun(options: CredentialOptions): DryRun {
  const closing = new AbortController();
  const { signal } = closing;
  const transport = createTransport(() => loadCredentials(options));
  const pathOf = resourcePaths(transport, signal);

  return {
    current: async (object) => {
      try {
        return await transport.json({ method: 'GET', path: await pathOf(object), signal });
      } catch (error) {
        if (error instanceof KubeError && error.code === 'PC505') return undefined;
        throw error;
      }
    },
    applied: async (object, { fieldManager, force }) =>
      transport.json({
        method: 'PATCH',
        path: await pathOf(object),
        // Strict as kubectl: a field that the API server does not know is an error.
        query: {
          ...{ dryRun: 'All', fieldManager, fieldValidation: 'Strict' },
          ...(force ? { force: 'true' } : {}),
        },
        body: object,
        // JSON is YAML.
        contentType: 'application/apply-patch+yaml',
        signal,
      }),
    close: () => closing.abort(),
  };
}

/** How a kind is called in paths. */
interface Resource {
  readonly plural: string;
  readonly isNamespaced: boolean;
}

/** Where objects are, by what the API server says of its kinds; each group is asked about once. */
function resourcePaths(
  transport: Transport,
  signal: AbortSignal,
): (object: KubeObject) => Promise<string> {
  const groups = new Map<string, Promise<ReadonlyMap<string, Resource>>>();
  return async ({ apiVersion, kind, metadata: { name, namespace } }) => {
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const group = groups.get(root) ?? resourcesOf(transport, root, signal);
    groups.set(root, group);
    const resource = (await group).get(kind);
    if (resource === undefined) {
      throw new KubeError('PC504', `the API server does not know ${kind} of ${apiVersion}`, {
        status: 404,
      });
    }
    const within =
      resource.isNamespaced && namespace !== undefined
        ? `/namespaces/${encodeURIComponent(namespace)}`
        : '';
    return `${root}${within}/${resource.plural}/${encodeURIComponent(name)}`;
  };
}

/** The kinds of a group (APIResourceList); none where the API server does not know it. */
async function resourcesOf(
  transport: Transport,
  root: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Resource>> {
  let answer: unknown;
  try {
    answer = await transport.json({ method: 'GET', path: root, signal });
  } catch (error) {
    if (error instanceof KubeError && error.status === 404) return new Map();
    throw error;
  }
  const { resources } = (answer ?? {}) as { resources?: unknown };
  if (!Array.isArray(resources)) throw unexpected('a group without resources');
  const found = resources.flatMap((one: unknown): [string, Resource][] => {
    const { name, kind, namespaced } = (one ?? {}) as Record<string, unknown>;
    // `daemonsets/status` is a part of an object, of the same kind.
    if (typeof name !== 'string' || typeof kind !== 'string' || name.includes('/')) return [];
    return [[kind, { plural: name, isNamespaced: namespaced === true }]];
  });
  return new Map(found);
}
