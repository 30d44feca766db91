import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { type KeyLine, parseKeyLines } from '../../src/key-lines/index.js';
import { done, helmIn } from '../chart/helm.js';
import { CHART } from '../chart/helm-chart.js';
import { onKey, sealedSpec } from '../unit/rotation/samples.js';
import { BAD, GOOD } from '../unit/schedules.js';
import { makeNode, merge, must, record, records } from './agents.js';
import { writeKubeconfig } from './api-client.js';
import { type ControlPlane, controlPlaneNeeds, startControlPlane } from './control-plane.js';
import { labDescribe } from './lab-describe.js';
import { apply, get, podcloak, rendered, untilServed } from './podcloak.js';
import { flawless, type RunResult } from './run.js';

const secret = 'cilium-ipsec-keys';
const place = ['-n', 'kube-system'];
const secretPath = `/api/v1/namespaces/kube-system/secrets/${secret}`;
const definition = 'encryptionnodes.podcloak.dev';
const EXAMPLE = 'examples/own-rotation.yaml';
const NODES = ['n1', 'n2'];

interface PodSpec {
  readonly serviceAccountName: string;
  readonly containers: readonly [{ readonly args: readonly string[] }];
}

interface Job {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: { readonly template: { readonly spec: PodSpec } };
}

interface CronJob {
  readonly kind: string;
  readonly spec: {
    readonly suspend: boolean;
    readonly jobTemplate: Pick<Job, 'spec'>;
  };
}

function objectOf<T extends { kind: string }>(manifests: string, kind: T['kind']): T {
  const all = parseAllDocuments(manifests).map((document) => document.toJS() as T);
  const found = all.find((object) => object.kind === kind);
  if (found === undefined) throw new Error(`there is no ${kind}`);
  return found;
}

