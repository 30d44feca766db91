import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseAllDocuments } from 'yaml';
import {
  agentToken,
  makeNode,
  merge,
  messageOf,
  must,
  record,
  records,
  status,
  token,
} from './agents.js';
import type { RequestOptions } from './api-client.js';
import { type ControlPlane, startControlPlane } from './control-plane.js';
import { describeOnEachMinor } from './minors.js';
import { apply, get, patience, rendered, untilServed } from './podcloak.js';

const options = {
  controllerManager: true,
  // Some clusters turn it on: it asks for rights over the owner that a reference blocks.
  admissionPlugins: ['OwnerReferencesPermissionEnforcement'],
};

const unbound = 'the token is not bound to a pod on a node, so it may write no record';
const another = 'the agent on node n1 may not write the record of n2';
const apiVersion = 'podcloak.dev/v1alpha1';
const applyPatch = { contentType: 'application/apply-patch+yaml' };

/** Every way to write a record that RBAC leaves to the policy: of this node, which has a record. */
const writes: Record<string, (node: string) => [string, string, RequestOptions]> = {
  'a merge patch': (node) => [
    'PATCH',
    `${records}/${node}`,
    { ...merge, body: { spec: { nodeNumber: 2 } } },
  ],
  'a server-side apply': (node) => [
    'PATCH',
    `${records}/${node}?fieldManager=agent&force=true`,
    { ...applyPatch, body: record(node, { nodeNumber: 3 }) },
  ],
  'a JSON patch': (node) => [
    'PATCH',
    `${records}/${node}`,
    {
      contentType: 'application/json-patch+json',
      body: [{ op: 'replace', path: '/spec/nodeNumber', value: 4 }],
    },
  ],
  'a merge patch of its status': (node) => [
    'PATCH',
    `${records}/${node}/status`,
    { ...merge, body: { status } },
  ],
  'a server-side apply of its status': (node) => [
    'PATCH',
    `${records}/${node}/status?fieldManager=agent&force=true`,
    {
      ...applyPatch,
      body: { apiVersion, kind: 'EncryptionNode', metadata: { name: node }, status },
    },
  ],
  'a deletion': (node) => ['DELETE', `${records}/${node}`, {}],
};

