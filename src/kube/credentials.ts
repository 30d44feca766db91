import { existsSync } from 'node:fs';
import type { RequestOptions } from 'node:https';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { show } from '../errors/index.js';
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
  /** A context of it, rather than its current one. */
  readonly context?: string | undefined;
  /**
   * Looks where kubectl does: between `KUBECONFIG`, of whose files some may be missing, and the pod's own
   * comes the user's `~/.kube/config`. An agent must not find the file of whoever built its machine.
   */
  readonly asKubectl?: boolean | undefined;
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
  const make = () => new client.KubeConfig();
  const config = make();
  load(config, options, make);
  choose(config, options.context);
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

function load(config: KubeConfig, options: CredentialOptions, make: () => KubeConfig): void {
  const { kubeconfig, root = '', asKubectl = false } = options;
  const { KUBECONFIG = '', KUBERNETES_SERVICE_HOST = '' } = process.env;
  try {
    if (kubeconfig !== undefined) {
      config.loadFromFile(kubeconfig);
      return;
    }
    const files = asKubectl ? kubectlFiles(KUBECONFIG) : [];
    if (files.length > 0)
      loadAsKubectl(
        config,
        files.map((file) => readFile(make(), file)),
      );
    // With KUBECONFIG set this reads and merges its files, and none of the user's others.
    else if (KUBECONFIG !== '' && !asKubectl) config.loadFromDefault();
    else if (KUBERNETES_SERVICE_HOST !== '') config.loadFromCluster(root);
    else throw unusable(asKubectl ? NO_FILE : NO_VARIABLE);
  } catch (error) {
    if (error instanceof KubeError) throw error;
    // Not the parser's words: they quote the file, and tokens are in it.
    throw unusable(`the kubeconfig cannot be read: ${codeOf(error)}`);
  }
}

const NO_VARIABLE = 'neither KUBECONFIG nor KUBERNETES_SERVICE_HOST is set';
const NO_FILE = 'KUBECONFIG names no file that exists, and there is no ~/.kube/config';

/** Those that exist, as kubectl passes over the others. */
function kubectlFiles(variable: string): string[] {
  const listed = variable.split(delimiter).filter((file) => file !== '');
  return (listed.length > 0 ? listed : [join(homedir(), '.kube', 'config')]).filter(existsSync);
}

function readFile(config: KubeConfig, file: string): KubeConfig {
  config.loadFromFile(file);
  return config;
}

/**
 * Of things with the same name, and of current contexts, the first counts, as kubectl documents it. The
 * library's own merge takes the last context, and refuses things with the same name.
 */
function loadAsKubectl(config: KubeConfig, all: readonly KubeConfig[]): void {
  config.loadFromOptions({
    clusters: firstOfEachName(all.flatMap((one) => one.getClusters())),
    users: firstOfEachName(all.flatMap((one) => one.getUsers())),
    contexts: firstOfEachName(all.flatMap((one) => one.getContexts())),
    currentContext: all.map((one) => one.getCurrentContext()).find((name) => (name ?? '') !== ''),
  });
}

function firstOfEachName<T extends { readonly name: string }>(all: readonly T[]): T[] {
  return all.filter(({ name }, index) => all.findIndex((one) => one.name === name) === index);
}

function choose(config: KubeConfig, context: string | undefined): void {
  if (context === undefined) return;
  if (config.getContextObject(context) === null) {
    throw unusable(`there is no context ${show(context)}`);
  }
  config.setCurrentContext(context);
}

function codeOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : 'it is malformed';
}

function unusable(why: string): KubeError {
  return new KubeError('PC510', `no usable configuration of the API server: ${why}`);
}
