import { readFileSync, writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { type RunResult, run } from './run.js';
import { requiredTool } from './tools.js';

/** Where an API server is, and who is asking when a call does not say. */
export interface ApiServer {
  readonly url: string;
  readonly caFile: string;
  readonly adminToken: string;
  /** A folder of its own for kubectl's files. */
  readonly dir: string;
}

export interface RequestOptions {
  /** A bearer token instead of the admin's; null for an anonymous request. */
  readonly token?: string | null;
  /** Text goes as it is, anything else as JSON. */
  readonly body?: unknown;
  /** The body's media type, by default application/json. A PATCH must say which kind it is. */
  readonly contentType?: string;
}

export interface ApiResponse {
  readonly status: number;
  /** What JSON says, or the text of anything else. */
  readonly body: unknown;
}

export type ApiRequest = (
  method: string,
  path: string,
  options?: RequestOptions,
) => Promise<ApiResponse>;

/** Raw requests to the API server, whose certificate is checked. An error status is a result. */
export function apiRequests({ url, caFile, adminToken }: ApiServer): ApiRequest {
  const ca = readFileSync(caFile);
  return (method, path, { token = adminToken, body, contentType = 'application/json' } = {}) =>
    new Promise((resolve, reject) => {
      const headers = {
        accept: 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': contentType }),
      };
      // No agent: a kept connection would hold up the server's end.
      const sent = httpsRequest(`${url}${path}`, { method, ca, headers, agent: false });
      sent.on('error', reject);
      sent.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('error', reject);
        response.on('end', () => {
          const isJson = response.headers['content-type']?.startsWith('application/json') ?? false;
          resolve({ status: response.statusCode ?? 0, body: isJson ? JSON.parse(text) : text });
        });
      });
      sent.end(typeof body === 'string' || body === undefined ? body : JSON.stringify(body));
    });
}

export interface KubectlOptions {
  /** Text for standard input, as for `kubectl apply -f -`. */
  readonly input?: string;
  /** A bearer token that is the only identity of the call, instead of the admin's. */
  readonly token?: string;
  /** A kubeconfig of the test's own, instead of the admin's; `token` goes before it. */
  readonly kubeconfig?: string;
}

export type Kubectl = (args: readonly string[], options?: KubectlOptions) => Promise<RunResult>;

/** kubectl for the API server; nothing of the user's own configuration is seen or changed. */
export function kubectlFor(api: ApiServer, adminKubeconfig: string): Kubectl {
  const program = requiredTool('kubectl');
  const env = { PATH: process.env.PATH, HOME: api.dir, TMPDIR: api.dir };
  const ofTokens = new Map<string, string>();
  const ofToken = (token: string): string => {
    const path = ofTokens.get(token) ?? join(api.dir, `token-${ofTokens.size}.kubeconfig`);
    if (!ofTokens.has(token)) writeKubeconfig(path, api, token);
    ofTokens.set(token, path);
    return path;
  };
  return (args, { input = '', token, kubeconfig = adminKubeconfig } = {}) => {
    const path = token === undefined ? kubeconfig : ofToken(token);
    return run(program, ['--kubeconfig', path, ...args], { input, env });
  };
}

/** Write a kubeconfig (JSON is YAML). A file, as a token on a command line is for all to see. */
export function writeKubeconfig(path: string, { url, caFile }: ApiServer, token: string): void {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'lab', cluster: { server: url, 'certificate-authority': caFile } }],
    users: [{ name: 'user', user: { token } }],
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: 'user' } }],
    'current-context': 'lab',
  };
  writeFileSync(path, JSON.stringify(config), { mode: 0o600 });
}
