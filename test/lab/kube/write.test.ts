import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { merge, must, record, records, status } from '../agents.js';
import { labDescribe } from '../lab-describe.js';
import { applyManifests, definition, type KubeLab, kubeNeeds, startKubeLab } from './cluster.js';
import type { Driven } from './driven.js';

const { spec } = record('n1');
const events = '/apis/events.k8s.io/v1/namespaces/default/events';

interface Written {
  readonly uid: string;
  readonly resourceVersion: string;
}

interface StoredEvent {
  readonly metadata: { readonly name: string };
  readonly note: string;
  readonly series?: { readonly count: number };
}

labDescribe('writing to the API server as an agent', kubeNeeds, () => {
  let lab: KubeLab;
  let driven: Driven;
  beforeAll(async () => {
    lab = await startKubeLab();
  });
  afterAll(() => lab?.stop());
  beforeEach(async () => {
    driven = await lab.start();
  });
  afterEach(async () => {
    expect(driven.faults).toEqual([]);
    expect(await driven.close()).toBe(0);
    for (const name of ['n1', 'n2']) await lab.plane.request('DELETE', `${records}/${name}`);
    for (const { metadata } of await stored()) {
      await must(lab.plane, 'DELETE', `${events}/${metadata.name}`);
    }
  });

  const owner = () => ({ uid: lab.uids.n1 });
  const create = async (): Promise<Written> => {
    const { result } = await driven.call('writeRecord', 'n1', owner(), spec);
    return result as Written;
  };
  const stored = async (): Promise<StoredEvent[]> => {
    const listed = await must(lab.plane, 'GET', events);
    const { items } = listed as unknown as {
      items: (StoredEvent & { reportingController: string })[];
    };
    return items.filter(({ reportingController }) => reportingController === 'podcloak.dev/agent');
  };

  it('knows the cluster by the UID of kube-system', async () => {
    const { metadata } = await must(lab.plane, 'GET', '/api/v1/namespaces/kube-system');
    expect(await driven.call('clusterUID')).toMatchObject({ result: metadata.uid });
  });

  describe('of its own record', () => {
    it('creates it, owned by the Node and blocking no deletion of it', async () => {
      const { result } = await driven.call('writeRecord', 'n1', owner(), spec);
      const now = await must(lab.plane, 'GET', `${records}/n1`);
      const { uid, resourceVersion } = now.metadata;
      const ownerUID = lab.uids.n1;
      expect(result).toEqual({ name: 'n1', uid, resourceVersion, generation: 1, ownerUID, spec });
      const ownerReferences = [{ apiVersion: 'v1', kind: 'Node', name: 'n1', uid: ownerUID }];
      expect(now).toMatchObject({ metadata: { ownerReferences } });
      expect(JSON.stringify(now)).not.toContain('blockOwnerDeletion":true');
    });

    it('replaces the spec as a whole, and leaves labels and status alone', async () => {
      await create();
      await driven.call('writeStatus', 'n1', status);
      const labelled = await must(lab.plane, 'PATCH', `${records}/n1`, {
        ...merge,
        body: { metadata: { labels: { kept: 'yes' } } },
      });
      const { keys: _, macs: __, ...less } = { ...spec, revision: 8 };
      const { resourceVersion } = labelled.metadata;
      const { result } = await driven.call('writeRecord', 'n1', owner(), less, resourceVersion);
      expect(result).toMatchObject({ generation: 2, spec: less, status });
      expect((result as { spec: object }).spec).toEqual(less);
      expect(await must(lab.plane, 'GET', `${records}/n1`)).toMatchObject({
        metadata: { labels: { kept: 'yes' } },
      });
    });

    it('is in conflict (PC506) with whoever wrote it in between, and changes nothing', async () => {
      const { resourceVersion } = await create();
      await must(lab.plane, 'PATCH', `${records}/n1`, {
        ...merge,
        body: { spec: { revision: 9 } },
      });
      const late = { ...spec, revision: 10 };
      expect(await driven.call('writeRecord', 'n1', owner(), late, resourceVersion)).toMatchObject({
        error: { code: 'PC506', status: 409, reason: 'Conflict' },
      });
      const now = await must(lab.plane, 'GET', `${records}/n1`);
      expect(now).toMatchObject({ spec: { revision: 9 } });
    });

    it('is in conflict (PC506) with one that is there, and finds none (PC505) that is gone', async () => {
      const { resourceVersion } = await create();
      expect(await driven.call('writeRecord', 'n1', owner(), spec)).toMatchObject({
        error: { code: 'PC506', reason: 'AlreadyExists' },
      });
      expect(await driven.call('deleteRecord', 'n1')).toEqual(
        expect.objectContaining({ result: null }),
      );
      expect(await driven.call('deleteRecord', 'n1')).toEqual(
        expect.objectContaining({ result: null }),
      );
      expect(await driven.call('writeRecord', 'n1', owner(), spec, resourceVersion)).toMatchObject({
        error: { code: 'PC505', status: 404 },
      });
      expect(await driven.call('writeStatus', 'n1', status)).toMatchObject({
        error: { code: 'PC505' },
      });
    });

    it('refuses (PC507) what the definition does not have, rather than lose it', async () => {
      const { error } = await driven.call('writeRecord', 'n1', owner(), { ...spec, peers: ['n2'] });
      expect(error).toMatchObject({ code: 'PC507', status: 400 });
      expect(error?.message).toContain('unknown field "spec.peers"');
      expect(
        await driven.call('writeRecord', 'n1', owner(), { ...spec, nodeNumber: 0 }),
      ).toMatchObject({
        error: { code: 'PC507', status: 422 },
      });
    });

    it('replaces the status as a whole, and nothing else', async () => {
      await create();
      await driven.call('writeStatus', 'n1', status);
      const less = { agentVersion: '0.2.0', observedGeneration: 1 };
      const { result } = await driven.call('writeStatus', 'n1', less);
      expect(result).toMatchObject({ generation: 1, observedGeneration: 1, spec });
      expect((result as { status: object }).status).toEqual(less);
    });

    it('is collected as garbage when the Node that owns it is not there any more', async () => {
      await driven.call('writeRecord', 'n1', { uid: '00000000-0000-4000-8000-000000000000' }, spec);
      // The collector looks for new kinds twice a minute.
      await vi.waitFor(
        async () => {
          expect(await lab.plane.request('GET', `${records}/n1`)).toMatchObject({ status: 404 });
        },
        { timeout: 90_000, interval: 200 },
      );
    }, 600_000);
  });

  describe("of another node's record", () => {
    it('is forbidden (PC503) by the admission policy, in its own words', async () => {
      const other = await must(lab.plane, 'POST', records, { body: record('n2') });
      const version = other.metadata.resourceVersion;
      const tries = [
        driven.call('writeRecord', 'n2', { uid: lab.uids.n2 }, spec, version),
        driven.call('writeStatus', 'n2', status),
        driven.call('deleteRecord', 'n2'),
      ];
      for (const { error } of await Promise.all(tries)) {
        expect(error).toMatchObject({ code: 'PC503', status: 403, reason: 'Forbidden' });
        expect(error?.message).toContain('the agent on node n1 may not write the record of n2');
      }
      expect(await must(lab.plane, 'GET', `${records}/n2`)).toMatchObject(other);
    });
  });

  describe('of events', () => {
    const unconfirmed = (name: string, note = 'n2 does not answer') => ({
      regarding: { kind: 'Node', name, uid: lab.uids.n1 },
      ...{ type: 'Warning', reason: 'PeerUnconfirmed', action: 'Confirm', note },
    });

    it('makes one of a thousand alike, with their count', async () => {
      for (let count = 0; count < 1000; count += 1) {
        await driven.call('event', unconfirmed('n1', `try ${count}`));
      }
      const [first, ...others] = await stored();
      expect(others).toEqual([]);
      expect(first).toMatchObject({ note: 'try 0', series: { count: 512 } });
      expect(first).toMatchObject({
        reportingInstance: 'driver',
        regarding: { apiVersion: 'v1', kind: 'Node', name: 'n1', uid: lab.uids.n1 },
      });
    });

    it('makes one of many that are reported at the same time', async () => {
      await Promise.all(Array.from({ length: 8 }, () => driven.call('event', unconfirmed('n1'))));
      const [first, ...others] = await stored();
      expect(others).toEqual([]);
      expect(first).toMatchObject({ series: { count: 8 } });
    });

    it('makes another of another object, kind or reason', async () => {
      const about = { ...unconfirmed('n1'), regarding: { kind: 'EncryptionNode', name: 'n1' } };
      const all = [unconfirmed('n1'), unconfirmed('n2'), about, { ...about, reason: 'Other' }];
      for (const event of [...all, ...all]) await driven.call('event', event);
      const found = await stored();
      expect(found).toHaveLength(4);
      expect(found.map(({ series }) => series?.count)).toEqual([2, 2, 2, 2]);
    });

    it('makes a new one when the first was deleted', async () => {
      await driven.call('event', unconfirmed('n1', 'first'));
      for (const { metadata } of await stored()) {
        await must(lab.plane, 'DELETE', `${events}/${metadata.name}`);
      }
      await driven.call('event', unconfirmed('n1', 'second'));
      expect(await stored()).toMatchObject([{ note: 'second' }]);
    });

    it('makes one of what several agents report together, and another of another cause', async () => {
      const other = await lab.start();
      const shared = (by: string, cause = 'no-answer') => ({
        ...unconfirmed('n1', by),
        shared: cause,
      });
      await driven.call('event', shared('one'));
      for (const again of [1, 2]) await other.call('event', shared(`other ${again}`));
      await other.call('event', shared('other', 'wrong-key'));
      expect((await stored()).map(({ note }) => note).sort()).toEqual(['one', 'other']);
      expect(other.faults).toEqual([]);
      expect(await other.close()).toBe(0);
    });

    it('cuts a note that the API would refuse, and is seen by kubectl', async () => {
      await driven.call('event', unconfirmed('n1', 'ü'.repeat(2000)));
      const [event] = await stored();
      expect(Buffer.byteLength(event?.note ?? '')).toBeLessThanOrEqual(1024);
      expect(event?.note).toMatch(/^ü+…$/);
      const described = await lab.plane.kubectl(['describe', 'node', 'n1']);
      expect(described.stdout).toContain('PeerUnconfirmed');
    });

    it('never rejects: what the API server refuses is a fault for the log', async () => {
      const wrong = { ...unconfirmed('n1'), reason: '' };
      expect(await driven.call('event', wrong)).toEqual(expect.objectContaining({ result: null }));
      expect(driven.faults).toEqual([expect.stringContaining('422')]);
      (driven.faults as string[]).length = 0;
      expect(await stored()).toEqual([]);
    });
  });

  it('says that the kind is not there (PC504) when its definition is missing', async () => {
    await lab.plane.kubectl(['delete', 'crd', definition]);
    for (const [method, ...args] of [
      ['writeRecord', 'n1', owner(), spec],
      ['writeStatus', 'n1', status],
      ['deleteRecord', 'n1'],
    ] as const) {
      expect(await driven.call(method, ...args)).toMatchObject({ error: { code: 'PC504' } });
    }
    await applyManifests(lab.plane);
  });
});
