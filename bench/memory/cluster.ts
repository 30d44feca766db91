import { randomBytes } from 'node:crypto';
import { parseKeyLines } from '../../src/key-lines/index.js';
import { algorithmOf, generateEphemeral, sealRecord } from '../../src/keying/index.js';
import { must, records } from '../../test/lab/agents.js';
import type { ControlPlane } from '../../test/lab/control-plane.js';

/** Requests at a time. */
const LANES = 8;

/**
 * Makes so many Nodes, and for each the record that its agent would write: sealed with the cluster's
 * key, so that whoever reads it makes a pair with it. IPv4 only.
 *
 * @param from the number of the first: names are `n<i>`
 */
export async function makePeers(
  plane: ControlPlane,
  keys: string,
  from: number,
  count: number,
): Promise<void> {
  const clusterUID = (await must(plane, 'GET', '/api/v1/namespaces/kube-system')).metadata.uid;
  let next = from;
  const lane = async (): Promise<void> => {
    for (let i = next++; i < from + count; i = next++) await makePeer(plane, keys, clusterUID, i);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

async function makePeer(
  plane: ControlPlane,
  keys: string,
  clusterUID: string,
  i: number,
): Promise<void> {
  const name = `n${i}`;
  const cidr = `10.${64 + (i >> 8)}.${i & 255}.0/24`;
  const { uid } = (
    await must(plane, 'POST', '/api/v1/nodes', {
      body: {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name, labels: labelsOf(name) },
        spec: { podCIDR: cidr, podCIDRs: [cidr] },
      },
    })
  ).metadata;
  const lines = parseKeyLines(keys).keys;
  const spec = sealRecord(
    {
      protocolVersion: 1,
      nodeUID: uid,
      nodeNumber: i,
      type: 'ipsec',
      phase: 'Enforced',
      epoch: Date.now(),
      revision: 1,
      generation: randomBytes(1).readUInt8() & 31,
      addresses: [`172.${16 + (i >> 8)}.${i & 255}.1`],
      podPrefixes: [{ cidr, source: 'Node.spec.podCIDRs' }],
      keys: lines.map((line) => ({
        keyID: line.keyId,
        algorithm: algorithmOf(line),
        publicKey: Buffer.from(generateEphemeral().publicKey).toString('base64'),
      })),
    },
    { clusterUID, nodeName: name },
    lines,
  );
  const owner = { apiVersion: 'v1', kind: 'Node', name, uid };
  await must(plane, 'POST', records, {
    body: {
      apiVersion: 'podcloak.dev/v1alpha1',
      kind: 'EncryptionNode',
      metadata: { name, ownerReferences: [owner] },
      spec,
    },
  });
}

/** Those that a kubelet sets. */
function labelsOf(name: string): Record<string, string> {
  const shared = { os: 'linux', arch: 'amd64' };
  return Object.fromEntries(
    [
      ...Object.entries(shared).flatMap(([key, value]) => [
        [`kubernetes.io/${key}`, value],
        [`beta.kubernetes.io/${key}`, value],
      ]),
      ['kubernetes.io/hostname', name],
    ].map(([key, value]) => [key, value]),
  );
}
