import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeNode, merge, must, namespace, record, records } from '../agents.js';
import { labDescribe } from '../lab-describe.js';
import { patience } from '../podcloak.js';
import {
  applyManifests,
  definition,
  type KubeLab,
  known,
  kubeNeeds,
  startKubeLab,
  untilTold,
} from './cluster.js';
import type { Driven } from './driven.js';
import { buildRoad, type Road } from './road.js';

const config = `/api/v1/namespaces/${namespace}/configmaps/podcloak`;
const anyRecord = (name: string) => expect.objectContaining({ name });
const gone = (code: string) => ({ unavailable: expect.objectContaining({ code }) });

labDescribe('a watch of the API server', kubeNeeds, () => {
  let lab: KubeLab;
  let driven: Driven;
  beforeAll(async () => {
    lab = await startKubeLab();
  });
  afterAll(() => lab?.stop());
  afterEach(async () => {
    expect(driven.faults).toEqual([]);
    expect(await driven.close()).toBe(0);
    for (const name of ['n1', 'n2', 'n3']) await lab.plane.request('DELETE', `${records}/${name}`);
  });

  /** Kept while the API server is away or the definition is gone: what was told of objects since. */
  const toldSince = (watch: string, from: number) => driven.told(watch).slice(from);

  it('tells all Nodes by name and UID only, then each that comes and goes', async () => {
    driven = await lab.start();
    driven.watch('nodes');
    await untilTold(driven, 'nodes', { synced: expect.anything() });
    const all = ['n1', 'n2'] as const;
    expect(driven.told('nodes')[0]).toEqual({
      watch: 'nodes',
      synced: all.map((name) => ({ name, uid: lab.uids[name] })),
    });
    const uid = await makeNode(lab.plane, 'n9');
    const next = await untilTold(driven, 'nodes', { name: 'n9', changed: { name: 'n9', uid } }, 1);
    await must(lab.plane, 'DELETE', '/api/v1/nodes/n9');
    await untilTold(driven, 'nodes', { name: 'n9', changed: null }, next);
  });

  it('tells its own Node with prefixes, addresses and labels, and no other Node', async () => {
    driven = await lab.start();
    driven.watch('ownNode', 'n1');
    await untilTold(driven, 'ownNode', { synced: expect.anything() });
    const podCIDRs = ['10.244.1.0/24', 'fd00:10:244:1::/64'];
    const spec = { podCIDR: podCIDRs[0], podCIDRs };
    const labels = { zone: 'a' };
    await must(lab.plane, 'PATCH', '/api/v1/nodes/n2', {
      ...merge,
      body: { metadata: { labels } },
    });
    await must(lab.plane, 'PATCH', '/api/v1/nodes/n1', {
      ...merge,
      body: { spec, metadata: { labels } },
    });
    const addresses = [{ type: 'InternalIP', address: '192.0.2.1' }];
    await must(lab.plane, 'PATCH', '/api/v1/nodes/n1/status', {
      ...merge,
      body: { status: { addresses } },
    });
    const uid = lab.uids.n1;
    const facts = { labels: expect.objectContaining(labels), podCIDRs, addresses, taints: [] };
    await untilTold(driven, 'ownNode', { changed: { name: 'n1', uid, ...facts } });
    expect(driven.told('ownNode').some((told) => 'name' in told && told.name !== 'n1')).toBe(false);
  });

  it('tells the ConfigMap, its change, its absence and its return', async () => {
    driven = await lab.start();
    driven.watch('config', namespace, 'podcloak');
    driven.watch('config', namespace, 'podcloak');
    const data = expect.objectContaining({ 'encryption.enabled': 'true' });
    await untilTold(driven, 'config', {
      synced: [expect.objectContaining({ name: 'podcloak', data })],
    });
    await must(lab.plane, 'PATCH', config, {
      ...merge,
      body: { data: { 'encryption.enabled': 'false' } },
    });
    const off = expect.objectContaining({ 'encryption.enabled': 'false' });
    const next = await untilTold(driven, 'config', {
      changed: expect.objectContaining({ data: off }),
    });
    await must(lab.plane, 'DELETE', config);
    const absent = await untilTold(driven, 'config', { name: 'podcloak', changed: null }, next);

    const late = await lab.start();
    late.watch('config', namespace, 'podcloak');
    await untilTold(late, 'config', { synced: [] });
    expect(await late.close()).toBe(0);

    await applyManifests(lab.plane);
    await untilTold(driven, 'config', { changed: expect.objectContaining({ data }) }, absent);
  });

  it('tells the records with their specs, versions and owners', async () => {
    const made = await must(lab.plane, 'POST', records, { body: record('n1') });
    driven = await lab.start();
    driven.watch('records');
    const next = await untilTold(driven, 'records', { synced: expect.anything() });
    const { uid, resourceVersion } = made.metadata;
    const { spec } = record('n1');
    expect(driven.told('records')[0]).toEqual({
      watch: 'records',
      synced: [{ name: 'n1', uid, resourceVersion, generation: 1, spec }],
    });
    const ownerReferences = [{ apiVersion: 'v1', kind: 'Node', name: 'n2', uid: lab.uids.n2 }];
    await must(lab.plane, 'POST', records, { body: record('n2', {}, { ownerReferences }) });
    await untilTold(
      driven,
      'records',
      { changed: expect.objectContaining({ name: 'n2', ownerUID: lab.uids.n2 }) },
      next,
    );
  });

  it('goes on when a listener throws, and reports it', async () => {
    driven = await lab.start({ throwing: true });
    driven.watch('records');
    await untilTold(driven, 'records', { synced: [] });
    await must(lab.plane, 'POST', records, { body: record('n1') });
    await untilTold(driven, 'records', { changed: anyRecord('n1') });
    expect(driven.faults).toEqual(['Error: the listener throws']);
    (driven.faults as string[]).length = 0;
  });

  it('goes on after the end of a watch without a list and without a word', async () => {
    driven = await lab.start({ pace: { watch: 200, silence: 10_000 } });
    driven.watch('records');
    await untilTold(driven, 'records', { synced: [] });
    for (const name of ['n1', 'n2']) {
      // More than one watch has ended by then.
      await new Promise((resolve) => setTimeout(resolve, 2500));
      await must(lab.plane, 'POST', records, { body: record(name) });
      await untilTold(driven, 'records', { changed: anyRecord(name) });
    }
    expect(driven.told('records')).toHaveLength(3);
  });

  describe('over a bad network', () => {
    let road: Road;
    beforeEach(async () => {
      road = await buildRoad(lab.plane.url);
    });
    afterEach(() => road.close());

    it('takes a connection that fell silent for dead, and goes on where it was', async () => {
      driven = await lab.start({ api: road.url, pace: { silence: 2000 } });
      driven.watch('records');
      await untilTold(driven, 'records', { synced: [] });
      for (const name of ['n1', 'n2']) {
        await must(lab.plane, 'POST', records, { body: record(name) });
        await untilTold(driven, 'records', { changed: anyRecord(name) });
        // There is a watch now, if there was none the first time.
        road.freeze();
      }
      expect(driven.told('records')).toHaveLength(3);
    });

    it('lists anew when the API server has forgotten where it was (410 Gone)', async () => {
      await must(lab.plane, 'POST', records, { body: record('n1') });
      driven = await lab.start({ api: road.url });
      driven.watch('records');
      await untilTold(driven, 'records', { synced: [anyRecord('n1')] });
      road.cut();
      await untilTold(driven, 'records', gone('PC501'));
      await must(lab.plane, 'DELETE', `${records}/n1`);
      await must(lab.plane, 'POST', records, { body: record('n2') });
      // A new process knows no event from before its start.
      await lab.plane.stopApiServer();
      await lab.plane.startApiServer();
      road.open();
      await untilTold(driven, 'records', { synced: [anyRecord('n2')] });
      // A deletion that nobody saw is told by the list alone.
      expect(driven.told('records').filter((told) => 'changed' in told)).toEqual([]);
    }, 600_000);
  });

  describe('while the API server is stopped', () => {
    it('is unavailable, keeps what it knew, and tells what changed once it is back', async () => {
      await must(lab.plane, 'POST', records, { body: record('n1') });
      driven = await lab.start();
      for (const watch of ['nodes', 'records']) driven.watch(watch);
      driven.watch('config', namespace, 'podcloak');
      for (const watch of ['nodes', 'records', 'config']) {
        await untilTold(driven, watch, { synced: expect.anything() });
      }
      await lab.plane.stopApiServer();
      for (const watch of ['nodes', 'records', 'config']) {
        await untilTold(driven, watch, gone('PC501'));
        // Nothing was said of any object.
        expect(toldSince(watch, 1).every((told) => 'unavailable' in told)).toBe(true);
      }
      await lab.plane.startApiServer();
      for (const watch of ['nodes', 'records', 'config']) {
        const from = driven.told(watch).findIndex((told) => 'unavailable' in told);
        await untilTold(driven, watch, { synced: expect.anything() }, from);
      }
      expect(known(driven, 'records')).toEqual(['n1']);
      // By a change or by a list, if the API server has forgotten where the watch was.
      await must(lab.plane, 'POST', records, { body: record('n2') });
      await vi.waitFor(() => expect(known(driven, 'records')).toEqual(['n1', 'n2']), patience);
    }, 600_000);

    it('can be begun, and is synced when it is there', async () => {
      await lab.plane.stopApiServer();
      driven = await lab.start();
      driven.watch('records');
      await untilTold(driven, 'records', gone('PC501'));
      await lab.plane.startApiServer();
      await untilTold(driven, 'records', { synced: [] });
    }, 600_000);

    it('can be closed, and the process ends', async () => {
      await lab.plane.stopApiServer();
      driven = await lab.start();
      driven.watch('records');
      await untilTold(driven, 'records', gone('PC501'));
      expect(await driven.close()).toBe(0);
      await lab.plane.startApiServer();
    }, 600_000);
  });

  describe('without the definition of the record', () => {
    it('is unavailable and never empty; told DELETED, it says so; a new one is synced', async () => {
      for (const name of ['n1', 'n2']) {
        await must(lab.plane, 'POST', records, { body: record(name) });
      }
      driven = await lab.start();
      driven.watch('records');
      await untilTold(driven, 'records', { synced: [anyRecord('n1'), anyRecord('n2')] });
      await lab.plane.kubectl(['delete', 'crd', definition]);
      // The API server itself deletes every record first, and says so.
      for (const name of ['n1', 'n2']) {
        await untilTold(driven, 'records', { name, changed: null }, 1);
      }
      await untilTold(driven, 'records', gone('PC504'), 1);
      const before = driven.told('records').length;

      const late = await lab.start();
      late.watch('records');
      await untilTold(late, 'records', gone('PC504'));
      expect(late.told('records').some((told) => 'synced' in told)).toBe(false);

      await applyManifests(lab.plane);
      const next = await untilTold(driven, 'records', { synced: [] }, before);
      await untilTold(late, 'records', { synced: [] });
      expect(toldSince('records', before).filter((told) => 'changed' in told)).toEqual([]);
      await must(lab.plane, 'POST', records, { body: record('n3') });
      await untilTold(driven, 'records', { changed: anyRecord('n3') }, next);
      await untilTold(late, 'records', { changed: anyRecord('n3') });
      expect(await late.close()).toBe(0);
    });
  });
});
