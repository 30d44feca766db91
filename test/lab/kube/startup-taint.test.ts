import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { merge, messageOf, must, token } from '../agents.js';
import type { RequestOptions } from '../api-client.js';
import { labDescribe } from '../lab-describe.js';
import { apply, patience, rendered } from '../podcloak.js';
import { type KubeLab, kubeNeeds, startKubeLab, untilTold } from './cluster.js';
import type { Driven } from './driven.js';

const KEY = 'example.com/agent-not-ready';
const ON = [
  ...['--set', 'encryption.strictMode.startupTaint.enabled=true'],
  ...['--set', `encryption.strictMode.startupTaint.key=${KEY}`],
];
const OURS = { key: KEY, value: 'true', effect: 'NoExecute', timeAdded: '2026-11-21T10:00:00Z' };
const OTHER = { key: 'example.com/gpu', effect: 'NoSchedule' };
const LAST = { key: 'example.com/last', value: 'x', effect: 'PreferNoSchedule' };

const jsonPatch = { contentType: 'application/json-patch+json' };
const anotherNode = 'the agent on node n1 may not change the Node n2';
const nothingElse = 'an agent may change nothing of its Node but remove the startup taint';
const noOther = `an agent may remove the taint ${KEY} from its Node, and change no other`;

interface StoredNode {
  readonly metadata: { readonly labels?: Record<string, string>; readonly resourceVersion: string };
  readonly spec: { readonly taints?: readonly object[]; readonly podCIDR?: string };
}

/** All that must not happen, of a Node whose taints are OTHER, OURS, LAST. */
const forbidden: readonly (readonly [what: string, message: string, patch: object])[] = [
  ['another taint', noOther, { spec: { taints: [OURS, LAST] } }],
  ['all taints', noOther, { spec: { taints: null } }],
  ['a changed taint', noOther, { spec: { taints: [{ ...OTHER, value: 'y' }, LAST] } }],
  [
    'another value of the startup taint',
    noOther,
    { spec: { taints: [OTHER, { ...OURS, value: 'no' }, LAST] } },
  ],
  ['a new taint', noOther, { spec: { taints: [OTHER, LAST, { key: 'a', effect: 'NoExecute' }] } }],
  ['another order', noOther, { spec: { taints: [LAST, OTHER] } }],
  [
    'a label',
    nothingElse,
    { metadata: { labels: { 'node-role.kubernetes.io/control-plane': '' } } },
  ],
  ['a label that goes', nothingElse, { metadata: { labels: { there: null } } }],
  ['an annotation', nothingElse, { metadata: { annotations: { a: 'b' } } }],
  ['a finalizer', nothingElse, { metadata: { finalizers: ['example.com/a'] } }],
  ['a cordon', nothingElse, { spec: { unschedulable: true } }],
  ['the provider', nothingElse, { spec: { providerID: 'a://b' } }],
  ['the taint and a cordon', nothingElse, { spec: { taints: [OTHER, LAST], unschedulable: true } }],
];