labDescribe('the key that the cluster makes', [...controlPlaneNeeds(), 'helm3', 'helm4'], () => {
  let plane: ControlPlane;
  let folder: string;
  let manifests: string;
  let clusterUID: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'podcloak-own-rotation-'));
    manifests = await rendered(['-f', EXAMPLE]);
    plane = await startControlPlane();
    clusterUID = (await get(plane, 'namespace', 'kube-system')).metadata.uid;
    for (const node of NODES) await makeNode(plane, node);
  });
  beforeEach(async () => {
    await plane.kubectl(['delete', 'secret', secret, ...place, '--ignore-not-found']);
    await plane.kubectl(['delete', 'jobs', '--all', ...place]);
    await apply(plane, manifests);
    await untilServed(plane, definition);
    await plane.kubectl(['delete', 'encryptionnodes', '--all']);
    await plane.kubectl(['delete', 'events', '--all', ...place]);
  });
  afterAll(async () => {
    await plane?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const tokenOf = async (account: string): Promise<string> =>
    flawless(await plane.kubectl(['create', 'token', account, ...place])).stdout.trim();
  /** A kubelet's part: a pod's command, with the rights of its account. */
  const runPod = async ({ serviceAccountName, containers }: PodSpec): Promise<RunResult> => {
    const kubeconfig = join(folder, serviceAccountName);
    const { url, caFile } = plane;
    const token = await tokenOf(serviceAccountName);
    writeKubeconfig(kubeconfig, { url, caFile, adminToken: '', dir: folder }, token);
    const env = { PATH: process.env.PATH, HOME: folder, KUBECONFIG: kubeconfig };
    return podcloak(containers[0].args, { env });
  };
  const runJob = (): Promise<RunResult> =>
    runPod(objectOf<Job>(manifests, 'Job').spec.template.spec);
  const runCronJob = (): Promise<RunResult> =>
    runPod(objectOf<CronJob>(manifests, 'CronJob').spec.jobTemplate.spec.template.spec);
  const dataOf = async (): Promise<Readonly<Record<string, string>> | undefined> =>
    (await get(plane, 'secret', secret, ...place)).data as Record<string, string> | undefined;
  const storedLines = async (): Promise<readonly KeyLine[]> => {
    const text = Buffer.from((await dataOf())?.keys ?? '', 'base64').toString();
    const { keys, problems } = parseKeyLines(text);
    expect(problems).toEqual([]);
    return keys;
  };
  const ids = async (): Promise<number[]> => (await storedLines()).map(({ keyId }) => keyId);

  describe('comes from a Job', () => {
    it('that fills the Secret once, and never again', async () => {
      expect(await dataOf()).toBeUndefined();
      const first = await runJob();
      expect(first).toEqual({
        code: 0,
        stdout: `Secret kube-system/${secret} has a first line, key id 3.\n`,
        stderr: '',
      });
      expect(await storedLines()).toMatchObject([{ keyId: 3, form: 'aead' }]);
      const made = await dataOf();
      const again = await runJob();
      expect(again).toEqual({
        code: 0,
        stdout: `Secret kube-system/${secret} has a key already; it stays.\n`,
        stderr: '',
      });
      expect(await dataOf()).toEqual(made);
      for (const { stdout, stderr } of [first, again]) {
        expect(stdout + stderr).not.toMatch(/[0-9a-f]{16}/);
      }
    });

    it('and of two of them at a time only one writes', async () => {
      const outcomes = await Promise.all([runJob(), runJob(), runJob()]);
      expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0]);
      const written = outcomes.filter(({ stdout }) => stdout.includes('has a first line'));
      expect(written).toHaveLength(1);
      expect(await ids()).toEqual([3]);
    });

    it('which leaves what somebody else has put there, be it wrong', async () => {
      const keys = Buffer.from('not a key line\n').toString('base64');
      await must(plane, 'PATCH', secretPath, { ...merge, body: { data: { keys, other: 'eA==' } } });
      expect((await runJob()).stdout).toContain('has a key already; it stays');
      expect(await dataOf()).toEqual({ keys, other: 'eA==' });

      await must(plane, 'PATCH', secretPath, { ...merge, body: { data: { keys: '' } } });
      expect((await runJob()).stdout).toContain('has a first line');
      expect(await dataOf()).toMatchObject({ other: 'eA==' });
      expect(await ids()).toEqual([3]);
    });

    it('which fails where there is no Secret, to be tried again', async () => {
      await must(plane, 'DELETE', secretPath);
      const { code, stderr } = await runJob();
      expect(code).toBe(2);
      expect(stderr).toContain(`error PC493: Secret kube-system/${secret} does not exist`);
    });

    it('whose account may do nothing but read and patch that one Secret', async () => {
      const token = await tokenOf('podcloak-key');
      const secrets = '/api/v1/namespaces/kube-system/secrets';
      const as = async (method: string, path: string, body?: object) =>
        (
          await plane.request(method, path, {
            token,
            ...(method === 'PATCH' ? merge : {}),
            ...(body === undefined ? {} : { body }),
          })
        ).status;
      expect(await as('GET', secretPath)).toBe(200);
      expect(await as('PATCH', secretPath, {})).toBe(200);
      expect(await as('GET', secrets)).toBe(403);
      expect(await as('DELETE', secretPath)).toBe(403);
      const another = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'another' } };
      expect(await as('POST', secrets, another)).toBe(403);
      expect(await as('PATCH', `${secrets}/another`, {})).toBe(403);
      // Server-side apply makes what is not there, with a patch: that takes `create` as well.
      await must(plane, 'DELETE', secretPath);
      const applied = await plane.request('PATCH', `${secretPath}?fieldManager=x`, {
        token,
        contentType: 'application/apply-patch+yaml',
        body: { ...another, metadata: { name: secret } },
      });
      expect(applied.status).toBe(403);
      expect(await as('GET', records)).toBe(403);
      expect(await as('GET', '/api/v1/nodes')).toBe(403);
    });
  });

  describe('stays', () => {
    const ways = [
      ['kubectl apply', []],
      ['kubectl apply --server-side', ['--server-side']],
    ] as const;

    it.each(ways)('whatever %s says later', async (_, how) => {
      await plane.kubectl(['delete', '-f', '-'], { input: manifests });
      await apply(plane, manifests, how);
      expect((await runJob()).code).toBe(0);
      const made = await dataOf();
      await apply(plane, manifests, how);
      expect(await dataOf()).toEqual(made);
      const changed = await rendered(['-f', EXAMPLE, '--set', 'commonLabels.team=net']);
      await apply(plane, changed, how);
      expect(await dataOf()).toEqual(made);
    });

    it.each([3, 4] as const)('whatever helm %i upgrades, and takes back', async (version) => {
      await plane.kubectl(['delete', '-f', '-'], { input: manifests });
      const helm = helmIn(folder, version, plane.kubeconfig);
      const where = ['--namespace', 'kube-system'];
      const values = ['-f', join(import.meta.dirname, '../..', EXAMPLE)];
      await done(helm('install', 'podcloak', CHART, ...where, ...values));
      try {
        expect(await dataOf()).toBeUndefined();
        expect((await runJob()).code).toBe(0);
        const made = await dataOf();
        const label = ['--set', 'commonLabels.team=net'];
        await done(helm('upgrade', 'podcloak', CHART, ...where, ...values, ...label));
        expect(await dataOf()).toEqual(made);
        // Another template is another Job: the one of before goes, and nothing stands in the way.
        const { items } = await get(plane, 'jobs', ...place);
        expect(items).toHaveLength(1);
        await done(helm('rollback', 'podcloak', '1', ...where));
        expect(await dataOf()).toEqual(made);
      } finally {
        await helm('uninstall', 'podcloak', ...where);
        await plane.kubectl(['delete', `customresourcedefinition/${definition}`]);
      }
    });

    it('where a key was rendered before, once it was rotated, by server-side apply', async () => {
      const file = join(folder, 'keys');
      const made = await podcloak(['keys', 'create', '-o', 'json']);
      const { data } = JSON.parse(made.stdout) as { data: { keys: string } };
      writeFileSync(file, Buffer.from(data.keys, 'base64'));
      const own = ['--set-file', `encryption.ipsec.key=${file}`];
      await must(plane, 'DELETE', secretPath);
      await apply(plane, await rendered(['-f', 'examples/ipsec.yaml', ...own]), [
        ...['--server-side', '--force-conflicts'],
      ]);
      const env = { PATH: process.env.PATH, HOME: folder, KUBECONFIG: plane.kubeconfig };
      expect((await podcloak(['keys', 'rotate', '--despite-unfinished'], { env })).code).toBe(0);
      expect(await ids()).toEqual([3, 4]);
      await apply(plane, manifests, ['--server-side', '--force-conflicts']);
      expect(await ids()).toEqual([3, 4]);
    });

    it('under a Job of another name where its template is another, so that the API server takes it', async () => {
      const changed = await rendered(['-f', EXAMPLE, '--set', 'image.tag=next']);
      const [one, other] = [manifests, changed].map(
        (text) => objectOf<Job>(text, 'Job').metadata.name,
      );
      expect(one).toMatch(/^podcloak-key-[0-9a-f]{8}$/);
      expect(other).not.toBe(one);
      await apply(plane, changed);
      expect((await get(plane, 'jobs', ...place)).items).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ metadata: expect.objectContaining({ name: one }) }),
          expect.objectContaining({ metadata: expect.objectContaining({ name: other }) }),
        ]),
      );
      await plane.kubectl(['delete', `job/${other}`, ...place]);
    });
  });

  describe('is changed by a CronJob', () => {
    /** Says what the agent of each node would say that has these lines. */
    const say = async (lines: readonly KeyLine[], confirmed = 1): Promise<void> => {
      for (const [index, node] of NODES.entries()) {
        const body = record(node, sealedSpec(node, lines, clusterUID, index + 1));
        const { status } = await plane.request('GET', `${records}/${node}`);
        if (status === 404) await must(plane, 'POST', records, { body });
        else await must(plane, 'PATCH', `${records}/${node}`, { ...merge, body });
        const waitsFor = confirmed === 1 ? [] : ['n9'];
        const said = onKey(lines.at(-1)?.keyId ?? 0, confirmed, 1, waitsFor);
        await must(plane, 'PATCH', `${records}/${node}/status`, {
          ...merge,
          body: { status: said },
        });
      }
    };
    const events = async () =>
      ((await get(plane, 'events', ...place)).items as Event[]).map(({ reason, type }) => ({
        reason,
        type,
      }));
    /** Plays the agents until the command has ended: they take over each key that they see. */
    const withAgents = async (command: Promise<RunResult>): Promise<RunResult> => {
      let ended = false;
      const running = command.finally(() => {
        ended = true;
      });
      while (!ended) await say(await storedLines());
      return running;
    };

    it('which waits for every node, takes the old key away, and says so on the CronJob', async () => {
      await runJob();
      await say(await storedLines());
      const { code, stdout, stderr } = await withAgents(runCronJob());
      expect({ code, warns: stderr.includes('warning') }).toEqual({ code: 0, warns: false });
      expect(stdout).toContain('Finished: every node is on key id 4, key id 3 was removed.');
      expect(stdout + stderr).not.toMatch(/[0-9a-f]{16}/);
      expect(await ids()).toEqual([4]);
      expect(await events()).toEqual([{ reason: 'KeyRotated', type: 'Normal' }]);
      const { stdout: described } = await plane.kubectl([
        ...['describe', 'cronjob', 'podcloak-rotate', ...place],
      ]);
      expect(described).toMatch(/Normal +KeyRotated +.*All 2 nodes are on key id 4/);
    });

    it('which skips its run while a pair is unconfirmed, and says which', async () => {
      await runJob();
      await say(await storedLines(), 0);
      const before = await dataOf();
      const { code, stdout, stderr } = await runCronJob();
      expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
      expect(stderr).toContain(
        'warning PC491: not on key id 3 yet: n1 (0 of 1 peers, waits for n9), n2 (',
      );
      expect(await dataOf()).toEqual(before);
      expect(await events()).toEqual([{ reason: 'KeyRotationSkipped', type: 'Warning' }]);
      const { stdout: described } = await plane.kubectl([
        ...['describe', 'cronjob', 'podcloak-rotate', ...place],
      ]);
      expect(described).toMatch(
        /Warning +KeyRotationSkipped .*Skipped, as not on key id 3 yet: n1/,
      );
    });

    it('which skips its run while a rotation is unfinished', async () => {
      await runJob();
      const old = await storedLines();
      await say(old);
      const env = { PATH: process.env.PATH, HOME: folder, KUBECONFIG: plane.kubeconfig };
      expect((await podcloak(['keys', 'rotate'], { env })).code).toBe(0);
      const { code, stderr } = await runCronJob();
      expect(code).toBe(0);
      expect(stderr).toContain('warning PC491: not on key id 4 yet: n1 (has not read key id 4 yet');
      expect(await ids()).toEqual([3, 4]);
      expect(await events()).toEqual([{ reason: 'KeyRotationSkipped', type: 'Warning' }]);
    });

    it('whose account may do no more than that', async () => {
      const token = await tokenOf('podcloak-rotate');
      const may = async (question: string) =>
        (await plane.kubectl(['auth', 'can-i', ...question.split(' ')], { token })).stdout.trim();
      for (const question of [
        `get secrets/${secret} -n kube-system`,
        `patch secrets/${secret} -n kube-system`,
        'list nodes',
        'watch encryptionnodes.podcloak.dev',
        'get namespaces/kube-system',
        'create events.events.k8s.io -n kube-system',
        'get cronjobs.batch/podcloak-rotate -n kube-system',
      ]) {
        expect([question, await may(question)]).toEqual([question, 'yes']);
      }
      for (const question of [
        'create secrets -n kube-system',
        `delete secrets/${secret} -n kube-system`,
        'list secrets -n kube-system',
        'patch secrets/another -n kube-system',
        'patch nodes',
        'patch encryptionnodes.podcloak.dev',
        'patch cronjobs.batch/podcloak-rotate -n kube-system',
        'create jobs.batch -n kube-system',
        'create events.events.k8s.io -n default',
      ]) {
        expect([question, await may(question)]).toEqual([question, 'no']);
      }
    });

    it('whose schedules are those of Kubernetes', async () => {
      const cronJob = objectOf<CronJob>(manifests, 'CronJob');
      const path = '/apis/batch/v1/namespaces/kube-system/cronjobs?dryRun=All';
      const takes = async (schedule: string): Promise<boolean> => {
        const metadata = { name: 'judged' };
        const body = { ...cronJob, metadata, spec: { ...cronJob.spec, schedule } };
        return (await plane.request('POST', path, { body })).status === 201;
      };
      for (const schedule of GOOD)
        expect([schedule, await takes(schedule)]).toEqual([schedule, true]);
      for (const schedule of BAD)
        expect([schedule, await takes(schedule)]).toEqual([schedule, false]);
    });

    it('which is suspended, and there, while encryption is disabled', async () => {
      const off = await rendered(['-f', EXAMPLE, '--set', 'encryption.enabled=false']);
      await apply(plane, off);
      const { spec } = await get(plane, 'cronjob/podcloak-rotate', ...place);
      expect(spec).toMatchObject({ suspend: true, concurrencyPolicy: 'Forbid' });
      await apply(plane, manifests);
      const { spec: back } = await get(plane, 'cronjob/podcloak-rotate', ...place);
      expect(back).toMatchObject({ suspend: false });
    });
  });
});

interface Event {
  readonly reason: string;
  readonly type: string;
}
