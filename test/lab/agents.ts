/** Agents as the API server knows them: nodes, pods on them, and the pods' own tokens. */
import type { ApiResponse, RequestOptions } from './api-client.js';
import type { ControlPlane } from './control-plane.js';
import { flawless } from './run.js';

/** Where synth puts the agent, unless told otherwise. */
export const namespace = 'kube-system';

const key = Buffer.alloc(32, 7).toString('base64');

/** A record with something in every field. */
export function record(name: string, spec: object = {}, metadata: object = {}) {
  return {
    apiVersion: 'podcloak.dev/v1alpha1',
    kind: 'EncryptionNode',
    metadata: { name, ...metadata },
    spec: {
      protocolVersion: 1,
      nodeUID: '6a0f3f0e-1f0a-4b8e-9d3e-0f6d1f2b3c4d',
      nodeNumber: 1048575,
      type: 'ipsec',
      phase: 'Enforced',
      epoch: 1_790_000_000_000,
      revision: 7,
      generation: 31,
      addresses: ['192.0.2.1', '2001:db8::1'],
      podPrefixes: [
        { cidr: '10.244.1.0/24', source: 'Node.spec.podCIDRs' },
        { cidr: 'fd00:10:244:1::/64', source: 'Node.spec.podCIDRs' },
      ],
      keys: [
        { keyID: 3, algorithm: 'rfc4106(gcm(aes))', publicKey: key },
        { keyID: 15, algorithm: 'rfc4106(gcm(aes))', publicKey: key },
      ],
      macs: [{ keyID: 3, check: Buffer.alloc(8, 7).toString('base64'), mac: key }],
      ...spec,
    },
  };
}

export const status = {
  agentVersion: '0.1.0',
  observedGeneration: 1,
  keyIDs: [3, 15],
  podCIDRs: ['10.244.1.0/24', 'fd00:10:244:1::/64'],
  conditions: ['Reachable', 'Ready'].map((type) => ({
    type,
    status: type === 'Ready' ? 'True' : 'Unknown',
    observedGeneration: 1,
    lastTransitionTime: '2025-01-02T03:04:05Z',
    reason: 'Tested',
    message: 'for people',
  })),
};

export const records = '/apis/podcloak.dev/v1alpha1/encryptionnodes';
export const merge = { contentType: 'application/merge-patch+json' };

/** Send a request that must succeed, as the admin unless the options say otherwise. */
export async function must(
  plane: ControlPlane,
  method: string,
  path: string,
  options?: RequestOptions,
): Promise<{ metadata: { name: string; uid: string; resourceVersion: string } }> {
  const { status: code, body } = await plane.request(method, path, options);
  if (code < 200 || code >= 300) throw new Error(`${method} ${path}: ${answered(code, body)}`);
  return body as { metadata: { name: string; uid: string; resourceVersion: string } };
}

const answered = (code: number, body: unknown): string => `${code} ${JSON.stringify(body)}`;

/** The message of a response that must have this status code. */
export function messageOf({ status: code, body }: ApiResponse, expected: number): string {
  if (code !== expected) throw new Error(`not ${expected} but ${answered(code, body)}`);
  return (body as { message: string }).message;
}

/** Make a Node; returns its UID. */
export async function makeNode(plane: ControlPlane, name: string, labels = {}): Promise<string> {
  const body = { apiVersion: 'v1', kind: 'Node', metadata: { name, labels } };
  return (await must(plane, 'POST', '/api/v1/nodes', { body })).metadata.uid;
}

/** Make a pod of the agent's ServiceAccount on a node; returns a token bound to that pod. */
export async function agentToken(plane: ControlPlane, node: string): Promise<string> {
  const spec = {
    nodeName: node,
    serviceAccountName: 'podcloak',
    containers: [{ name: 'agent', image: 'registry.example/agent:1' }],
  };
  const body = { apiVersion: 'v1', kind: 'Pod', metadata: { name: `agent-${node}` }, spec };
  const pod = await must(plane, 'POST', `/api/v1/namespaces/${namespace}/pods`, { body });
  const { name, uid } = pod.metadata;
  return token(plane, [
    ...['--bound-object-kind=Pod', `--bound-object-name=${name}`, `--bound-object-uid=${uid}`],
  ]);
}

/** A token of the agent's ServiceAccount, made by kubectl. */
export async function token(plane: ControlPlane, bound: readonly string[] = []): Promise<string> {
  const made = await plane.kubectl(['create', 'token', 'podcloak', '-n', namespace, ...bound]);
  return flawless(made).stdout.trim();
}