labDescribe('the startup taint', kubeNeeds, () => {
  let lab: KubeLab;
  let driven: Driven;
  let ofNobody: string;
  const path = (node: string): string => `/api/v1/nodes/${node}`;
  const read = async (node: string): Promise<StoredNode> =>
    (await must(lab.plane, 'GET', path(node))) as unknown as StoredNode;
  const send = (node: string, options: RequestOptions, by = lab.agent) =>
    lab.plane.request('PATCH', path(node), { ...options, token: by });
  const applyWith = async (args: readonly string[]): Promise<void> => {
    await apply(lab.plane, await rendered(['-f', 'examples/strict.yaml', ...args]));
  };
  /** RBAC and admission follow an apply after a moment. */
  const untilAnswer = async (
    expected: string,
    body: object = { metadata: { labels: { probe: 'x' } } },
  ): Promise<void> => {
    await vi.waitFor(async () => {
      const refused = await send('n1', { ...merge, body });
      expect(messageOf(refused, 403)).toContain(expected);
    }, patience);
  };

  beforeAll(async () => {
    lab = await startKubeLab();
    await applyWith(ON);
    // The lab's policy of before says the same of a label, and allows another key.
    await untilAnswer(noOther, { spec: { taints: [{ key: 'a', effect: 'NoExecute' }] } });
    ofNobody = await token(lab.plane);
  });
  afterAll(() => lab?.stop());
  beforeEach(async () => {
    driven = await lab.start();
    for (const node of ['n1', 'n2']) {
      const body = {
        metadata: { labels: { there: 'yes' } },
        spec: { taints: [OTHER, OURS, LAST] },
      };
      await must(lab.plane, 'PATCH', path(node), { ...merge, body });
    }
  });
  afterEach(async () => {
    expect(driven.faults).toEqual([]);
    expect(await driven.close()).toBe(0);
  });

  describe('removed by the agent', () => {
    it('goes from its own Node, and nothing else does', async () => {
      const before = await read('n1');
      const seen = [OTHER.key, KEY, LAST.key];
      expect(await driven.call('removeTaint', 'n1', KEY, seen)).toMatchObject({ result: null });
      const after = await read('n1');
      expect(after.spec.taints).toEqual([OTHER, LAST]);
      expect({ ...after.spec, taints: [] }).toEqual({ ...before.spec, taints: [] });
      expect(after.metadata.labels).toEqual(before.metadata.labels);
    });

    it('goes with every effect that it has, also as the only one', async () => {
      const body = { spec: { taints: [OURS, { key: KEY, effect: 'NoSchedule' }] } };
      await must(lab.plane, 'PATCH', path('n1'), { ...merge, body });
      expect(await driven.call('removeTaint', 'n1', KEY, [KEY, KEY])).toMatchObject({
        result: null,
      });
      expect((await read('n1')).spec.taints).toBeUndefined();
    });

    it('stays (PC507) when the taints are not those that were seen, with all others', async () => {
      for (const seen of [[KEY], [OTHER.key, LAST.key, KEY], [OTHER.key, KEY, LAST.key, KEY]]) {
        const { error } = await driven.call('removeTaint', 'n1', KEY, seen);
        expect(error).toMatchObject({ code: 'PC507', status: 422 });
      }
      expect((await read('n1')).spec.taints).toEqual([OTHER, OURS, LAST]);
    });

    it('is told by the watch of the Node, with the other taints in their order', async () => {
      driven.watch('ownNode', 'n1');
      const taints = [OTHER.key, KEY, LAST.key];
      await untilTold(driven, 'ownNode', { synced: [expect.objectContaining({ taints })] });
      await driven.call('removeTaint', 'n1', KEY, taints);
      const changed = expect.objectContaining({ taints: [OTHER.key, LAST.key] });
      await untilTold(driven, 'ownNode', { changed });
    });

    it('stays (PC503) on another Node, in the words of the policy', async () => {
      const seen = [OTHER.key, KEY, LAST.key];
      const { error } = await driven.call('removeTaint', 'n2', KEY, seen);
      expect(error).toMatchObject({ code: 'PC503', status: 403 });
      expect(error?.message).toContain(anotherNode);
      expect((await read('n2')).spec.taints).toEqual([OTHER, OURS, LAST]);
    });
  });

  describe('as the only thing that an agent may change', () => {
    it.each(forbidden)('keeps it from %s', async (_, message, body) => {
      const before = await read('n1');
      expect(messageOf(await send('n1', { ...merge, body }), 403)).toContain(message);
      expect((await read('n1')).spec).toEqual(before.spec);
      expect((await read('n1')).metadata.labels).toEqual(before.metadata.labels);
    });

    it('may be removed by a merge patch as well, with one of its effects or all', async () => {
      const second = { key: KEY, effect: 'NoSchedule' };
      const all = { spec: { taints: [OTHER, OURS, second, LAST] } };
      await must(lab.plane, 'PATCH', path('n1'), { ...merge, body: all });
      for (const taints of [
        [OTHER, second, LAST],
        [OTHER, LAST],
      ]) {
        const body = { spec: { taints } };
        expect(await send('n1', { ...merge, body })).toMatchObject({ status: 200 });
      }
      expect((await read('n1')).spec.taints).toEqual([OTHER, LAST]);
    });

    it('is not to be put back', async () => {
      const without = { spec: { taints: [OTHER] } };
      await must(lab.plane, 'PATCH', path('n1'), { ...merge, body: without });
      const body = { spec: { taints: [OTHER, OURS] } };
      expect(messageOf(await send('n1', { ...merge, body }), 403)).toContain(noOther);
    });

    it('leaves the status, new Nodes and deletions to others', async () => {
      const status = { status: { conditions: [] } };
      const agent = lab.agent;
      const { plane } = lab;
      const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n9' } };
      const tries = [
        plane.request('PATCH', `${path('n1')}/status`, { ...merge, body: status, token: agent }),
        plane.request('PUT', path('n1'), { body: await read('n1'), token: agent }),
        plane.request('POST', '/api/v1/nodes', { body: node, token: agent }),
        plane.request('DELETE', path('n1'), { token: agent }),
        plane.request('PATCH', `${path('n9')}?fieldManager=a&force=true`, {
          contentType: 'application/apply-patch+yaml',
          body: node,
          token: agent,
        }),
      ];
      for (const answer of await Promise.all(tries)) messageOf(answer, 403);
    });

    it('is refused to a token that is bound to nothing', async () => {
      const body = [{ op: 'remove', path: '/spec/taints/1' }];
      const refused = await send('n1', { ...jsonPatch, body }, ofNobody);
      expect(messageOf(refused, 403)).toContain('the token is not bound to a pod on a node');
    });

    it('binds nobody else', async () => {
      const body = { spec: { taints: [OTHER], unschedulable: true } };
      await must(lab.plane, 'PATCH', path('n2'), { ...merge, body });
      const back = { spec: { unschedulable: null } };
      await must(lab.plane, 'PATCH', path('n2'), { ...merge, body: back });
    });
  });

  describe('with the policy against more rights than the agent has', () => {
    const role = 'everything-of-nodes';
    beforeAll(async () => {
      const rule = ['--verb=*', '--resource=nodes,nodes/status'];
      await lab.plane.kubectl(['create', 'clusterrole', role, ...rule]);
      const to = [`--clusterrole=${role}`, '--serviceaccount=kube-system:podcloak'];
      await lab.plane.kubectl(['create', 'clusterrolebinding', role, ...to]);
    });
    afterAll(async () => {
      await lab.plane.kubectl(['delete', 'clusterrole,clusterrolebinding', role]);
    });

    it('refuses the status, creation and deletion also where RBAC would allow them', async () => {
      const message = 'an agent may neither create nor delete a Node, nor write its status';
      const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n9' } };
      const by = { token: lab.agent };
      const body = { status: { conditions: [] } };
      await vi.waitFor(async () => {
        const answer = await lab.plane.request('POST', '/api/v1/nodes', { ...by, body: node });
        expect(messageOf(answer, 403)).toContain(message);
      }, patience);
      for (const answer of [
        await lab.plane.request('PATCH', `${path('n1')}/status`, { ...by, ...merge, body }),
        await lab.plane.request('DELETE', path('n1'), by),
        await lab.plane.request('DELETE', path('n2'), by),
      ]) {
        expect(messageOf(answer, 403)).toContain(message);
      }
    });

    it('refuses an owner, by whose deletion the Node would go', async () => {
      const owner = { apiVersion: 'v1', kind: 'Node', name: 'n2', uid: lab.uids.n2 };
      const body = { metadata: { ownerReferences: [owner] } };
      expect(messageOf(await send('n1', { ...merge, body }), 403)).toContain(nothingElse);
    });
  });

  it('is out of the reach of an agent while its value is off, by the same set of objects', async () => {
    await applyWith([]);
    await untilAnswer('cannot patch resource "nodes"');
    const names = (text: string): string[] => text.match(/^(kind: .*| {2}name: .*)$/gm) ?? [];
    const off = await rendered(['-f', 'examples/strict.yaml']);
    expect(names(off)).toEqual(names(await rendered(['-f', 'examples/strict.yaml', ...ON])));
  });
});