describeOnEachMinor('the admission policy', options, (onMinor, minor) => {
  let plane: ControlPlane;
  let agent: string;
  let ofNobody: string;
  const uids: Record<string, string> = {};

  beforeAll(async () => {
    plane = await startControlPlane(onMinor);
    for (const node of ['n1', 'n2']) uids[node] = await makeNode(plane, node);
    await apply(plane, await rendered(['-f', 'examples/ipsec.yaml']));
    await untilServed(plane, 'encryptionnodes.podcloak.dev');
    agent = await agentToken(plane, 'n1');
    ofNobody = await token(plane);
    // A moment after apply, the API server has compiled it.
    await vi.waitFor(async () => {
      const body = record('probe');
      const probed = await plane.request('POST', `${records}?dryRun=All`, {
        token: ofNobody,
        body,
      });
      expect(messageOf(probed, 403)).toContain(unbound);
    }, patience);
  });
  afterAll(() => plane?.stop());

  it('has expressions that agree with the schema of the record', async () => {
    const documents = parseAllDocuments(await rendered(['-f', 'examples/ipsec.yaml']));
    const kinds = documents.map((one) => one.toJS() as { kind: string });
    const policy = JSON.stringify(kinds.find(({ kind }) => kind === 'ValidatingAdmissionPolicy'));
    // Kubernetes looks only at policies for versions that are named; ours is for all of them.
    const named = policy
      .replaceAll('podcloak-own-record', 'typed')
      .replace('"apiVersions":["*"]', '"apiVersions":["v1alpha1"]');
    const wrong = named
      .replace('"name":"typed"', '"name":"typed-wrong"')
      .replace('variables.record.metadata.name ==', 'object.spec.nodeName ==');
    const warningsOf = async (name: string): Promise<string | undefined> => {
      const { metadata, status: found } = await get(plane, 'validatingadmissionpolicy', name);
      const { generation } = metadata;
      expect(found).toMatchObject({ observedGeneration: generation, typeChecking: {} });
      const { typeChecking } = found as { typeChecking: { expressionWarnings?: object[] } };
      return typeChecking.expressionWarnings && JSON.stringify(typeChecking.expressionWarnings);
    };
    for (const one of [named, wrong]) await apply(plane, one);
    await vi.waitFor(async () => {
      expect(await warningsOf('typed')).toBeUndefined();
      expect(await warningsOf('typed-wrong')).toContain("undefined field 'nodeName'");
    }, patience);
  });

  describe('with the records of two nodes', () => {
    beforeEach(async () => {
      for (const name of ['n1', 'n2']) {
        await plane.request('DELETE', `${records}/${name}`);
        await must(plane, 'POST', records, { body: record(name) });
      }
    });

    const send = async (way: string, node: string, by?: string) => {
      const [method, path, { ...request }] = writes[way]?.(node) ?? ['', '', {}];
      return plane.request(method, path, by === undefined ? request : { ...request, token: by });
    };
    const read = (node: string) => plane.request('GET', `${records}/${node}`);
    /** Read, change and write back, as a controller does. */
    const put = async (node: string, by: string, path = '') => {
      const now = (await read(node)).body as ReturnType<typeof record>;
      const body = { ...now, spec: { ...now.spec, nodeNumber: 5 }, status };
      return plane.request('PUT', `${records}/${node}${path}`, { token: by, body });
    };

    it.each(Object.keys(writes))(
      'lets an agent change the record of its own node by %s',
      async (way) => {
        const before = await read('n1');
        expect(await send(way, 'n1', agent)).toMatchObject({ status: 200 });
        expect(await read('n1')).not.toEqual(before);
      },
    );

    it.each(Object.keys(writes))('refuses the record of another node: %s', async (way) => {
      const before = await read('n2');
      expect(messageOf(await send(way, 'n2', agent), 403)).toContain(another);
      expect(await read('n2')).toEqual(before);
    });

    it.each(Object.keys(writes))('refuses a token that is bound to nothing: %s', async (way) => {
      for (const node of ['n1', 'n2']) {
        expect(messageOf(await send(way, node, ofNobody), 403)).toContain(unbound);
      }
    });

    it.each(Object.keys(writes))(
      'lets an administrator do what an agent may not: %s',
      async (way) => {
        expect(await send(way, 'n2')).toMatchObject({ status: 200 });
      },
    );

    it('holds for an update as for a patch', async () => {
      expect(await put('n1', agent)).toMatchObject({ status: 200 });
      expect(await put('n1', agent, '/status')).toMatchObject({ status: 200 });
      for (const path of ['', '/status']) {
        expect(messageOf(await put('n2', agent, path), 403)).toContain(another);
        expect(messageOf(await put('n1', ofNobody, path), 403)).toContain(unbound);
      }
    });

    it('lets an agent create the record of its own node, by a POST or an apply', async () => {
      const create = () => plane.request('POST', records, { token: agent, body: record('n1') });
      expect(await create()).toMatchObject({ status: 409 });
      await send('a deletion', 'n1');
      expect(await create()).toMatchObject({ status: 201 });
      await send('a deletion', 'n1');
      expect(await send('a server-side apply', 'n1', agent)).toMatchObject({ status: 201 });
    });

    it('refuses to create any other record', async () => {
      await send('a deletion', 'n2');
      const body = record('n2');
      const create = (by: string) => plane.request('POST', records, { token: by, body });
      expect(messageOf(await create(agent), 403)).toContain(another);
      expect(messageOf(await create(ofNobody), 403)).toContain(unbound);
      expect(messageOf(await send('a server-side apply', 'n2', agent), 403)).toContain(another);
      expect(await read('n2')).toMatchObject({ status: 404 });
    });

    it('refuses generateName, also beside the name of its own node', async () => {
      await send('a deletion', 'n1');
      const { spec, ...rest } = record('n1');
      for (const metadata of [{ generateName: 'n1-' }, { name: 'n1', generateName: 'n1-' }]) {
        const body = { ...rest, spec, metadata };
        const refused = await plane.request('POST', records, { token: agent, body });
        expect(messageOf(refused, 403)).toContain('generateName is not allowed');
      }
    });

    it('gives a token that is bound to a Node, where there are such, the record of that node only', async () => {
      const bound = ['--bound-object-kind=Node', '--bound-object-name=n1'];
      const made = token(plane, [...bound, `--bound-object-uid=${uids.n1}`]);
      // Before 1.31 Kubernetes makes none unless told to (ServiceAccountTokenNodeBinding).
      if (minor.number < 31) return expect(made).rejects.toThrow('cannot bind token');
      const ofNode = await made;
      expect(await put('n1', ofNode)).toMatchObject({ status: 200 });
      expect(messageOf(await put('n2', ofNode), 403)).toContain(another);
    });

    it('has nothing to say of a token whose pod is gone: it is no token any more', async () => {
      await makeNode(plane, 'n3');
      const leftover = await agentToken(plane, 'n3');
      expect(messageOf(await put('n2', leftover), 403)).toContain('the agent on node n3');
      await must(
        plane,
        'DELETE',
        '/api/v1/namespaces/kube-system/pods/agent-n3?gracePeriodSeconds=0',
      );
      await vi.waitFor(async () => {
        expect(await put('n2', leftover)).toMatchObject({ status: 401 });
      }, patience);
    });
  });

  // Last: the collector looks for new kinds only every 30 seconds.
  it('lets the garbage collector remove the record of a Node that was deleted', async () => {
    await plane.request('DELETE', `${records}/n1`);
    const owner = { apiVersion: 'v1', kind: 'Node', name: 'n1', uid: uids.n1 };
    const create = (reference: object) => {
      const body = record('n1', {}, { ownerReferences: [reference] });
      return plane.request('POST', records, { token: agent, body });
    };
    // What the agent must not ask for: it may not change Nodes.
    const refused = await create({ ...owner, blockOwnerDeletion: true });
    expect(messageOf(refused, 403)).toContain('cannot set blockOwnerDeletion');
    expect(await create(owner)).toMatchObject({ status: 201 });

    await must(plane, 'DELETE', '/api/v1/nodes/n1');
    const slow = { timeout: 90_000, interval: 200 };
    await vi.waitFor(async () => {
      expect(await plane.request('GET', `${records}/n1`)).toMatchObject({ status: 404 });
    }, slow);
    expect(await plane.request('GET', `${records}/n2`)).toMatchObject({ status: 200 });
  }, 600_000);
});
