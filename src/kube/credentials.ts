import type { RequestOptions } from 'node:https';
import type { KubeConfig } from './client-library.js';
import { KubeError } from './kube-error.js';

/** Where the API server is, and how a request shows who it is from. */
export interface Credentials {
  /** Such as `https://10.96.0.1:443`, without a slash at its end. */
  readonly server: string;
  /**
   * TLS material, headers and agent for one request.
   * @throws KubeError PC510 when a file of them cannot be read
   */
  readonly apply: () => Promise<RequestOptions>;
}

export interface CredentialOptions {
  /** The path of a kubeconfig; else `KUBECONFIG` of the environment, else the pod's own files. */
  readonly kubeconfig?: string | undefined;
  /** Stands before /var/run/secrets/kubernetes.io/serviceaccount; for tests. */
  readonly root?: string | undefined;
}

/**
 * Reads the configuration anew. The client library knows kubeconfig files with all their ways to log in,
 * and a pod's ServiceAccount. It is loaded here and not before: it needs Node 22.19, the rest does not.
 *
 * @throws KubeError PC510
 */
export async function loadCredentials(options: CredentialOptions): Promise<Credentials> {
  const client = await import('./client-library.js');
  const config = new client.KubeConfig();
  load(config, options);
  const server = config.getCurrentCluster()?.server ?? '';
  if (!server.startsWith('https://')) {
    // A token must not be sent for all to read; the library takes ports 80, 8001 and 8080 for http.
    throw unusable('the API server has no https address');
  }
  return {
    server: server.replace(/\/+$/, ''),
    apply: async () => {
      const request: RequestOptions = {};
      try {
        await config.applyToHTTPSOptions(request);
      } catch (error) {
        throw unusable(`the credentials cannot be read: ${codeOf(error)}`);
      }
      return request;
    },
  };
}

function load(config: KubeConfig, { kubeconfig, root = '' }: CredentialOptions): void {
  const { KUBECONFIG = '', KUBERNETES_SERVICE_HOST = '' } = process.env;
  try {
    if (kubeconfig !== undefined) config.loadFromFile(kubeconfig);
    // With KUBECONFIG set this reads and merges its files, and none of the user's others.
    else if (KUBECONFIG !== '') config.loadFromDefault();
    else if (KUBERNETES_SERVICE_HOST !== '') config.loadFromCluster(root);
    else throw unusable('neither KUBECONFIG nor KUBERNETES_SERVICE_HOST is set');
  } catch (error) {
    if (error instanceof KubeError) throw error;
    // Not the parser's words: they quote the file, and tokens are in it.
    throw unusable(`the kubeconfig cannot be read: ${codeOf(error)}`);
  }
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : 'it is malformed';
}

function unusable(why: string): KubeError {
  return new KubeError('PC510', `no usable configuration of the API server: ${why}`);
}
